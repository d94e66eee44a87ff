// Compares the answer that came with the one that had to come: every leaf, every gap, every refusal.

import { isDeepStrictEqual } from "node:util";
import { MARK } from "../kit/random/marked-values";
import type { Expected, Gap, Path } from "./expected-answer";

/** The answer as it came. */
export interface CameBody {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly path?: Path;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What is wrong with an answer: a leak, something withheld that is permitted, or another fault. */
export type Fault = `${"LEAK" | "WITHHELD" | "WRONG" | "ASKED"}: ${string}`;

/** Root fields of which the oracle knows neither content nor permission may be refused by these codes. */
const OWN_REFUSALS = /^(ACCESS_DENIED|INPUT_INVALID|REFERRAL_ROUTE_UNKNOWN|[A-Z]+_NOT_FOUND)$/;

const text = (path: Path): string => path.join(".");

/** Everything that is wrong with an answer. */
export function faultsIn(came: CameBody, expected: Expected): Fault[] {
  if (came.data === undefined) return [`WRONG: no data came: ${JSON.stringify(came.errors)}`];
  return [
    ...leaves(came.data, expected.data, []),
    ...gaps(came, expected.gaps),
    ...refusals(came, expected),
    ...strays(came),
  ];
}

function leaves(came: unknown, expected: unknown, path: Path): Fault[] {
  if (Array.isArray(came) && Array.isArray(expected) && came.length === expected.length) {
    return came.flatMap((one, index) => leaves(one, expected[index], [...path, index]));
  }
  if (isRecord(came) && isRecord(expected)) {
    const keys = new Set([...Object.keys(came), ...Object.keys(expected)]);
    return [...keys].flatMap((key) => leaves(came[key], expected[key], [...path, key]));
  }
  if (isDeepStrictEqual(came, expected)) return [];
  const shown = `${text(path)} is ${JSON.stringify(came)} and has to be ${JSON.stringify(expected)}`;
  if ((expected ?? null) === null) return [`LEAK: ${shown}`];
  return [(came ?? null) === null ? `WITHHELD: ${shown}` : `WRONG: ${shown}`];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const described = ({ path, subject, organisation, category, outcome }: Gap): string =>
  `${text(path)} ${subject.type} ${subject.id} ${organisation} ${category} ${outcome}`;

/** One explanation for each gap, and no other. */
function gaps(came: CameBody, expected: readonly Gap[]): Fault[] {
  const lines = (came.extensions?.["withheld"] ?? []) as readonly (Gap & { readonly rule: string })[];
  const rules = new Map(lines.map((one) => [described(one), one.rule]));
  const had = lines.map(described).toSorted();
  const due = expected.map(described).toSorted();
  return [
    ...missingFrom(had, due).map((one): Fault => `WRONG: not explained: ${one}`),
    ...missingFrom(due, had).map(
      (one): Fault => `WRONG: explained and not due: ${one} (${rules.get(one) ?? ""})`,
    ),
  ];
}

/** What is in `all` more often than in `some`. */
function missingFrom(some: readonly string[], all: readonly string[]): string[] {
  const left = [...some];
  return all.filter((one) => {
    const place = left.indexOf(one);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** A family that is not open is refused with a code; to a stranger in the same words, whether it exists or not. */
function refusals(came: CameBody, { refused }: Expected): Fault[] {
  const faults: Fault[] = [];
  const due = new Map(refused.map((one) => [text(one.path), one]));
  const words = new Set<string>();
  for (const { path = [], extensions = {} } of came.errors ?? []) {
    const one = due.get(text(path));
    due.delete(text(path));
    const code = extensions["code"];
    if (one && code !== "FAMILY_NOT_FOUND")
      faults.push(`WRONG: ${text(path)} is refused with ${String(code)}`);
    if (one?.isStranger) words.add(JSON.stringify(extensions));
    if (!one && !OWN_REFUSALS.test(String(code))) {
      faults.push(`WRONG: an error at ${text(path)}: ${JSON.stringify(extensions)}`);
    }
  }
  for (const path of due.keys()) faults.push(`WRONG: ${path} is not refused with a code`);
  if (words.size > 1) faults.push("LEAK: refusals to a stranger differ from each other");
  const unavailable = (came.extensions?.["unavailable"] ?? []) as readonly unknown[];
  if (unavailable.length > 0) faults.push(`WRONG: unavailable: ${JSON.stringify(unavailable)}`);
  return faults;
}

/** What sources hold, and the keys under which they hold it, stand nowhere beside the data. */
function strays({ data, errors, extensions }: CameBody): Fault[] {
  const beside = JSON.stringify([errors, extensions]);
  const faults: Fault[] = [];
  if (beside.includes(MARK)) faults.push("LEAK: something of a source stands beside the data");
  // The mark of a value holds the key of its subject; as a value of its own a key stands nowhere.
  if (/"(case|name)~/.test(beside + JSON.stringify(data)))
    faults.push("LEAK: the key of a source left the hub");
  return faults;
}
