// Does the schema fit: the organisation's own field, the whole contract, no roots, composition, and nobody broken by it?

import { getNamedType, isNonNullType, isObjectType } from "graphql";
import { compose } from "../../compose-with";
import type { Readable } from "../checked";
import { failed, judged, notChecked, passed, told, type Finding } from "../finding";
import { categoryOf, federationOf, schemaOfText } from "../read-schema";
import { checkChanges } from "./changes";

const SUBJECTS = ["Family", "Person"] as const;
/** Root fields that Federation itself adds. */
const OF_FEDERATION = new Set(["_entities", "_service", "_"]);

/** One finding: Family and Person have the field of this organisation, nullable, and no other. */
export function checkFields({ schema, organisation: { field } }: Readable): Finding[] {
  const faults = SUBJECTS.flatMap((name) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [`there is no type ${name}`];
    const fields = type.getFields();
    const own = fields[field];
    if (!own) return [`${name} has no field ${field}`];
    const others = Object.keys(fields).filter((one) => one !== "id" && one !== field);
    return [
      ...(isNonNullType(own.type) ? [`${name}.${field} is not nullable`] : []),
      ...(own.args.length > 0 ? [`${name}.${field} takes arguments`] : []),
      ...others.map((one) => `${name}.${one} is not this organisation's to add`),
    ];
  });
  return [
    judged(
      "SCHEMA_FIELDS",
      faults,
      `Give Family and Person @key(fields: "id"), their \`id\`, and the one nullable field \`${field}\`.`,
    ),
  ];
}

/** One finding: the dossiers implement the interfaces of the contract, with every field of them in its category. */
export function checkInterfaces(readable: Readable): Finding[] {
  const {
    schema,
    organisation: { field },
    otherSchemas,
  } = readable;
  const example = Object.values(otherSchemas).find((text) => text.includes("interface FamilyDossier"));
  const contract = example === undefined ? undefined : schemaOfText(example);
  const faults = SUBJECTS.flatMap((name) => {
    const own = schema.getType(name);
    const dossier = isObjectType(own) ? getNamedType(own.getFields()[field]?.type) : undefined;
    if (!isObjectType(dossier)) return [`${name}.${field} gives no dossier`];
    const wanted = contract?.getType(`${name}Dossier`);
    const implemented = dossier.getInterfaces().some((one) => one.name === `${name}Dossier`);
    if (!implemented) return [`${dossier.name} does not implement ${name}Dossier`];
    const fields = wanted && "getFields" in wanted ? Object.values(wanted.getFields()) : [];
    return fields.flatMap((one) => {
      const there = dossier.getFields()[one.name];
      if (!there) return [`${dossier.name}.${one.name} is missing`];
      if (String(there.type) !== String(one.type))
        return [`${dossier.name}.${one.name} is ${String(there.type)} instead of ${String(one.type)}`];
      const category = categoryOf(there.astNode?.directives);
      const asked = categoryOf(one.astNode?.directives);
      return category === asked
        ? []
        : [`${dossier.name}.${one.name} is in category ${category ?? "none"} instead of ${asked ?? "none"}`];
    });
  });
  return [
    judged(
      "SCHEMA_INTERFACES",
      faults,
      "Take the interfaces FamilyDossier and PersonDossier from the schema of the contract as they stand; a field for which there is nothing gives null.",
    ),
  ];
}

/** One finding: an organisation has no queries, changes or subscriptions of its own. */
export function checkRoots({ schema }: Readable): Finding[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const faults = roots.flatMap((type) =>
    Object.keys(type?.getFields() ?? {})
      .filter((name) => !OF_FEDERATION.has(name))
      .map((name) => `${type?.name ?? ""}.${name}`),
  );
  return [
    judged(
      "SCHEMA_ROOTS",
      faults,
      "Take them out: people are found through the hub alone, which decides first and keeps the record.",
    ),
  ];
}

/** What came of composing: two findings, and the supergraph where there is one. */
export interface Composed {
  readonly findings: Finding[];
  readonly supergraph: string | undefined;
}

/** Two findings: the schema composes with the others', and what is asked today can be asked tomorrow. */
export function checkComposition(readable: Readable): Composed {
  const {
    sdl,
    organisation: { code },
    otherSchemas,
    region,
  } = readable;
  const composed = compose({ ...otherSchemas, [code]: sdl }, region);
  if ("faults" in composed) {
    const findings = [
      otherFederation(readable, composed.faults) ??
        failed(
          "SCHEMA_COMPOSES",
          `${told(composed.faults)}.`,
          "Take types, nullability and @category from the schema of the contract; every field of a dossier is nullable and has its category.",
        ),
      notChecked("SCHEMA_CHANGES", "The schema does not compose.", "Mend that first."),
    ];
    return { findings, supergraph: undefined };
  }
  const { supergraph } = composed;
  return { findings: [passed("SCHEMA_COMPOSES"), checkChanges(readable, supergraph)], supergraph };
}

/** Said by the composer of every directive of a version of Federation that it does not have. */
const UNKNOWN_DIRECTIVE = /Unknown directive "@/;

/** What a schema of another version of Federation does not compose for; all that is told beside it would mislead. */
function otherFederation({ sdl, otherSchemas }: Readable, faults: readonly string[]): Finding | undefined {
  const [example] = Object.values(otherSchemas);
  const [own, others] = [federationOf(sdl), example === undefined ? undefined : federationOf(example)];
  if (others === undefined || own === others || !faults.some((fault) => UNKNOWN_DIRECTIVE.test(fault)))
    return undefined;
  const linked =
    own === "1" ? "links no version of Federation, and so is Federation 1" : `links Federation ${own}`;
  return failed(
    "SCHEMA_COMPOSES",
    `The schema ${linked}; those of the others link ${others}.`,
    "Begin the schema with the lines of `extend schema @link` that `npm run --silent connect -- schema` prints, and leave them in what `_service { sdl }` gives.",
  );
}
