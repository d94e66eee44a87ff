// The words of one set's schema, held against the facts that the hub knows: which Cedar type each value has.

import {
  schemaToJsonWithResolvedTypes,
  type NamespaceDefinition,
  type RecordType,
  type Type,
} from "@cedar-policy/cedar-wasm/nodejs";
import { FACT_NAMES, type Facts } from "../facts";
import { PRINCIPAL, RESOURCE, type FactValue, type Space } from "./space";

/** A set that cannot be covered, because it says something that the hub does not know. */
export class CoverError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CoverError";
  }
}

/** What a set can speak of. */
export interface Vocabulary {
  /** The Cedar type of a fact's value; undefined for a Boolean. */
  typeOf(name: keyof Facts, value: FactValue): string | undefined;
  /** Facts that the set does not know; none of its rules can depend on them. */
  readonly factsUnknown: readonly (keyof Facts)[];
  /** Values of the facts it knows that the set does not know. */
  readonly valuesUnknown: readonly { readonly name: keyof Facts; readonly value: FactValue }[];
}

/** The type of values that a set does not know: equal to nothing that a rule can name. */
const UNKNOWN = "?";

/**
 * Reads a schema. Throws a CoverError when it cannot be read, when its actions differ in what they apply to, or when
 * it speaks of facts or values that the hub does not have.
 */
export function readVocabulary(schema: string, space: Space): Vocabulary {
  const answer = schemaToJsonWithResolvedTypes(schema);
  if (answer.type === "failure") throw new CoverError(answer.errors.map((one) => one.message).join("; "));
  const whole = answer.json[""];
  if (whole === undefined) throw new CoverError("The schema has namespaces, which are not used here.");
  const { principals, resources, context } = appliesTo(whole);
  const lists = listsOf(whole);
  /** The types that a fact's values may have. */
  const typesOf = (name: keyof Facts): readonly string[] | "BOOLEAN" | undefined => {
    if (name === PRINCIPAL) return principals;
    if (name === RESOURCE) return resources;
    return context.get(name);
  };
  const typeOf = (name: keyof Facts, value: FactValue): string | undefined => {
    const types = typesOf(name);
    if (types === "BOOLEAN" || typeof value === "boolean") return undefined;
    return types?.find((type) => lists.get(type)?.includes(value)) ?? UNKNOWN;
  };
  refuseStrangers([...context.keys()], lists, space);
  return {
    typeOf,
    factsUnknown: FACT_NAMES.filter((name) => typesOf(name) === undefined),
    valuesUnknown: FACT_NAMES.filter((name) => typesOf(name) !== undefined).flatMap((name) =>
      space
        .valuesOf(name)
        .filter((value) => typeOf(name, value) === UNKNOWN)
        .map((value) => ({ name, value })),
    ),
  };
}

/** What the actions apply to; the same for all of them. */
function appliesTo({ actions, commonTypes = {} }: NamespaceDefinition<string>) {
  const specs = Object.values(actions).map((action) => action.appliesTo);
  const [first] = specs;
  if (first?.context === undefined) throw new CoverError("The schema has no action with a context.");
  if (specs.some((one) => JSON.stringify(one) !== JSON.stringify(first))) {
    throw new CoverError("The actions of the schema apply to different things.");
  }
  const named = commonTypes[first.context.type];
  const record = named ?? first.context;
  if (!isRecord(record)) throw new CoverError("The context in the schema is no record.");
  const context = new Map<string, readonly string[] | "BOOLEAN">();
  for (const [name, type] of Object.entries(record.attributes)) {
    if (type.required === false) throw new CoverError(`The fact ${name} is optional in the schema.`);
    if (type.type === "Bool" || type.type === "Boolean") context.set(name, "BOOLEAN");
    else if ("name" in type) context.set(name, [type.name]);
    else throw new CoverError(`The fact ${name} is neither a Boolean nor one of a list.`);
  }
  return { principals: first.principalTypes, resources: first.resourceTypes, context };
}

const isRecord = (type: Type<string>): type is { type: "Record" } & RecordType<string> =>
  type.type === "Record";

/** The closed lists of the schema by their type. */
function listsOf({ entityTypes }: NamespaceDefinition<string>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(entityTypes).map(([name, type]) => {
      if (!("enum" in type)) throw new CoverError(`The type ${name} of the schema is no closed list.`);
      return [name, type.enum];
    }),
  );
}

function refuseStrangers(
  attributes: readonly string[],
  lists: ReadonlyMap<string, readonly string[]>,
  space: Space,
): void {
  const facts = attributes.filter((name) => !(FACT_NAMES as readonly string[]).includes(name));
  const known = new Set<FactValue>(FACT_NAMES.flatMap((name) => space.valuesOf(name)));
  const values = [...lists].flatMap(([type, list]) =>
    list.filter((value) => !known.has(value)).map((value) => `${type} ${value}`),
  );
  const strangers = [...facts.map((name) => `the fact ${name}`), ...values];
  if (strangers.length > 0) {
    throw new CoverError(
      `The set speaks of what this version of the hub does not know: ${strangers.join(", ")}.`,
    );
  }
}
