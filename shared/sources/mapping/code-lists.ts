// The code lists of a mapping file: words for codes, each with the days on which they hold.

import { YOUTH_CARE_ROLES } from "../code-text";
import { toPlainDate } from "../../kernel/plain-date";
import type { Entry } from "./entry";

/** One meaning of a code. */
interface Meaning {
  /** First and last day on which it holds; always when absent. */
  readonly from: string | undefined;
  readonly until: string | undefined;
  /** `text`, and what else the list says of the code. */
  readonly says: ReadonlyMap<string, string>;
}

/** A list: code -> its meanings, one for each time. */
export type MappedCodes = ReadonlyMap<string, readonly Meaning[]>;

/** Name of what a code means in words. */
export const TEXT = "text";
/** Attribute with the role of the chain messages (jeugdzorgrol). */
export const ROLE_OF_CHAIN = "jzr";

/** Lists that every file may use without declaring them. */
export const SHARED_LISTS: ReadonlyMap<string, MappedCodes> = new Map([
  [
    "jeugdzorgrol",
    new Map(
      Object.entries(YOUTH_CARE_ROLES).map(([code, text]) => [
        code,
        [
          {
            from: undefined,
            until: undefined,
            says: new Map([
              [TEXT, text],
              [ROLE_OF_CHAIN, code],
            ]),
          },
        ],
      ]),
    ),
  ],
]);

/** Words for a code that means nothing that is known: it stays visible, and nothing is guessed. */
export const unknownCode = (code: string): string => `onbekende code (${code})`;

/**
 * What a list says of a code on a day (null: not known). A code that it does not have, or that holds on other days, is
 * shown as unknown; of anything but its text that is null.
 */
export function sayOfCode(list: MappedCodes, code: string, about: string, day: string | null): string | null {
  const meanings = list.get(code) ?? [];
  const holding = meanings.filter(
    ({ from, until }) => day === null || ((from ?? day) <= day && day <= (until ?? day)),
  );
  // On a day that is not known, a code with more than one meaning could be any of them.
  const [meaning] = holding;
  if (!meaning || holding.length > 1) return about === TEXT ? unknownCode(code) : null;
  return meaning.says.get(about) ?? null;
}

/** Reads the code lists of a file; what is impossible in them is a fault. */
export function readCodeLists(entry: Entry | undefined): Map<string, MappedCodes> {
  const lists = new Map<string, MappedCodes>();
  for (const [name, list] of entry?.map("codes") ?? []) {
    if (SHARED_LISTS.has(name)) list.fault(`${name} is a list that all share; it needs no words here`);
    const codes = new Map<string, Meaning[]>();
    for (const [code, meanings] of list.map(`the code list ${name}`)) {
      const all = (meanings.isList ? meanings.list("meanings") : [meanings]).map(readMeaning);
      if (overlap(all)) meanings.fault(`the code ${code} has two meanings on one day`);
      codes.set(code, all);
    }
    lists.set(name, codes);
  }
  return lists;
}

function readMeaning(entry: Entry): Meaning {
  if (!entry.isMap) {
    const text = entry.text("what a code means");
    return { from: undefined, until: undefined, says: new Map(text === undefined ? [] : [[TEXT, text]]) };
  }
  const says = new Map<string, string>();
  let from: string | undefined;
  let until: string | undefined;
  for (const [name, value] of entry.map("a code")) {
    if (name === "from") from = readDay(value);
    else if (name === "until") until = readDay(value);
    else {
      const said = value.text(name);
      if (said !== undefined) says.set(name, said);
      if (name === ROLE_OF_CHAIN && said !== undefined && !Object.hasOwn(YOUTH_CARE_ROLES, said)) {
        value.fault(`${said} is no role of the chain messages (jeugdzorgrol)`);
      }
    }
  }
  if (!says.has(TEXT)) entry.fault("a code needs a text");
  if (from !== undefined && until !== undefined && from > until) {
    entry.fault(`a code cannot hold until ${until} when it holds from ${from}`);
  }
  return { from, until, says };
}

function readDay(entry: Entry): string | undefined {
  const text = entry.text("a day");
  if (text === undefined) return undefined;
  try {
    return toPlainDate(text);
  } catch {
    return entry.fault("a day is written YYYY-MM-DD");
  }
}

function overlap(meanings: readonly Meaning[]): boolean {
  const sorted = meanings.toSorted((one, other) => (one.from ?? "").localeCompare(other.from ?? ""));
  return sorted.some((one, at) => {
    const next = sorted[at + 1];
    return next !== undefined && (one.until === undefined || (next.from ?? "") <= one.until);
  });
}
