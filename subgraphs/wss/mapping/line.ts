// Reads one line of the export: everything is text, so every date, flag, number and list has to be found in it.

import { DUTCH_DATES, readDate } from "../../../shared/sources/date-notation";
import type { RecordFaults } from "../../../shared/sources/record-faults";
import type { ExportLine } from "../source/records";

type Column = keyof ExportLine;

const FLAGS: Readonly<Record<string, boolean>> = { J: true, N: false };

/** A line of which no value is trusted: what cannot be read is null and counted. */
export class Line {
  private readonly values: Partial<ExportLine>;
  private readonly faults: RecordFaults;

  constructor(values: Partial<ExportLine>, faults: RecordFaults) {
    this.values = values;
    this.faults = faults;
  }

  text(column: Column): string | null {
    return this.values[column]?.trim() || null;
  }

  /** dd-mm-jjjj -> YYYY-MM-DD. */
  date(column: Column): string | null {
    return this.dateIn(this.text(column));
  }

  flag(column: Column): boolean | null {
    const text = this.text(column);
    if (text === null) return null;
    if (!Object.hasOwn(FLAGS, text)) this.faults.add("flag");
    return FLAGS[text] ?? null;
  }

  /** A number with a decimal comma or point. */
  number(column: Column): number | null {
    const text = this.text(column);
    if (text === null) return null;
    if (/^-?\d{1,9}([.,]\d{1,9})?$/.test(text)) return Number(text.replace(",", "."));
    this.faults.add("number");
    return null;
  }

  /** The items of a list: text between semicolons. */
  list(column: Column): string[] {
    return (this.text(column) ?? "").split(";").flatMap((item) => item.trim() || []);
  }

  /** The items of a list in their parts; an empty part is null. */
  parts(column: Column): (string | null)[][] {
    return this.list(column).map((item) => item.split("|").map((part) => part.trim() || null));
  }

  /**
   * The items of a list that begin with a date and a code: date | code | text | more. An item without those parts is
   * counted, and is all text.
   */
  dated(column: Column): { date: string | null; code: string | null; text: string; more: string | null }[] {
    return this.parts(column).map((parts) => {
      const [date = null, code = null, text = null, ...more] = parts;
      if (text !== null) return { date: this.dateIn(date), code, text, more: more.join(" | ") || null };
      this.faults.add("part");
      return { date: null, code: null, text: parts.join(" | "), more: null };
    });
  }

  private dateIn(text: string | null): string | null {
    return readDate(text, DUTCH_DATES, this.faults);
  }
}
