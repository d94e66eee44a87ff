// Composes the arguments of a field, as literals, variables, or variables with a default.

import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  getNullableType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
} from "graphql";
import type { Chance } from "./chance";
import { cursorAt } from "./marked-values";

/** Ids that arguments can name. */
export interface KnownIds {
  /** Families that the operation is about. */
  readonly families: readonly string[];
  /** Any other id: of other families, of people, of nobody. */
  readonly others: readonly string[];
}

/** The variables of an operation, as they come up. */
export class Variables {
  readonly values: Record<string, unknown> = {};
  readonly #definitions: string[] = [];

  /** The definitions, as they stand behind the name of the operation. */
  get definitions(): string {
    return this.#definitions.length === 0 ? "" : `(${this.#definitions.join(", ")})`;
  }

  /** Makes a variable of this type: with a value, or with a default and no value. */
  add(type: string, value: unknown, literal: string | undefined): string {
    const name = `v${this.#definitions.length}`;
    if (literal === undefined) this.values[name] = value;
    this.#definitions.push(`$${name}: ${type}${literal === undefined ? "" : ` = ${literal}`}`);
    return `$${name}`;
  }
}

/** Numbers of nobody that pass the check. */
const NOBODYS_NUMBERS = ["999990019", "999990020", "999990032"];

/** The arguments of a field as they stand in the text: with brackets, or nothing. */
export function composeArguments(
  chance: Chance,
  field: GraphQLField<unknown, unknown>,
  isOfDossier: boolean,
  ids: KnownIds,
  variables: Variables,
): string {
  const given = field.args.flatMap((argument) => {
    if (!isRequiredArgument(argument) && chance.percent(50)) return [];
    if (argument.name === "after" && !isOfDossier) return [];
    const value = valueOf(chance, argument.name, argument.type, ids);
    return [`${argument.name}: ${written(chance, argument, value, variables)}`];
  });
  return given.length === 0 ? "" : `(${given.join(", ")})`;
}

function written(chance: Chance, argument: GraphQLArgument, value: unknown, variables: Variables): string {
  const literal = literalOf(value, argument.type);
  const type = argument.type.toString();
  // A citizen's number is taken as the value of a variable alone.
  if (argument.name === "bsn") return variables.add(type, value, undefined);
  return chance.weighted([
    [5, () => literal],
    [3, () => variables.add(type, value, undefined)],
    [2, () => variables.add(type, value, literal)],
  ])();
}

function valueOf(chance: Chance, name: string, type: GraphQLInputType, ids: KnownIds): unknown {
  const inner = getNullableType(type);
  if (!isNonNullType(type) && chance.percent(10)) return null;
  if (isListType(inner)) return [valueOf(chance, name, inner.ofType, ids)];
  if (inner instanceof GraphQLEnumType) return chance.pick(inner.getValues()).name;
  if (inner instanceof GraphQLInputObjectType) {
    const fields = Object.values(inner.getFields()).filter(
      (one) => isRequiredInputField(one) || chance.percent(30),
    );
    return Object.fromEntries(fields.map((one) => [one.name, valueOf(chance, one.name, one.type, ids)]));
  }
  switch (inner.toString()) {
    case "Int":
      return chance.weighted([
        [5, chance.whole(1, 5)],
        [1, 100],
      ]);
    case "Boolean":
      return chance.percent(50);
    case "ID":
      return chance.percent(75) ? chance.pick(ids.families) : chance.pick(ids.others);
    case "DateTimeISO":
      return "2026-01-01T00:00:00.000Z";
    case "LocalDate":
      return "2026-01-01";
    default:
      if (name === "bsn") return chance.pick(NOBODYS_NUMBERS);
      return name === "after" ? cursorAt(chance.whole(0, 3)) : chance.pick(ids.others);
  }
}

/** A value as it is written in an operation; enums stand there without quotes. */
function literalOf(value: unknown, type: GraphQLInputType): string {
  const inner = getNullableType(type);
  if (value === null) return "null";
  if (Array.isArray(value)) {
    const item = isListType(inner) ? inner.ofType : inner;
    return `[${value.map((one) => literalOf(one, item)).join(", ")}]`;
  }
  if (inner instanceof GraphQLInputObjectType) {
    const fields = inner.getFields();
    const parts = Object.entries(value as object).map(([key, one]) => {
      const field = fields[key];
      if (!field) throw new Error(`There is no field ${key}.`);
      return `${key}: ${literalOf(one, field.type)}`;
    });
    return `{ ${parts.join(", ")} }`;
  }
  return inner instanceof GraphQLEnumType && typeof value === "string" ? value : JSON.stringify(value);
}
