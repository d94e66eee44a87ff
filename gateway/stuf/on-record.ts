// What is refused at the door for messages is on record as every refusal is, under a trace of its own.

import { randomBytes } from "node:crypto";
import { toTraceId, type TraceId } from "../../shared/kernel/ids";
import type { DoorRecord } from "../record/refused-at-door";
import type { MessageDoorDeps } from "./message-door";

/** A message of the chain carries no trace: each gets one here. */
export const newTrace = (): TraceId => toTraceId(randomBytes(16).toString("hex"));

/** Puts refusals on that record; both reject with LOG_UNAVAILABLE when it is not certain that they are. */
export const refusalsOn = (record: DoorRecord): Pick<MessageDoorDeps, "refuse" | "refuseStranger"> => ({
  refuse: async ({ requester }, error, origin) =>
    record.refused({ error, traceId: newTrace(), origin, requester }),
  refuseStranger: async (error, origin) => record.refused({ error, traceId: newTrace(), origin }),
});
