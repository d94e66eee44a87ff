// A subgraph at its own door, over each kind of source that gives something broken, or breaks off: what is right is given, what is
// not known is said to be that, and what is missing is said to be missing.

import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createLogger } from "../../../shared/kernel/logger";
import { openDeclaredSource } from "../../../shared/sources/open-source";
import { FAMILY_FIELDS, PERSON_FIELDS } from "../../../shared/sources/mapping/contract";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { serveSubgraph } from "../../../shared/subgraph-kit/serve";
import { definition } from "../../../subgraphs/rvdk/schema";
import { withDatabase } from "../../kit/database";
import { eventually } from "../../kit/hub";
import { aGrant, aRequester } from "../../kit/requesters";
import { makeTestFolder } from "../../kit/test-folders";
import { startTestSystem, type SystemAnswer, type TestSystem } from "../../kit/test-system";

const KEY = { version: 1, secret: Buffer.alloc(32, 9) };
const UNKNOWN = "onbekende code (QQQ)";
const KNOWN = "vrijwillig: één";
/** What the two cases say in every kind: a code that is in no list, and one that is. */
const CODES = { "Z-1": "QQQ", "Z-2": "VRB" } as const;
type CaseNumber = keyof typeof CODES;
const NUMBERS = Object.keys(CODES) as CaseNumber[];

const database = withDatabase("empty");
let folder: string;
let system: TestSystem;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = makeTestFolder();
  system = await startTestSystem();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

function mapping(source: object, records: object, at: string, from?: string): string {
  const none = (fields: object, mapped: string): string =>
    Object.keys(fields)
      .filter((field) => field !== mapped)
      .map((field) => `  ${field}: { none: not kept }\n`)
      .join("");
  const involvement = { ...(from === undefined ? {} : { from }), kind: { code: at, in: "soorten" } };
  return `organisation: test
values: text
source: ${JSON.stringify(source)}
records: ${JSON.stringify(records)}
codes: { soorten: { VRB: "${KNOWN}" } }
family:
  involvement: ${JSON.stringify(involvement)}
${none(FAMILY_FIELDS, "involvement")}person:
${none(PERSON_FIELDS, "")}`;
}

/** Opens a subgraph over the source that the mapping declares; gives what it answers about both cases. */
async function open(text: string): Promise<() => Promise<Answer>> {
  const file = path.join(folder, "mapping.yaml");
  writeFileSync(file, text);
  const source = await openDeclaredSource(file, {
    address: { url: system.url, folder, databaseUrl: database.ownerUrl },
    pseudonymKey: KEY,
    deadlineMs: 5_000,
  });
  const subjects = NUMBERS.map((key) => ({
    type: "Family" as const,
    id: `F-${key}`,
    key,
    categories: ["INVOLVEMENT" as const],
  }));
  const grant = { ...aGrant(aRequester("lokalis.worker", "WORKER"), "CONSULT"), subjects };
  const server = await serveSubgraph({
    schema: await buildSubgraphSchema(definition),
    backing: { kind: "organisation", source },
    verifyGrant: async () => grant,
    localRules: [],
    log: createLogger("test", "silent"),
    host: "127.0.0.1",
    port: 0,
  });
  ends.push(
    () => source.close(),
    () => server.stop(),
  );
  const body = JSON.stringify({
    query:
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Family { rvdk { involvement { kind } } } } }",
    variables: { r: subjects.map(({ type, id }) => ({ __typename: type, id })) },
    extensions: { grant: "of the test" },
  });
  return async () => {
    const response = await fetch(server.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const { data, errors = [] } = (await response.json()) as Body;
    expect(response.status).toBe(200);
    return {
      kinds: (data?._entities ?? []).map((one) => one?.rvdk?.involvement?.kind ?? null),
      missing: errors.map(({ path: at, extensions }) => [at?.[1], extensions?.code, extensions?.cause]),
    };
  };
}
interface Body {
  readonly data?: {
    readonly _entities?: readonly ({ rvdk: { involvement: { kind: string | null } | null } | null } | null)[];
  };
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly cause?: string };
  }[];
}
interface Answer {
  readonly kinds: readonly (string | null)[];
  /** Which case is missing, with the code and the cause. */
  readonly missing: readonly (readonly unknown[])[];
}

const BOTH: Answer = { kinds: [UNKNOWN, KNOWN], missing: [] };
const missing = (cause: string, ...cases: number[]): Answer => ({
  kinds: [UNKNOWN, KNOWN].map((kind, at) => (cases.includes(at) ? null : kind)),
  missing: cases.map((at) => [at, "SOURCE_UNAVAILABLE", cause]),
});

test("tables of which one is taken away", async () => {
  await database.owner.query("CREATE TABLE zaak (nummer text PRIMARY KEY, soort text)");
  await database.owner.query("CREATE TABLE deelname (zaak text, persoon int, plaats int, bsn text)");
  for (const one of NUMBERS)
    await database.owner.query("INSERT INTO zaak VALUES ($1, $2)", [one, CODES[one]]);
  const identities = {
    table: "deelname",
    personNumber: "persoon",
    bsn: "bsn",
    caseReference: "zaak",
    number: "plaats",
  };
  const family = { zaak: { table: "zaak", key: "nummer", columns: { soort: "soort" } } };
  const person = { wie: { table: "deelname", key: "persoon", columns: { plaats: "plaats" } } };
  const records = { family: { zaak: { soort: "code" } }, person: { wie: { plaats: "number" } } };
  const ask = await open(mapping({ kind: "sql", identities, family, person }, records, "soort", "zaak"));
  expect(await ask()).toEqual(BOTH);
  await database.owner.query("ALTER TABLE zaak RENAME TO weg");
  expect(await ask()).toEqual(missing("FAILED", 0, 1));
  await database.owner.query("ALTER TABLE weg RENAME TO zaak");
  expect(await ask()).toEqual(BOTH);
});

const CASE = { zaak: "text", soort: "code", leden: [{ nr: "number", bsn: "bsn" }] };
const SHAPE = { reference: "zaak", persons: ["leden"], number: "nr", bsn: "bsn" };
const ENVELOPE = (inside: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a>${inside}</a></s:Body></s:Envelope>`;
const SERVICES: readonly (readonly [string, object, string])[] = [
  [
    "an API",
    {
      kind: "rest",
      cases: { path: "/zaken", references: "nummers", items: "zaken" },
      identities: { path: "/personen", items: "personen", reference: "zaak", number: "nr", bsn: "bsn" },
      shape: SHAPE,
    },
    JSON.stringify({ zaken: NUMBERS.map((zaak) => ({ zaak, soort: CODES[zaak], leden: [], noot: "é" })) }),
  ],
  [
    "a service",
    {
      kind: "soap",
      namespace: "urn:z",
      cases: { question: "zaakVraag", action: "urn:z/zaak", items: "a.zaak", reference: "nummer" },
      identities: {
        question: "p",
        action: "urn:z/p",
        items: "a.p",
        reference: "zaak",
        number: "nr",
        bsn: "bsn",
      },
      shape: SHAPE,
    },
    ENVELOPE(NUMBERS.map((one) => `<zaak><zaak>${one}</zaak><soort>${CODES[one]}</soort>é</zaak>`).join("")),
  ],
];

test.each(SERVICES)(
  "%s that breaks off, writes in another encoding, or is gone",
  async (_what, source, text) => {
    const ask = await open(mapping(source, { case: CASE, persons: ["leden"] }, "soort"));
    const answers = async (answer: SystemAnswer, expected: Answer): Promise<void> => {
      system.answerWith(() => answer);
      expect(await ask()).toEqual(expected);
    };
    await answers({ body: text }, BOTH);
    await answers({ body: text, cut: true }, missing("UNREACHABLE", 0, 1));
    await answers({ body: Buffer.from(text, "latin1") }, missing("FAILED", 0, 1));
    await answers({ body: text }, BOTH);
    const port = Number(new URL(system.url).port);
    await system.stop();
    expect(await ask()).toEqual(missing("UNREACHABLE", 0, 1));
    system = await startTestSystem(port);
    await answers({ body: text }, BOTH);
  },
);

const write = (name: string, content: string | Buffer): void =>
  writeFileSync(path.join(folder, name), content);

test("an export that is cut off, or written in another encoding, leaves the one before it; and without one nothing is said to be empty", async () => {
  const columns = { reference: "zaak", number: "nr", bsn: "bsn" };
  const source = {
    kind: "files",
    format: "csv",
    names: "export-*.csv",
    encoding: "utf-8",
    trailer: "#EINDE",
    columns,
  };
  const line = { zaak: "text", nr: "number", bsn: "bsn", soort: "code" };
  const text = mapping(source, { case: { kop: line, regels: [line] }, persons: ["regels"] }, "soort", "kop");
  const whole = [
    "zaak;nr;bsn;soort",
    ...NUMBERS.map((one) => `${one};1;;${CODES[one]}`),
    "#EINDE;2",
    "",
  ].join("\n");
  const wrong = Buffer.from(whole.replace(";1;", ";1é;"), "latin1");
  write("export-1.csv", wrong);
  const ask = await open(text);
  expect((await ask()).missing).toEqual([0, 1].map((at) => [at, "SOURCE_UNAVAILABLE", expect.any(String)]));
  write("export-2.csv", whole);
  await eventually("the export", async () => ((await ask()).missing.length === 0 ? true : undefined));
  expect(await ask()).toEqual(BOTH);
  write("export-3.csv", whole.slice(0, -12));
  write("export-4.csv", wrong);
  expect(await ask()).toEqual(BOTH);
});

test("messages of which one is cut off, or written in another encoding than it says", async () => {
  const source = {
    kind: "files",
    format: "xml",
    names: "bericht-*.xml",
    root: "bericht.zaak",
    moment: "tijdstip",
    shape: { ...SHAPE, reference: "nummer" },
  };
  const layout = { nummer: "text", tijdstip: "text", soort: "code", leden: [{ nr: "number", bsn: "bsn" }] };
  const message = (one: CaseNumber): string =>
    `<?xml version="1.0" encoding="UTF-8"?><bericht><zaak><nummer>${one}</nummer><tijdstip>2020</tijdstip><soort>${CODES[one]}</soort><noot>é</noot></zaak></bericht>`;
  write("bericht-1.xml", message("Z-1"));
  write("bericht-2.xml", message("Z-2").slice(0, 90));
  const ask = await open(mapping(source, { case: layout, persons: ["leden"] }, "soort"));
  expect(await ask()).toEqual(missing("FAILED", 1));
  write("bericht-2.xml", Buffer.from(message("Z-2"), "latin1"));
  expect(await ask()).toEqual(missing("FAILED", 1));
  write("bericht-2.xml", message("Z-2"));
  await eventually("the message", async () => ((await ask()).missing.length === 0 ? true : undefined));
  expect(await ask()).toEqual(BOTH);
});
