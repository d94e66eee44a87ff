// What the log says of a command that asks it something.

import { randomBytes } from "node:crypto";
import { knownByOf } from "../../../../shared/administration/act-record";
import type { Operator } from "../../../../shared/administration/operator";
import type { NewAccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import { KEEPER_ENTRY } from "../../../../shared/access-log/raise-signal";
import { toTraceId } from "../../../../shared/kernel/ids";

/** The entry: that this command was used, by whom. */
export const askedEntry = (command: string, operator: Operator): NewAccessLogEntry => ({
  ...KEEPER_ENTRY,
  traceId: toTraceId(randomBytes(16).toString("hex")),
  worker: operator.id,
  operation: command,
  rules: [],
  reliedOn: [knownByOf(operator)],
});
