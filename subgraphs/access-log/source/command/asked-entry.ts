// What the log says of a command that asks it something.

import { randomBytes } from "node:crypto";
import type { NewAccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import { KEEPER_ENTRY } from "../../../../shared/access-log/raise-signal";
import { toTraceId, toWorkerId } from "../../../../shared/kernel/ids";

/** The entry: that this command was used, by whom. */
export const askedEntry = (command: string, by: string): NewAccessLogEntry => ({
  ...KEEPER_ENTRY,
  traceId: toTraceId(randomBytes(16).toString("hex")),
  worker: toWorkerId(by),
  operation: command,
  rules: [],
  reliedOn: [],
});
