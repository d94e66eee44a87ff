// What every kind of source gives: records of the system in its own names and codes, by key, any number at once.

import type { PersonIdentity } from "./person-index";

/** A person of the system, and what it holds of that person. The record MUST NOT hold the BSN. */
export interface PersonRecord {
  readonly identity: PersonIdentity;
  readonly record: unknown;
}

/** Somebody in a system; undefined for who has no reference or number there that can be asked for. */
export type Somebody = PersonIdentity | undefined;

/** Everybody in a system: at once, or some at a time, so that never all of them are in memory together. */
export type People = readonly Somebody[] | AsyncIterable<readonly Somebody[]>;

/** Reads one system, and never writes. Every method rejects with SOURCE_UNAVAILABLE, and so does what it gives to read. */
export interface RecordReader {
  /**
   * Everybody in the system, oldest case first: whoever stands in several is known by the newest. Undefined when that is
   * not needed `anew` and the system says that nothing has changed since the last time.
   */
  identities(anew: boolean): Promise<People | undefined>;
  /** Records of households by case reference; unknown references are absent. */
  families(caseReferences: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** Records of persons by the system's person number; unknown numbers are absent. */
  persons(personNumbers: readonly string[]): Promise<readonly PersonRecord[]>;
  /**
   * Whether there is something that cannot be read now, such as a message that was cut off: whoever is not found may be in
   * it. A reader without it reads all that there is, or rejects.
   */
  incomplete?(): boolean;
  /** Resolves when the system can be asked. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
