// Words in an attack case that stand for something which is only known when it runs: `{{today-1}}`, `{{once}}`.

import { randomUUID } from "node:crypto";
import { addDays, today } from "../../shared/kernel/plain-date";

const WORD = /\{\{([^{}]+)\}\}/g;
const DAY = /^today(?:([+-])(\d+))?$/;
const HOUR = /^now(?:([+-])(\d+)h)?$/;
const MS_PER_HOUR = 3_600_000;

/** What words mean during one case; what requests before the attack gave is added to it. */
export type Meanings = Map<string, unknown>;

/** The meanings that every case starts with: `once` is a text that no other run used. */
export const newMeanings = (): Meanings => new Map([["once", randomUUID()]]);

const signed = (sign: string | undefined, number: string | undefined): number =>
  Number(number ?? 0) * (sign === "-" ? -1 : 1);

function meaningOf(word: string, meanings: Meanings): unknown {
  const day = DAY.exec(word);
  if (day) return addDays(today(), signed(day[1], day[2]));
  const hour = HOUR.exec(word);
  if (hour) return new Date(Date.now() + signed(hour[1], hour[2]) * MS_PER_HOUR).toISOString();
  if (!meanings.has(word)) throw new Error(`Nothing is known as {{${word}}}.`);
  return meanings.get(word);
}

/** The words that stand in a value. */
export const wordsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(WORD)].flatMap(([, word]) => word ?? []);

/** Is it known what this word stands for? */
export const isKnown = (word: string, meanings: Meanings): boolean =>
  DAY.test(word) || HOUR.test(word) || meanings.has(word);

/** The value with every word replaced; a text that is one word alone becomes what it stands for. */
export function filledIn(value: unknown, meanings: Meanings): unknown {
  if (typeof value === "string") {
    const [whole, word] = /^\{\{([^{}]+)\}\}$/.exec(value) ?? [];
    if (whole !== undefined && word !== undefined) return meaningOf(word, meanings);
    return value.replaceAll(WORD, (_all, one: string) => String(meaningOf(one, meanings)));
  }
  if (Array.isArray(value)) return value.map((one) => filledIn(one, meanings));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, meanings)]));
}
