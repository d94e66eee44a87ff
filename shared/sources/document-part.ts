// Reads documents of which the layout is promised but not enforced: what does not fit is null and counted.

import { readDate, type DateNotation } from "./date-notation";
import type { FaultKind, RecordFaults } from "./record-faults";

/** How the dates of the document are written, and where faults are counted. */
export interface Reading {
  readonly dates: DateNotation;
  readonly faults: RecordFaults;
}

type Name<T> = keyof T & string;
type Part<T> = NonNullable<T> extends object ? NonNullable<T> : never;
type Item<T> = NonNullable<T> extends readonly (infer Element)[] ? Part<Element> : never;

type Fits<V> = (value: unknown) => value is V;

const isPart: Fits<Readonly<Record<string, unknown>>> = (value): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText: Fits<string> = (value) => typeof value === "string";
const isNumber: Fits<number> = (value) => typeof value === "number";
const isFlag: Fits<boolean> = (value) => typeof value === "boolean";
const isList: Fits<readonly unknown[]> = (value) => Array.isArray(value);

/** One object of a document. `T` is the layout as its organisation describes it; no value is trusted to follow it. */
export class DocumentPart<T extends object> {
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly reading: Reading;

  constructor(value: unknown, reading: Reading) {
    this.reading = reading;
    this.values = this.kept(value, "part", isPart) ?? {};
  }

  /** Whether there is anything under this name, readable or not. */
  has(name: Name<T>): boolean {
    return this.values[name] !== null && this.values[name] !== undefined;
  }

  /** A text, or a number as text; null when empty. */
  text(name: Name<T>): string | null {
    const value = this.values[name];
    return isNumber(value) ? String(value) : this.kept(value, "text", isText) || null;
  }

  number(name: Name<T>): number | null {
    return this.kept(this.values[name], "number", isNumber);
  }

  flag(name: Name<T>): boolean | null {
    return this.kept(this.values[name], "flag", isFlag);
  }

  /** A date in the notation of the document, as YYYY-MM-DD. */
  date(name: Name<T>): string | null {
    return readDate(this.values[name], this.reading.dates, this.reading.faults);
  }

  /** The texts of a list. */
  texts(name: Name<T>): string[] {
    return this.array(name).flatMap((value) => this.kept(value, "text", isText) ?? []);
  }

  /** The numbers of a list. */
  numbers(name: Name<T>): number[] {
    return this.array(name).flatMap((value) => this.kept(value, "number", isNumber) ?? []);
  }

  /** An object inside this one; null when there is none. */
  part<K extends Name<T>>(name: K): DocumentPart<Part<T[K]>> | null {
    const value = this.kept(this.values[name], "part", isPart);
    return value && new DocumentPart<Part<T[K]>>(value, this.reading);
  }

  /** The objects of a list. */
  list<K extends Name<T>>(name: K): DocumentPart<Item<T[K]>>[] {
    return this.array(name).flatMap((value) => {
      const item = this.kept(value, "part", isPart);
      return item ? new DocumentPart<Item<T[K]>>(item, this.reading) : [];
    });
  }

  private array(name: Name<T>): readonly unknown[] {
    return this.kept(this.values[name], "list", isList) ?? [];
  }

  /** The value when it fits; null when it is empty, and null and counted when it does not fit. */
  private kept<V>(value: unknown, kind: FaultKind, fits: Fits<V>): V | null {
    if (value === null || value === undefined) return null;
    if (fits(value)) return value;
    this.reading.faults.add(kind);
    return null;
  }
}
