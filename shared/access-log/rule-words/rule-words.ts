// What the rules of a dated set say, for people: read from the files beside this one, which `npm run compose` writes.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { Certainty } from "../../kernel/codes";

/** Whether a rule permits, leaves it to the holder, or denies. */
export type WhatRuleDoes = "PERMIT" | "HOLD" | "DENY";

/** A rule in words. */
export interface RuleWords {
  readonly does: WhatRuleDoes;
  /** One sentence in each language. */
  readonly nl: string;
  readonly en: string;
  /** Source in law. */
  readonly citation: string;
  readonly certainty: Certainty;
  /** Rows of the decision table; none for a rule beyond it. */
  readonly rows: readonly number[];
}

/** Finds the words of a rule as they were in a set; undefined when there is no such set or rule. */
export type RuleBook = (set: string, rule: string) => RuleWords | undefined;

const A_DATE = /^\d{4}-\d\d-\d\d$/;

/** A book of the sets in a folder; each is read at its first use and kept. */
export function openRuleBook(folder: string = __dirname): RuleBook {
  const sets = new Map<string, ReadonlyMap<string, RuleWords>>();
  return (set, rule) => {
    const words = sets.get(set) ?? readSet(folder, set);
    sets.set(set, words);
    return words.get(rule);
  };
}

function readSet(folder: string, set: string): ReadonlyMap<string, RuleWords> {
  if (!A_DATE.test(set)) return new Map();
  try {
    const words = JSON.parse(readFileSync(path.join(folder, `${set}.json`), "utf8")) as Record<
      string,
      RuleWords
    >;
    return new Map(Object.entries(words));
  } catch (error) {
    // A log may be older than the sets that this version still has.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw error;
  }
}
