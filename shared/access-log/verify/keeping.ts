// Checks what the hub did with the log itself: months sealed and removed, keys destroyed; each row against the entry that
// records it, and each such entry against its row.

import type { ClientBase } from "pg";
import { ENTRY_COLUMNS, listText, type Value } from "./format";
import type { BatchEnd } from "./checkpoints";
import type { Faults } from "./faults";
import { readAll } from "./rows";

import type { SubjectKeyCheck } from "./subject-keys";

interface Positions {
  readonly firstPosition: number;
  readonly lastPosition: number;
}

/** What an entry says that the hub did with the log. */
interface Deed {
  readonly batch: number;
  readonly operation: string;
  readonly reason: string;
  readonly object: string;
  readonly moment: string;
}

/** The last batch of a month. */
export interface MonthEnd extends BatchEnd {
  readonly batch: number;
}

/** A month of which the entries are gone, by the record of the hub. */
export interface RemovedMonth {
  /** YYYY-MM */
  readonly month: string;
  readonly profile: string;
  readonly position: number;
  readonly removedAt: string;
}

/** Months from the end of a month in which nothing of it may be removed (Staatscourant 2019, 38007: five years). */
const LEAST_MONTHS_KEPT = 60;
const OPERATIONS = ["sealMonth", "removeMonth", "destroySubjectKey"];

const columnOf = (column: (typeof ENTRY_COLUMNS)[number]): number => ENTRY_COLUMNS.indexOf(column);
const BATCH = columnOf("batch");
const MOMENT = columnOf("recorded_at");
const OPERATION = columnOf("operation");
const ORGANISATION = columnOf("organisation");
const RULES = columnOf("rules");
const RELIED_ON = columnOf("relied_on");

const SAID = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const READ_SEALS = `select to_char(month, 'YYYY-MM'), last_batch, last_position, encode(hash, 'hex'), position,
  ${SAID("sealed_at")} from access_log.seal order by month`;
const READ_REMOVALS = `select to_char(month, 'YYYY-MM'), profile, position, ${SAID("removed_at")}
  from access_log.removal order by month`;

/** The months that the hub removed. */
export async function readRemovals(client: ClientBase): Promise<RemovedMonth[]> {
  return (await readAll(client, READ_REMOVALS)).map(([month, profile, position, removedAt]) => ({
    month: month ?? "",
    profile: profile ?? "",
    position: Number(position),
    removedAt: removedAt ?? "",
  }));
}

/** First moment after a month and some months more; ISO 8601 without a fraction, which sorts before any with one. */
function momentAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number + months, 1)).toISOString().slice(0, 19);
}

/** What the hub did with a log, as its entries say. */
export class KeepingCheck {
  readonly #deeds = new Map<number, Deed>();
  readonly #matched = new Set<number>();
  readonly #monthEnds = new Map<string, MonthEnd>();
  readonly #removed: (readonly [number, number])[] = [];
  readonly #faults: Faults;
  readonly #range: Positions;

  /** `range`: the positions that are read; what stands elsewhere is not checked. */
  constructor(faults: Faults, range: Positions) {
    this.#faults = faults;
    this.#range = range;
  }

  /** Notes positions of which the entries were removed. */
  noteRemoved(first: number, last: number): void {
    this.#removed.push([first, last]);
  }

  #wasRead(position: number): boolean {
    if (position < this.#range.firstPosition || position > this.#range.lastPosition) return false;
    return !this.#removed.some(([first, last]) => position >= first && position <= last);
  }

  /** Notes a batch: of its month it may be the last. */
  noteBatch(recordedAt: string, end: MonthEnd): void {
    this.#monthEnds.set(recordedAt.slice(0, 7), end);
  }

  /** Notes an entry, when it says that the hub did something with the log. */
  noteEntry(position: number, values: readonly Value[]): void {
    const operation = values[OPERATION] ?? "";
    if (values[ORGANISATION] !== "hub" || !OPERATIONS.includes(operation)) return;
    this.#deeds.set(position, {
      batch: Number(values[BATCH]),
      operation,
      reason: listText(values[RULES] ?? null, "rules"),
      object: listText(values[RELIED_ON] ?? null, "relied_on"),
      moment: values[MOMENT] ?? "",
    });
  }

  /** Holds seals, removals and destroyed keys against the entries that record them. */
  async check(
    client: ClientBase,
    removals: readonly RemovedMonth[],
    keys: Pick<SubjectKeyCheck, "destroyed" | "destroyedInUse">,
  ): Promise<void> {
    const sealed = await this.#checkSeals(client);
    for (const removal of removals) this.#checkRemoval(removal, sealed);
    this.#checkDestroyed(keys, removals);
    for (const [position, deed] of this.#deeds) {
      if (this.#matched.has(position)) continue;
      const kind =
        deed.operation === "sealMonth"
          ? "SEAL_WRONG"
          : deed.operation === "removeMonth"
            ? "REMOVAL_WRONG"
            : "KEY_DESTROYED_UNRECORDED";
      const text = `Entry ${position} says ${deed.operation} of ${deed.object}; the log does not show it.`;
      this.#faults.add(kind, position, deed.batch, text);
    }
  }

  /** Is this recorded at that position, at that moment? What was not read cannot be held against anything. */
  #isRecorded(position: number, operation: string, object: string, moment: string, reason?: string): boolean {
    if (!this.#wasRead(position)) return true;
    const deed = this.#deeds.get(position);
    const fits =
      deed?.operation === operation &&
      deed.object === object &&
      deed.moment === moment &&
      (reason === undefined || deed.reason === reason);
    if (fits) this.#matched.add(position);
    return fits;
  }

  async #checkSeals(client: ClientBase): Promise<Set<string>> {
    const sealed = new Set<string>();
    for (const [month, batch, last, hash, position, at] of await readAll(client, READ_SEALS)) {
      if (!month) continue;
      sealed.add(month);
      const end = this.#monthEnds.get(month);
      const whole = end?.batch === Number(batch) && end.lastPosition === Number(last) && end.hash === hash;
      const recorded = this.#isRecorded(Number(position), "sealMonth", `MONTH:${month}`, at ?? "");
      if (whole && recorded) continue;
      const text = `The seal of ${month} does not fit the log${recorded ? "" : ", or the entry that records it"}.`;
      this.#faults.add("SEAL_WRONG", Number(last), Number(batch), text);
    }
    return sealed;
  }

  #checkRemoval({ month, profile, position, removedAt }: RemovedMonth, sealed: ReadonlySet<string>): void {
    const recorded = this.#isRecorded(position, "removeMonth", `MONTH:${month}`, removedAt, profile);
    if (recorded && sealed.has(month) && removedAt > momentAfter(month, LEAST_MONTHS_KEPT)) return;
    const end = this.#monthEnds.get(month);
    const text = `The removal of ${month} is not recorded as it should be, or was before its term.`;
    this.#faults.add("REMOVAL_WRONG", end?.lastPosition ?? 0, end?.batch ?? 0, text);
  }

  #checkDestroyed(
    { destroyed, destroyedInUse }: Pick<SubjectKeyCheck, "destroyed" | "destroyedInUse">,
    removals: readonly RemovedMonth[],
  ): void {
    const removalAt = new Map(removals.map((one) => [one.position, one.removedAt]));
    for (const { id, at, position } of destroyed.values()) {
      // With a month the keys go that nothing stands under any more.
      if (removalAt.get(position) === at && !destroyedInUse.has(id)) continue;
      if (this.#isRecorded(position, "destroySubjectKey", `SUBJECT_KEY:${id}`, at)) continue;
      const text = `The key ${id} was destroyed without an entry that says so.`;
      this.#faults.add("KEY_DESTROYED_UNRECORDED", position, 0, text);
    }
  }
}
