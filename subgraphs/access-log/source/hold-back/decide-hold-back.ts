// The privacy officer confirms what a worker proposed to hold back, or ends it.

import type { PoolClient } from "pg";
import { SchakelError } from "../../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Grant } from "../../../../shared/kernel/requester";
import type { AccessLogStores } from "../access-log-stores";
import { organisationOfOfficer } from "../privacy-officer";
import { changeOnce } from "../review/change-once";
import { isId } from "../review/check-input";
import type { HoldBackState } from "./hold-back-codes";
import type { AboutWhom, HeldBack } from "./hold-back-entry";
import { getHoldBack } from "./hold-backs";

/** Which one, and the key of the request. */
export interface HoldBackDecision {
  readonly holdBackId: string;
  readonly idempotencyKey: string;
}

interface Row {
  readonly state: HoldBackState;
  readonly until: PlainDate;
  readonly proposedBy: string;
  readonly type: "FAMILY" | "PERSON";
  readonly subject: string | null;
  readonly family: string | null;
}

const LOCK = `select h.state, h.until_on as until, h.proposed_by as "proposedBy", k.subject_type as type,
  k.subject_id as subject, k.family_id as family from access_log.held_back h
join access_log.subject_key k on k.id = h.subject_key where h.id = $1 and h.organisation = $2 for update of h`;

type Step = (row: Row, by: string) => string | undefined;

const CONFIRM = "state = 'CONFIRMED', confirmed_by = $2, confirmed_at = clock_timestamp()";
const END = "state = 'ENDED', ended_by = $2, ended_at = clock_timestamp()";

/** Another than who proposed it, while it is a proposal and its last day has not passed. */
const confirming: Step = ({ state, until, proposedBy }, by) =>
  state === "PROPOSED" && until >= today() && proposedBy !== by ? CONFIRM : undefined;
const ending: Step = ({ state }) => (state === "ENDED" ? undefined : END);

/**
 * Confirms it: from now to its last day the report leaves the access out. Throws ACCESS_DENIED and SECOND_FACTOR_REQUIRED
 * (see `organisationOfOfficer`), HOLD_BACK_NOT_FOUND, HOLD_BACK_NOT_POSSIBLE, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export const confirmHoldBack = (
  stores: AccessLogStores,
  grant: Grant,
  input: HoldBackDecision,
): Promise<HeldBack> => decide(stores, grant, "confirmHoldBack", input, confirming);

/** Declines a proposal, or lets the report show the access again. Throws as `confirmHoldBack`. */
export const endHoldBack = (
  stores: AccessLogStores,
  grant: Grant,
  input: HoldBackDecision,
): Promise<HeldBack> => decide(stores, grant, "endHoldBack", input, ending);

async function decide(
  { pool, region }: AccessLogStores,
  grant: Grant,
  operation: string,
  input: HoldBackDecision,
  step: Step,
): Promise<HeldBack> {
  const organisation = organisationOfOfficer(grant, region);
  const { requester } = grant;
  const { holdBackId } = input;
  const about = await changeOnce(pool, requester, operation, input, (client) =>
    take(client, organisation, requester.worker, holdBackId, step),
  );
  return { ...about, result: await getHoldBack(pool, holdBackId) };
}

async function take(
  client: PoolClient,
  organisation: string,
  by: string,
  id: string,
  step: Step,
): Promise<AboutWhom> {
  const { rows } = isId(id) ? await client.query<Row>(LOCK, [id, organisation]) : { rows: [] };
  const [row] = rows;
  if (!row?.subject || row.family === null) throw new SchakelError("HOLD_BACK_NOT_FOUND");
  const change = step(row, by);
  if (change === undefined) throw new SchakelError("HOLD_BACK_NOT_POSSIBLE");
  await client.query(`update access_log.held_back set ${change} where id = $1`, [id, by]);
  return { familyId: row.family, ...(row.type === "PERSON" ? { personId: row.subject } : {}) };
}
