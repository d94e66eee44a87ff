// The files of a new organisation's folder, out of the templates beside this file.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { FAMILY_FIELDS, PERSON_FIELDS } from "../../../shared/sources/mapping/contract";
import { typePrefix } from "../../../shared/region/region";
import type { Example } from "../contract-schema";
import { inSentence } from "../in-sentence";
import type { NewOrganisation, NewSourceKind } from "./new-organisation";
import { schemaTextOf } from "./schema-text";

const TEMPLATES = path.join(__dirname, "templates");
/** Ends the name of each template, so that nothing takes it for code. */
const ENDING = ".txt";
/** Stands in the name of a file for the organisation's. */
const OWN_NAME = "code-";
/** Fields of which the example has something. */
const MAPPED = ["involvement", "carePlan", "identity", "householdRole", "education"];
/** Case references of a demo begin with so many capitals. */
const PREFIX_LETTERS = 3;

/** How each kind of source differs in the words of the files. */
const WORDS: Readonly<
  Record<NewSourceKind, { readonly system: string; readonly settings: string; readonly inCase: string }>
> = {
  sql: { system: "Tables: cases and persons.", settings: "`SOURCE_DATABASE_URL`", inCase: "dossier" },
  rest: {
    system: "A REST API that gives cases by their references, and everybody.",
    settings: "`SOURCE_URL` (and `SOURCE_TOKEN_URL`, `SOURCE_CLIENT_ID` and `SOURCE_CLIENT_SECRET`)",
    inCase: "",
  },
  soap: {
    system: "A SOAP service with a question for cases and one for everybody.",
    settings: "`SOURCE_URL` (and `SOURCE_USER` and `SOURCE_PASSWORD`)",
    inCase: "",
  },
  files: {
    system: "A nightly export: a CSV with one line per person.",
    settings: "`SOURCE_FOLDER`",
    inCase: "kop",
  },
};

/** Said of a demo in which others do not read the database itself. */
const SYSTEM_COMMAND =
  " `node demo/main.js` runs the system of the demo over that database; `npm start` starts it beside the subgraph.";

const read = (...names: string[]): string => readFileSync(path.join(TEMPLATES, ...names), "utf8");

/** `school-board` -> `SCH`: how case references of its demo begin. */
const prefixOf = (code: string): string =>
  code
    .replaceAll(/[^a-z]/g, "")
    .slice(0, PREFIX_LETTERS)
    .toUpperCase();

const notKept = (fields: object, name: string): string =>
  Object.keys(fields)
    .filter((field) => !MAPPED.includes(field))
    .map((field) => `  ${field}: { none: ${JSON.stringify(`${name} keeps none`)} }\n`)
    .join("");

/** Every place of the templates -> what stands there for this organisation. */
function valuesOf(organisation: NewOrganisation): ReadonlyMap<string, string> {
  const { code, name, field, kind, source, legalEntity } = organisation;
  const { system, settings, inCase } = WORDS[source];
  const inPerson = source === "sql" ? "betrokkene" : "";
  const own = new Map([
    ["code", code],
    ["name", name],
    ["named", inSentence(name)],
    ["field", field],
    ["kind", kind],
    ["source", source],
    ["Type", typePrefix(code)],
    ["PREFIX", prefixOf(code)],
    ["legal", legalEntity === code ? "" : ` It belongs to the legal entity \`${legalEntity}\`.`],
    ["sourceWords", system],
    ["settingWords", settings],
    ["systemCommand", source === "sql" ? "" : SYSTEM_COMMAND],
    ["fromCase", inCase === "" ? "" : `from: ${inCase}\n    `],
    ["fromCaseInline", inCase === "" ? "" : `from: ${inCase}, `],
    ["fromPersonInline", inPerson === "" ? "" : `from: ${inPerson}, `],
    ["noneOfFamily", notKept(FAMILY_FIELDS, name)],
    ["noneOfPerson", notKept(PERSON_FIELDS, name).trimEnd()],
  ]);
  own.set("sourceSection", fill(read("sources", `${source}.yaml${ENDING}`), own));
  return own;
}

function fill(template: string, values: ReadonlyMap<string, string>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_place, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`A template names ${name}, which there is not.`);
    return value;
  });
}

/** Path within the folder -> what stands in the file. `example` is an organisation that has a schema. */
export function filesOf(organisation: NewOrganisation, example: Example): ReadonlyMap<string, string> {
  const values = valuesOf(organisation);
  const common = readdirSync(path.join(TEMPLATES, "common"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ENDING))
    .toSorted();
  const files = common.map((name): [string, string] => {
    const { dir, base } = path.parse(name.slice(0, -ENDING.length));
    const own = base.startsWith(OWN_NAME) ? `${organisation.code}-${base.slice(OWN_NAME.length)}` : base;
    return [path.join(dir, own), fill(read("common", name), values)];
  });
  return new Map([
    ...files,
    ...systemFilesOf(organisation.source, values),
    [
      path.join("test", "example.ts"),
      fill(read("sources", `${organisation.source}.example${ENDING}`), values),
    ],
    ["schema.graphql", schemaTextOf(example, organisation)],
  ]);
}

/** The system of the demo that offers what its database holds to others; tables are read where they stand. */
function systemFilesOf(source: NewSourceKind, values: ReadonlyMap<string, string>): [string, string][] {
  if (source === "sql") return [];
  return [
    [path.join("demo", "main.ts"), fill(read("systems", `main.ts${ENDING}`), values)],
    [path.join("demo", "system.ts"), fill(read("systems", `${source}.system.ts${ENDING}`), values)],
  ];
}
