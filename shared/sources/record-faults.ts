// What in an organisation's records could not be read: counted by kind, never kept.

/** A value that is not of the kind that the layout promises; `encoding`: a text with signs that could not be read. */
export type FaultKind = "date" | "number" | "flag" | "text" | "list" | "part" | "expression" | "encoding";

/** Counts the values that a mapping left empty because they could not be read, and the texts that it could read in part. */
export interface RecordFaults {
  add(kind: FaultKind): void;
}

/** A counter of such values. */
export class FaultCounter implements RecordFaults {
  readonly counts: Partial<Record<FaultKind, number>> = {};

  add(kind: FaultKind): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  /** Number of values of all kinds. */
  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }
}
