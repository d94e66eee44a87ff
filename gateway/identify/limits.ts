// What one request may be: every limit with its default, its setting and the code of what goes beyond it.

import { z } from "zod";
import type { ErrorCode } from "../../shared/kernel/errors";

interface LimitDefinition {
  readonly byDefault: number;
  readonly least: number;
  readonly most: number;
  readonly setting: string;
  readonly code: ErrorCode;
  readonly meaning: string;
}

const define = <const T extends Record<string, LimitDefinition>>(list: T): T => Object.freeze(list);

/** All limits on one request. The defaults hold the views of the portal with room to spare, and no flood. */
export const LIMITS = define({
  bodyBytes: {
    byDefault: 131_072,
    least: 1_024,
    most: 8_388_608,
    setting: "SCHAKEL_MAX_BODY_BYTES",
    code: "REQUEST_TOO_LARGE",
    meaning: "bytes of a request",
  },
  jsonDepth: {
    byDefault: 20,
    least: 5,
    most: 100,
    setting: "SCHAKEL_MAX_JSON_DEPTH",
    code: "INPUT_TOO_DEEP",
    meaning: "nesting of the JSON of a request",
  },
  jsonValues: {
    byDefault: 5_000,
    least: 100,
    most: 100_000,
    setting: "SCHAKEL_MAX_JSON_VALUES",
    code: "INPUT_TOO_LARGE",
    meaning: "values in the JSON of a request, in lists and objects together",
  },
  variables: {
    byDefault: 100,
    least: 1,
    most: 1_000,
    setting: "SCHAKEL_MAX_VARIABLES",
    code: "INPUT_TOO_LARGE",
    meaning: "variables",
  },
  variableCharacters: {
    byDefault: 65_536,
    least: 1_024,
    most: 8_388_608,
    setting: "SCHAKEL_MAX_VARIABLE_CHARACTERS",
    code: "INPUT_TOO_LARGE",
    meaning: "characters of all variables, as JSON",
  },
  characters: {
    byDefault: 32_768,
    least: 1_024,
    most: 262_144,
    setting: "SCHAKEL_MAX_QUERY_CHARACTERS",
    code: "QUERY_TOO_LARGE",
    meaning: "characters of the text of an operation",
  },
  tokens: {
    byDefault: 2_000,
    least: 100,
    most: 10_000,
    setting: "SCHAKEL_MAX_TOKENS",
    code: "QUERY_TOO_LARGE",
    meaning: "words and marks of the text of an operation",
  },
  depth: {
    byDefault: 15,
    least: 3,
    most: 100,
    setting: "SCHAKEL_MAX_DEPTH",
    code: "QUERY_TOO_DEEP",
    meaning: "nesting of fields, with fragments spread out",
  },
  fields: {
    byDefault: 2_000,
    least: 50,
    most: 20_000,
    setting: "SCHAKEL_MAX_FIELDS",
    code: "QUERY_TOO_LARGE",
    meaning: "fields, with fragments spread out",
  },
  selections: {
    byDefault: 4_000,
    least: 50,
    most: 20_000,
    setting: "SCHAKEL_MAX_SELECTIONS",
    code: "QUERY_TOO_LARGE",
    meaning: "fields and fragments, each as often as it is spread",
  },
  aliases: {
    byDefault: 100,
    least: 1,
    most: 2_000,
    setting: "SCHAKEL_MAX_ALIASES",
    code: "QUERY_TOO_LARGE",
    meaning: "fields under another name (also `__typename`), with fragments spread out",
  },
  repeats: {
    byDefault: 100,
    least: 1,
    most: 2_000,
    setting: "SCHAKEL_MAX_REPEATS",
    code: "QUERY_TOO_LARGE",
    meaning: "fields that stand beside another of the same name (also `__typename`)",
  },
  directives: {
    byDefault: 50,
    least: 1,
    most: 1_000,
    setting: "SCHAKEL_MAX_DIRECTIVES",
    code: "QUERY_TOO_LARGE",
    meaning: "directives, known or not, with fragments spread out",
  },
  rootFields: {
    byDefault: 20,
    least: 1,
    most: 200,
    setting: "SCHAKEL_MAX_ROOT_FIELDS",
    code: "QUERY_TOO_LARGE",
    meaning: "questions (or changes) of one operation",
  },
  fragments: {
    byDefault: 50,
    least: 1,
    most: 1_000,
    setting: "SCHAKEL_MAX_FRAGMENTS",
    code: "QUERY_TOO_LARGE",
    meaning: "fragments in one text",
  },
  operations: {
    byDefault: 10,
    least: 1,
    most: 100,
    setting: "SCHAKEL_MAX_OPERATIONS",
    code: "QUERY_TOO_LARGE",
    meaning: "operations in one text, of which one is asked",
  },
  cost: {
    byDefault: 100_000,
    least: 500,
    most: 10_000_000,
    setting: "SCHAKEL_MAX_COST",
    code: "QUERY_TOO_COSTLY",
    meaning: "cost: fields times the length of the lists they stand in, and more for a subject or a call",
  },
  calls: {
    byDefault: 50,
    least: 5,
    most: 1_000,
    setting: "SCHAKEL_MAX_CALLS",
    code: "QUERY_TOO_COSTLY",
    meaning: "calls to sources that an operation takes",
  },
  answerBytes: {
    byDefault: 4_194_304,
    least: 65_536,
    most: 67_108_864,
    setting: "SCHAKEL_MAX_ANSWER_BYTES",
    code: "ANSWER_TOO_LARGE",
    meaning: "bytes of an answer",
  },
});

/** Name of a limit. */
export type LimitName = keyof typeof LIMITS;
/** The numbers that hold at a gateway. */
export type QueryLimits = { readonly [Name in LimitName]: number };

type LimitSetting = (typeof LIMITS)[LimitName]["setting"];

const NAMES = Object.keys(LIMITS) as LimitName[];

/** The limits when nothing is set. */
export const DEFAULT_LIMITS: QueryLimits = Object.freeze(
  Object.fromEntries(NAMES.map((name) => [name, LIMITS[name].byDefault])) as Record<LimitName, number>,
);

const settingOf = ({ least, most, byDefault }: LimitDefinition) =>
  z.coerce.number({ error: "a number" }).int().min(least).max(most).default(byDefault);

/** The settings of the limits, to extend the environment of the gateway with. */
export const LIMIT_SETTINGS = Object.fromEntries(
  NAMES.map((name) => [LIMITS[name].setting, settingOf(LIMITS[name])]),
) as Record<LimitSetting, ReturnType<typeof settingOf>>;

/** The limits as they are set. */
export function limitsOf(settings: Readonly<Record<LimitSetting, number>>): QueryLimits {
  return Object.fromEntries(NAMES.map((name) => [name, settings[LIMITS[name].setting]])) as Record<
    LimitName,
    number
  >;
}
