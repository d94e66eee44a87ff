// Puts on record which set of rules a gateway decides by, when that is another one than was recorded last.

import type { Pool } from "pg";
import type { NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import type { AccessLogWriter } from "../../shared/access-log/access-log-writer";
import { newSpanId } from "../../shared/access-log/processing-lines";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../shared/kernel/ids";

/** Name of the act in the log. */
export const USE_RULES = "useRules";
/** Milliseconds until it is tried again, such as while the database is away. */
const AGAIN_MS = 10_000;

const LAST_RECORDED = `select policy_set as "policySet" from access_log.entry
where organisation = 'hub' and operation = $1 order by recorded_at desc, position desc limit 1`;

/** What it works on. */
export interface RulesInUseDeps {
  readonly pool: Pick<Pool, "query">;
  readonly accessLog: AccessLogWriter;
  /** Version of the set. */
  readonly policySet: string;
}

const entryOf = (policySet: string): NewAccessLogEntry => ({
  traceId: toTraceId(newSpanId() + newSpanId()),
  act: "CONFIGURE",
  outcome: "DELIVERED",
  operation: USE_RULES,
  worker: toWorkerId("hub.gateway"),
  organisation: toOrganisationCode("hub"),
  team: null,
  workerFunction: "OPERATOR",
  purpose: null,
  subjectType: "NONE",
  subjectId: null,
  familyId: null,
  source: "gateway",
  categoriesDelivered: [],
  categoriesWithheld: [],
  rules: [],
  policySet,
  reliedOn: [],
  errorCode: null,
  origin: null,
});

/** Records it unless it stands there; resolves with whether it did. Rejects when the log cannot be read or written. */
export async function recordRulesInUse({ pool, accessLog, policySet }: RulesInUseDeps): Promise<boolean> {
  const { rows } = await pool.query<{ policySet: string | null }>(LAST_RECORDED, [USE_RULES]);
  if (rows[0]?.policySet === policySet) return false;
  await accessLog.write([entryOf(policySet)]);
  return true;
}

/** Records it as soon as that can be done, until what it returns is called. */
export function keepRulesOnRecord(
  deps: RulesInUseDeps,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await recordRulesInUse(deps);
    } catch (error) {
      if (stopped) return;
      onFailure(error);
      timer = setTimeout(() => {
        running = run();
      }, AGAIN_MS);
      timer.unref();
    }
  };
  running = run();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
