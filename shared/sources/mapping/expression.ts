// The values of a mapping are JSONata. A plain path, which most are, is read directly: it costs a hundredth.

import jsonata from "jsonata";
import type { Entry } from "./entry";
import type { Layout } from "./layout";
import { typeOf, type Surroundings } from "./expression-type";

/** Where a value is read: the part that the item stands on, and the whole record; of a person also its own part. */
export interface Place {
  readonly part: unknown;
  readonly record: unknown;
  readonly person: unknown;
}

/** A compiled expression: what it gives at once, or has to be waited for. */
export type Expression =
  | { readonly waits: false; readonly read: (place: Place) => unknown; readonly type: Layout | undefined }
  | {
      readonly waits: true;
      readonly read: (place: Place) => Promise<unknown>;
      readonly type: Layout | undefined;
    };

/** Roots that a path may begin with; without one it begins at the part. */
const ROOTS = { $record: "record", $person: "person" } as const;

const PLAIN_PATH = /^(\$record|\$person|[A-Za-z_][A-Za-z_0-9]*)(\.[A-Za-z_][A-Za-z_0-9]*)*$/;
/** Words that JSONata reads as operators or values. */
const RESERVED = new Set(["and", "or", "in", "true", "false", "null", "function"]);

/** Compiles the text of an entry; names that the layout does not have are faults, and so is what is no JSONata. */
export function compileExpression(entry: Entry, surroundings: Surroundings): Expression | undefined {
  const text = entry.text("a value");
  if (text === undefined) return undefined;
  let parsed: jsonata.Expression;
  try {
    parsed = jsonata(text);
  } catch (error) {
    return entry.fault(`${text}: ${messageOf(error)}`);
  }
  const type = typeOf(parsed.ast(), surroundings, (sentence) => entry.fault(sentence));
  if (isPlain(text)) return { waits: false, read: compilePath(text), type };
  return {
    waits: true,
    read: async ({ part, record, person }) =>
      (await parsed.evaluate(part ?? {}, { record, person })) as unknown,
    type,
  };
}

const isPlain = (text: string): boolean =>
  PLAIN_PATH.test(text) && !text.split(".").some((name) => RESERVED.has(name));

const messageOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "message" in error ? String(error.message) : "no JSONata";

/**
 * Reads a path whose names are all fields of a layout: none of them is one that every object has. Through a list it gives
 * a list, of one too: unlike JSONata, which gives one alone.
 */
function compilePath(text: string): (place: Place) => unknown {
  const [first = "", ...rest] = text.split(".");
  const root = Object.hasOwn(ROOTS, first) ? ROOTS[first as keyof typeof ROOTS] : "part";
  const names = root === "part" ? [first, ...rest] : rest;
  const [only] = names;
  if (names.length === 1 && only !== undefined) return (place) => fieldOf(place[root], only);
  return (place) => {
    let value: unknown = place[root];
    for (const name of names) value = fieldOf(value, name);
    return value;
  };
}

function fieldOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.flatMap((one) => fieldOf(one, name) ?? []);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
