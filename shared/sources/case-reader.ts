// Reads systems that give whole cases, in which persons stand: a case is asked by its reference, a person by its case.

import { z } from "zod";
import type { Guard } from "./guard";
import type { PersonInCase } from "./mapping/records";
import type { People, PersonRecord, RecordReader, Somebody } from "./record-reader";
import { SourceFailed } from "./source-failure";

/** Where in a case its reference and its persons stand; names are paths with dots. */
export const CaseShape = z.strictObject({
  reference: z.string().min(1),
  /** When the case was opened, in a notation that sorts; cases are in the order in which they come without it. */
  opened: z.string().min(1).optional(),
  /** Lists of the case in which its persons stand. */
  persons: z.array(z.string().min(1)).min(1),
  /** Of a person: the number in the case, and the BSN. */
  number: z.string().min(1),
  bsn: z.string().min(1),
});
export type CaseShape = z.infer<typeof CaseShape>;

/** Everybody in a system that gives them page by page; each page is a question of its own. */
export interface PagesOfPeople {
  /** The next page; undefined after the last one. Stops when its signal is aborted. */
  next(signal: AbortSignal): Promise<readonly Somebody[] | undefined>;
}

/** What a system of cases is asked. Each stops when its signal is aborted. */
export interface CaseQuestions {
  /** Cases by reference, in one question however many they are; unknown ones are absent. */
  cases(references: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, unknown>>;
  identities(anew: boolean, signal: AbortSignal): Promise<People | PagesOfPeople | undefined>;
  ready(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Longest that reading everybody, or a page of them, may take, in ms: no worker waits for it but after a start. */
export const IDENTITIES_DEADLINE_MS = 20_000;

/** The value at a path; undefined where it does not lead anywhere. */
export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split(".")) {
    at =
      typeof at === "object" && at !== null && Object.hasOwn(at, name)
        ? (at as Record<string, unknown>)[name]
        : undefined;
  }
  return at;
}

/** Number of a person in a case; undefined when it is none. */
export function personNumberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** Reference of a case as text, also where a system gives a number; undefined when it is none. */
export function referenceOf(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** Reference of a case that was asked for; throws SourceFailed without one: nobody can tell which case it is. */
export function requireReference(value: unknown): string {
  const reference = referenceOf(value);
  if (reference === undefined) throw new SourceFailed("FAILED", "NO_REFERENCE");
  return reference;
}

/** A BSN as nine digits, the zeros at the front put back; null for somebody without one. */
export function bsnOf(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  return text === "" ? null : text.padStart(9, "0");
}

/** Where in an item about one person reference, number and BSN stand. */
interface IdentityNames {
  readonly reference: string;
  readonly number: string;
  readonly bsn: string;
}

/** The person that an item is about; undefined when it has no reference or number. */
export function identityAt(item: unknown, names: IdentityNames): Somebody {
  const reference = referenceOf(valueAt(item, names.reference));
  const number = personNumberOf(valueAt(item, names.number));
  return reference !== undefined ? identityOf(reference, number, valueAt(item, names.bsn)) : undefined;
}

/** Who somebody is in the system; undefined without a reference of the case or a number in it. */
export function identityOf(reference: string, number: number | undefined, bsn: unknown): Somebody {
  if (reference === "" || number === undefined) return undefined;
  return { person_number: `${reference}/${number}`, bsn: bsnOf(bsn), case_reference: reference, number };
}

interface Found {
  readonly identity: Somebody;
  readonly person: unknown;
}

/** The persons of a case; also those who have no number in it. */
export function personsIn(reference: string, one: unknown, shape: CaseShape): Found[] {
  return shape.persons.flatMap((list) => {
    const persons = valueAt(one, list);
    return (Array.isArray(persons) ? (persons as unknown[]) : [persons])
      .filter((person) => person !== undefined && person !== null && person !== "")
      .map((person) => {
        const number = personNumberOf(valueAt(person, shape.number));
        return { identity: identityOf(reference, number, valueAt(person, shape.bsn)), person };
      });
  });
}

/** A reader over a system of cases. */
export function createCaseReader(guard: Guard, shape: CaseShape, questions: CaseQuestions): RecordReader {
  const ask = async (question: string, references: readonly string[]) => {
    const found = await guard.ask(question, (signal) => questions.cases(references, signal));
    // What was not asked for is nobody's business, whatever the system sent.
    return new Map(references.flatMap((one) => (found.has(one) ? [[one, found.get(one)] as const] : [])));
  };
  return {
    async identities(anew) {
      const work = (signal: AbortSignal) => questions.identities(anew, signal);
      const found = await guard.ask("identities", work, IDENTITIES_DEADLINE_MS);
      return found !== undefined && "next" in found ? readPages(guard, found) : found;
    },
    families: (references) => ask("families", references),
    async persons(personNumbers) {
      const asked = new Set(personNumbers);
      const references = new Set(personNumbers.map((one) => one.slice(0, one.lastIndexOf("/"))));
      const cases = await ask("persons", [...references]);
      return Array.from(cases).flatMap(([reference, one]) =>
        personsIn(reference, one, shape).flatMap(({ identity, person }): PersonRecord[] => {
          if (identity === undefined || !asked.has(identity.person_number)) return [];
          const record: PersonInCase = { case: one, person };
          return [{ identity, record }];
        }),
      );
    },
    ready: () => guard.ask("ready", (signal) => questions.ready(signal)),
    close: () => questions.close(),
  };
}

async function* readPages(guard: Guard, pages: PagesOfPeople): AsyncGenerator<readonly Somebody[]> {
  for (;;) {
    const page = await guard.ask("identities", (signal) => pages.next(signal), IDENTITIES_DEADLINE_MS);
    if (page === undefined) return;
    yield page;
  }
}

/** The list at a path of an answer; throws SourceFailed when there is none. */
export function listAt(answer: unknown, path: string): readonly unknown[] {
  const list = path === "" ? answer : valueAt(answer, path);
  if (!Array.isArray(list)) throw new SourceFailed("FAILED", "NO_LIST");
  return list as readonly unknown[];
}
