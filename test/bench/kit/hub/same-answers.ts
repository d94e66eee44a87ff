// Only gateways that do the same are compared: they give the same data, all of it, and ask the sources the same.

import { BenchError } from "../benchmark";

/** An answer of a gateway, and what it asked of the sources for it (a line per question). */
export interface Answered {
  readonly body: {
    readonly data?: unknown;
    readonly errors?: readonly unknown[];
    readonly extensions?: {
      readonly withheld?: readonly unknown[];
      readonly unavailable?: readonly unknown[];
    };
  };
  readonly asked: readonly string[];
}

/** How many differences are named; the others are as many as there are. */
const MOST_NAMED = 3;

/**
 * Throws a BenchError that says what differs, by path and never by content, unless every answer has the same data,
 * lacks nothing, and took the same questions.
 */
export function requireSameAnswers(answers: Readonly<Record<string, Answered>>): void {
  const [[firstName, first], ...others] = Object.entries(answers) as [
    [string, Answered],
    ...[string, Answered][],
  ];
  for (const [name, answer] of others) {
    const differing = differences(first.body.data, answer.body.data);
    if (differing.length > 0) {
      const named = differing.slice(0, MOST_NAMED).join(", ");
      throw new BenchError(
        `The gateways "${firstName}" and "${name}" do not answer the same: ${differing.length} fields differ (${named} ...). ` +
          "Nothing was measured: the two would not do the same work.",
      );
    }
    if (first.asked.join("\n") !== answer.asked.join("\n")) {
      throw new BenchError(
        `The gateways "${firstName}" and "${name}" do not ask the sources the same. Nothing was measured.`,
      );
    }
  }
  for (const [name, { body, asked }] of Object.entries(answers)) requireWhole(name, body, asked);
}

function requireWhole(
  name: string,
  { data, errors = [], extensions }: Answered["body"],
  asked: readonly string[],
) {
  const missing = nullsIn(data);
  const withheld = extensions?.withheld?.length ?? 0;
  const unavailable = extensions?.unavailable?.length ?? 0;
  if (missing.length + withheld + unavailable + errors.length === 0 && asked.length > 0) return;
  throw new BenchError(
    `The gateway "${name}" does not give all of the view: ${missing.length} fields are empty, ${withheld} withheld, ` +
      `${unavailable} sources unavailable, ${errors.length} errors. Nothing was measured.`,
  );
}

/** Paths at which two values of JSON differ. */
export function differences(one: unknown, other: unknown, path = "data"): string[] {
  if (isBranch(one) && isBranch(other) && Array.isArray(one) === Array.isArray(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].flatMap((key) => differences(one[key], other[key], `${path}.${key}`));
  }
  return one === other ? [] : [path];
}

/** How many values stand in a value of JSON. */
export const countLeaves = (value: unknown): number =>
  isBranch(value) ? Object.values(value).reduce((sum: number, one) => sum + countLeaves(one), 0) : 1;

/** Paths of everything that is null or absent. */
function nullsIn(value: unknown, path = "data"): string[] {
  if (isBranch(value)) return Object.entries(value).flatMap(([key, one]) => nullsIn(one, `${path}.${key}`));
  return value === null || value === undefined ? [path] : [];
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
