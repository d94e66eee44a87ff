// Cursors of a report: the place of a line, opaque to the caller.

import { isCode, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import type { LinePosition } from "../source/report/read-report";

const POSITION = /^(\d{4}-\d\d-\d\dT\d\d)\|([a-z][a-z0-9-]{0,39})\|([A-Z_]+)\|([A-Z_]*)$/;

/** The cursor of a line. */
export function toReportCursor({ hour, organisation, workerFunction, purpose }: LinePosition): string {
  return Buffer.from([hour, organisation, workerFunction, purpose ?? ""].join("|")).toString("base64url");
}

/** The place behind a cursor; throws INPUT_INVALID for anything that is not one. */
export function toLinePosition(cursor: string): LinePosition {
  const [, hour = "", organisation = "", workerFunction, purpose = ""] =
    POSITION.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  const moment = new Date(`${hour}:00:00Z`);
  const isWhole =
    !Number.isNaN(moment.getTime()) &&
    moment.toISOString().startsWith(hour) &&
    (purpose === "" || isCode(Purpose, purpose));
  if (!isWhole || !isCode(WorkerFunction, workerFunction)) {
    throw new SchakelError("INPUT_INVALID", { argument: "after", expected: "a cursor of this list" });
  }
  return { hour, organisation, workerFunction, purpose: isCode(Purpose, purpose) ? purpose : null };
}
