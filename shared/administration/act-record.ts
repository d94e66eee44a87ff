// What is administered is on record in the access log before it is done, and that it failed afterwards.

import { randomBytes } from "node:crypto";
import type { NewAccessLogEntry } from "../access-log/access-log-entry";
import type { AccessLogWriter } from "../access-log/access-log-writer";
import { KEEPER_ENTRY } from "../access-log/raise-signal";
import { SchakelError } from "../kernel/errors";
import { toTraceId, type TraceId } from "../kernel/ids";
import type { Operator } from "./operator";

/** Something that an operator does. */
export interface AdministrativeAct {
  readonly operator: Operator;
  /** Name of the act in the log, such as `rotateGrantKey`. */
  readonly operation: string;
  /** On what, as KIND:id, in ids and codes alone. */
  readonly objects?: readonly string[];
  /** What it is about; the hub itself when left out. */
  readonly source?: string;
}

/** What the log says of somebody who administers: how it is known who it was. */
export const knownByOf = ({ knownBy }: Operator): string => `OPERATOR:${knownBy}`;

/** The entry of an act. `NEN 7513` has it among the events to record: authorisations, keys and rules that change. */
export const administrativeEntry = (
  { operator, operation, objects = [], source = "hub" }: AdministrativeAct,
  outcome: "DELIVERED" | "FAILED" = "DELIVERED",
  traceId: TraceId = toTraceId(randomBytes(16).toString("hex")),
): NewAccessLogEntry => ({
  ...KEEPER_ENTRY,
  act: "CONFIGURE",
  outcome,
  operation,
  traceId,
  worker: operator.id,
  source,
  rules: [],
  reliedOn: [knownByOf(operator), ...objects],
});

/** Does what changes something, once it is on record on what, by their ids. Rejects as `onRecord`. */
export type DoneOnRecord = <T>(ids: readonly string[], work: () => Promise<T>) => Promise<T>;

const toStandardError = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/**
 * Does `work` once the act is on record; when it fails, or gives false because there was nothing to do it to, that is on record
 * under the same trace id. Rejects with LOG_UNAVAILABLE when the act cannot be recorded, and then nothing was done; else with
 * what `work` rejects with. Where the log then does not take that it failed, `say` tells the operator, who knows better than
 * the log does.
 */
export async function onRecord<T>(
  writer: AccessLogWriter,
  act: AdministrativeAct,
  work: () => Promise<T>,
  say: (text: string) => void = toStandardError,
): Promise<T> {
  const entry = administrativeEntry(act);
  await writer.write([entry]);
  const failed = async (): Promise<void> => {
    try {
      await writer.write([administrativeEntry(act, "FAILED", entry.traceId)]);
    } catch (error) {
      const cause = error instanceof SchakelError ? error.code : "no code";
      say(
        `That ${act.operation} failed could not be put on record (${cause}): the log has it as done, trace ${entry.traceId}.`,
      );
    }
  };
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await failed();
    throw error;
  }
  if (result === false) await failed();
  return result;
}
