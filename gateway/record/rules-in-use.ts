// Puts on record which set of rules a gateway decides by, and which signed release they are of, when either is another one than
// was recorded last.

import type { Pool } from "pg";
import type { NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import type { AccessLogWriter } from "../../shared/access-log/access-log-writer";
import { newSpanId } from "../../shared/access-log/processing-lines";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../shared/kernel/ids";

/** Name of the act in the log. */
export const USE_RULES = "useRules";
/** Milliseconds until it is tried again, such as while the database is away. */
const AGAIN_MS = 10_000;

const LAST_RECORDED = `select policy_set as "policySet", relied_on as "reliedOn" from access_log.entry
where organisation = 'hub' and operation = $1 order by recorded_at desc, position desc limit 1`;

/** What it works on. */
export interface RulesInUseDeps {
  readonly pool: Pick<Pool, "query">;
  readonly accessLog: AccessLogWriter;
  /** Version of the set. */
  readonly policySet: string;
  /** Names the signed release; undefined when none has to be signed. */
  readonly release?: string | undefined;
}

const reliedOnOf = ({ release }: RulesInUseDeps): string[] =>
  release === undefined ? [] : [`RELEASE:${release}`];

const entryOf = (policySet: string, reliedOn: readonly string[]): NewAccessLogEntry => ({
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
  reliedOn,
  errorCode: null,
  origin: null,
});

/** Records it unless it stands there; resolves with whether it did. Rejects when the log cannot be read or written. */
export async function recordRulesInUse(deps: RulesInUseDeps): Promise<boolean> {
  const { pool, accessLog, policySet } = deps;
  const reliedOn = reliedOnOf(deps);
  const { rows } = await pool.query<{ policySet: string | null; reliedOn: string[] }>(LAST_RECORDED, [
    USE_RULES,
  ]);
  const [last] = rows;
  if (last?.policySet === policySet && last.reliedOn.join() === reliedOn.join()) return false;
  await accessLog.write([entryOf(policySet, reliedOn)]);
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
