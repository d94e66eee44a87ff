// Reads a record by its layout. No value is trusted to follow it: what does not is left out and counted, and no BSN is kept.

import { readDate, type DateNotation } from "../date-notation";
import type { FaultKind, RecordFaults } from "../record-faults";
import type { Layout } from "./layout";

/** A part of a record as the mapping sees it: names with texts, numbers, flags, dates (YYYY-MM-DD), lists and parts. */
export type Part = Readonly<Record<string, unknown>>;

/** How the records of a system are written. */
export interface Notation {
  readonly dates: DateNotation;
  /** Whether numbers and flags are written as text, and a list of one item like the item itself: XML and CSV. */
  readonly allText: boolean;
}

/** Reads one value; undefined when it is empty or cannot be read. */
type Decode = (value: unknown, faults: RecordFaults) => unknown;

const NUMBER = /^-?\d{1,15}([.,]\d{1,9})?$/;

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";

/** Compiles the layout of a record once. A part that cannot be read stays, without any field: it is there, after all. */
export function compileDecoder(layout: Layout, notation: Notation): Decode {
  switch (layout.kind) {
    case "text":
    case "code":
      return readText;
    case "number":
      return (value, faults) => readNumber(value, notation.allText, faults);
    case "date":
      return (value, faults) => readDate(value, notation.dates, faults) ?? undefined;
    case "flag":
      return compileFlag(layout.words ?? (notation.allText ? ["true", "false"] : undefined));
    case "bsn":
      return () => undefined;
    case "list":
      return compileList(layout, notation);
    case "part":
      return layout.parts === undefined ? compilePart(layout, notation) : compileTextPart(layout, notation);
    default: {
      const never: never = layout;
      return never;
    }
  }
}

const unreadable = (kind: FaultKind, faults: RecordFaults): undefined => {
  faults.add(kind);
  return undefined;
};

/** Stands in a text for what its encoding does not have. */
const UNREADABLE_SIGN = "\u{FFFD}";

function readText(value: unknown, faults: RecordFaults): string | undefined {
  if (isEmpty(value)) return undefined;
  if (typeof value === "string") {
    // What a sentence says is not left out for one sign; that the sign is missing shows in it.
    if (value.includes(UNREADABLE_SIGN)) faults.add("encoding");
    return value.trim() || undefined;
  }
  return typeof value === "number" ? String(value) : unreadable("text", faults);
}

function readNumber(value: unknown, allText: boolean, faults: RecordFaults): number | undefined {
  if (isEmpty(value)) return undefined;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const text = typeof value === "string" && allText ? value.trim() : "";
  return NUMBER.test(text) ? Number(text.replace(",", ".")) : unreadable("number", faults);
}

function compileFlag(words: readonly [string, string] | undefined): Decode {
  return (value, faults) => {
    if (isEmpty(value)) return undefined;
    if (typeof value === "boolean") return value;
    const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
    if (words?.[0] === text) return true;
    return words?.[1] === text ? false : unreadable("flag", faults);
  };
}

function compileList(layout: Layout & { kind: "list" }, notation: Notation): Decode {
  const decode = compileDecoder(layout.of, notation);
  const { split } = layout;
  return (value, faults) => {
    if (isEmpty(value)) return [];
    let items: readonly unknown[];
    if (split !== undefined && typeof value === "string") items = value.split(split);
    else if (Array.isArray(value)) items = value as readonly unknown[];
    else if (notation.allText && split === undefined) items = [value];
    else {
      faults.add("list");
      return [];
    }
    const read: unknown[] = [];
    for (const item of items) {
      const one = decode(typeof item === "string" ? item.trim() : item, faults);
      if (one !== undefined) read.push(one);
    }
    return read;
  };
}

function compilePart({ fields }: Layout & { kind: "part" }, notation: Notation): Decode {
  const decoders = [...fields].map(([name, layout]) => [name, compileDecoder(layout, notation)] as const);
  return (value, faults) => {
    if (isEmpty(value)) return undefined;
    const part: Record<string, unknown> = {};
    if (typeof value !== "object" || Array.isArray(value)) {
      faults.add("part");
      return part;
    }
    for (const [name, decode] of decoders) {
      const read = decode(Object.hasOwn(value as Part, name) ? (value as Part)[name] : undefined, faults);
      if (read !== undefined) part[name] = read;
    }
    return part;
  };
}

/**
 * A part that is one text. Text after the last field belongs to that field; a text that has fewer parts than fields is
 * counted, and stands whole in the first field that is a text.
 */
function compileTextPart(layout: Layout & { kind: "part"; parts?: string }, notation: Notation): Decode {
  const { fields, parts = "" } = layout;
  const names = [...fields.keys()];
  const fallback = names.find((name) => fields.get(name)?.kind === "text");
  // The last field may be absent: a text without it still has its form.
  const needed = names.length - 1;
  const decode = compilePart({ kind: "part", fields }, notation);
  return (value, faults) => {
    if (isEmpty(value)) return undefined;
    if (typeof value !== "string") return decode(value, faults);
    const found = value.split(parts).map((one) => one.trim());
    if (found.length < needed) {
      faults.add("part");
      return fallback === undefined ? {} : { [fallback]: value.trim() };
    }
    const values = names.map((name, at) => [
      name,
      at === names.length - 1 ? found.slice(at).filter(Boolean).join(` ${parts} `) : found[at],
    ]);
    return decode(Object.fromEntries(values), faults);
  };
}
