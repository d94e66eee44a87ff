// The layout of an organisation's records as the mapping file declares it: which fields, and how each is written.

import type { Entry } from "./entry";

/** How a record, or a part of it, is laid out. */
export type Layout =
  | { readonly kind: "text" | "number" | "date" | "bsn" }
  /** `words`: how true and false are written, where they are no booleans. */
  | { readonly kind: "flag"; readonly words?: readonly [string, string] }
  /** `codes`: all that can occur, where that is known. */
  | { readonly kind: "code"; readonly codes: readonly string[] }
  /** `split`: what stands between the items, where the list is one text. */
  | { readonly kind: "list"; readonly of: Layout; readonly split?: string }
  /** `parts`: what stands between the fields, where the part is one text; the fields are then in that order. */
  | { readonly kind: "part"; readonly fields: ReadonlyMap<string, Layout>; readonly parts?: string };

const LEAVES = "text, number, date, bsn, flag, flag <yes> <no>, code, code <one> <other> ...";

const WHATEVER: Layout = { kind: "text" };

/** Reads a layout; what it cannot be read as is a fault of its line, and text from then on. */
export function readLayout(entry: Entry): Layout {
  if (entry.isMap) return readPart(entry);
  if (entry.isList) {
    const [of, ...more] = entry.list("a list");
    if (!of || more.length > 0) {
      entry.fault("a list names the one layout that all its items have");
      return { kind: "list", of: WHATEVER };
    }
    return { kind: "list", of: readLayout(of) };
  }
  return readLeaf(entry);
}

function readLeaf(entry: Entry): Layout {
  const [kind = "", ...words] = (entry.text("a field") ?? "text").split(/\s+/);
  const [yes, no] = words;
  if ((kind === "text" || kind === "number" || kind === "date" || kind === "bsn") && words.length === 0) {
    return { kind };
  }
  if (kind === "code") return { kind, codes: words };
  if (kind === "flag" && words.length === 0) return { kind };
  if (kind === "flag" && yes !== undefined && no !== undefined && words.length === 2) {
    return { kind, words: [yes, no] };
  }
  entry.fault(`a field is one of: ${LEAVES}`);
  return WHATEVER;
}

function readPart(entry: Entry): Layout {
  const fields = new Map<string, Layout>();
  const notation = new Map<string, Entry>();
  for (const [name, field] of entry.map("a part")) {
    if (name.startsWith("$")) notation.set(name, field);
    else fields.set(name, readLayout(field));
  }
  const split = notation.get("$split")?.text("$split");
  const parts = notation.get("$parts")?.text("$parts");
  for (const [name, field] of notation) {
    if (name !== "$split" && name !== "$parts") field.fault(`a part knows no ${name}; it has $split, $parts`);
  }
  const of: Layout =
    fields.size === 0 && split !== undefined
      ? { kind: "text" }
      : { kind: "part", fields, ...(parts === undefined ? {} : { parts }) };
  if (split !== undefined && fields.size > 0 && parts === undefined) {
    entry.fault("a list of parts in one text also needs $parts: what stands between the fields");
  }
  return split === undefined ? of : { kind: "list", of, split };
}
