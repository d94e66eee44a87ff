// Cursors of the access log: the position of an entry, opaque to the caller.

import type { EntryPosition } from "../../../shared/access-log/find-entries";
import { SchakelError } from "../../../shared/kernel/errors";

const POSITION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([1-9]\d{0,15})$/;

/** The cursor of an entry. */
export function toCursor({ recordedAt, position }: EntryPosition): string {
  return Buffer.from(`${recordedAt} ${position}`).toString("base64url");
}

/** The position behind a cursor; throws INPUT_INVALID for anything that is not one, with where it was given. */
export function toPosition(cursor: string, argument = "after"): EntryPosition {
  const [, recordedAt, position] = POSITION.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (recordedAt === undefined || position === undefined || !isMoment(recordedAt)) {
    throw new SchakelError("INPUT_INVALID", { argument, expected: "a cursor of this list" });
  }
  return { recordedAt, position: Number(position) };
}

/** Not 2020-02-30, which a parser may take for the day after. */
function isMoment(text: string): boolean {
  const parsed = new Date(text);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 19) === text.slice(0, 19);
}
