// What an organisation writes down of each answer that leaves its source: its own side of the hub's access log. Codes and
// pseudonyms, never content.

import { z } from "zod";
import { Category, Purpose, WorkerFunction } from "../../kernel/codes";
import { ERROR_CODES, type ErrorCode } from "../../kernel/errors";

const codes = <T extends object>(list: T) =>
  z.enum(Object.keys(list) as [keyof T & string, ...(keyof T & string)[]]);

/** How a question about one subject ended at the source. */
export const DeliveryOutcome = {
  /** What was granted left, as far as the organisation's own rules did not refuse it; also that there is nothing */
  DELIVERED: "DELIVERED",
  /** Nothing left: the organisation's own rules refused all of it, or it was asked outside a grant */
  REFUSED: "REFUSED",
  /** The source could not answer for this subject */
  FAILED: "FAILED",
} as const;
export type DeliveryOutcome = keyof typeof DeliveryOutcome;

/** One line: one subject of one request, or a request that was refused before it was known whom it was about. */
export const DeliveryLine = z.object({
  /** ISO 8601, UTC, milliseconds; by the clock of the source. */
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  outcome: codes(DeliveryOutcome),
  /** Of the grant; of a request without one, what it claims. */
  traceId: z.string().max(100).nullable(),
  subjectType: z.enum(["FAMILY", "PERSON", "NONE"]),
  /** The hub's pseudonym, out of the grant; null with NONE. */
  subjectId: z.string().max(200).nullable(),
  /** Kinds of information that left. */
  delivered: z.array(codes(Category)),
  /** Granted kinds that the organisation's own rules refused. */
  refused: z.array(codes(Category)),
  /** Out of the grant; null without one. */
  worker: z.string().max(200).nullable(),
  organisation: z.string().max(100).nullable(),
  workerFunction: codes(WorkerFunction).nullable(),
  purpose: codes(Purpose).nullable(),
  /** Why a request was refused as a whole. */
  code: codes<Record<ErrorCode, unknown>>(ERROR_CODES).nullable(),
  /** How many requests the line stands for; refused ones of the same kind in one minute share a line. */
  times: z.int().min(1),
});
export type DeliveryLine = z.infer<typeof DeliveryLine>;

/** A line as it is handed over to be written; the record gives it its moment. */
export type NewDeliveryLine = Omit<DeliveryLine, "at">;

/** The line of a text; undefined for one that is none, such as half a line that a crash left behind. */
export function readDeliveryLine(text: string): DeliveryLine | undefined {
  try {
    return DeliveryLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
