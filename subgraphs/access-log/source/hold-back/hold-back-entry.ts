// A worker proposes to leave an access out of the report of the family for a time. Nothing is left out before the privacy
// officer has confirmed it.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { SchakelError } from "../../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Grant, Requester } from "../../../../shared/kernel/requester";
import type { HoldBack } from "../../types/hold-back";
import type { HoldBackEntryInput } from "../../types/hold-back-inputs";
import type { AccessLogStores } from "../access-log-stores";
import { changeOnce } from "../review/change-once";
import { dateOf, invalid, isId } from "../review/check-input";
import { MOST_MONTHS } from "./hold-back-codes";
import { getHoldBack } from "./hold-backs";

/** About whom an access was. */
export interface AboutWhom {
  readonly familyId: string;
  readonly personId?: string;
}

/** What was written, and about whom the access was. */
export interface HeldBack extends AboutWhom {
  readonly result: HoldBack;
}

interface Kept extends AboutWhom {
  readonly holdBackId: string;
}

const TRACE = /^[0-9a-f]{32}$/;

// Looks that concern somebody whose key is still there; what was made unreadable shows in no report either.
const LOOK = "e.act = 'READ' and k.subject_id is not null and k.family_id is not null";
const COLUMNS = `e.id, e.organisation, e.trace_id, e.recorded_at, e.subject_key, k.subject_type as type,
  k.subject_id as subject, k.family_id as family`;
const BY_ID = `select ${COLUMNS} from access_log.entry e
  join access_log.subject_key k on k.id = e.subject_key where e.id = $1 and e.organisation = $2 and ${LOOK} limit 1`;
// The line of the request itself stands with the first of its entries; the others follow in the same batch. Of a colleague's
// request nobody else has the trace id but who may read the log.
const BY_TRACE = `select ${COLUMNS}
  from access_log.processing p join access_log.entry f on f.position = p.position and f.recorded_at = p.recorded_at
  join access_log.batch b on b.number = f.batch
  join access_log.entry e on e.position between f.position and b.last_position and e.recorded_at = f.recorded_at
    and e.trace_id = p.trace_id
  join access_log.subject_key k on k.id = e.subject_key
  where p.trace_id = $1 and p.subject_type = 'NONE' and e.organisation = $2 and e.worker = $3 and ${LOOK}
  order by e.recorded_at desc, e.position limit 1`;

/** The same day so many months later, or the last of that month; as the database counts it. */
function addMonths(day: PlainDate, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/**
 * Proposes it. Throws ACCESS_DENIED for who is no worker of an organisation of the region, ENTRY_NOT_FOUND for what is no
 * access of that organisation, INPUT_INVALID, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function holdBackEntry(
  { pool, region }: AccessLogStores,
  { requester }: Grant,
  input: HoldBackEntryInput,
): Promise<HeldBack> {
  const employed = region.organisations.some((one) => one.code === requester.organisation);
  if (!employed || requester.workerFunction === "PRIVACY_OFFICER") throw new SchakelError("ACCESS_DENIED");
  if ((input.entryId == null) === (input.traceId == null)) {
    throw invalid("input.entryId", "an entry, or a trace id in its place");
  }
  const until = dateOf("input.until", input.until);
  const latest = addMonths(today(), MOST_MONTHS);
  if (until < today() || until > latest) {
    throw invalid("input.until", `a day from today to ${latest}`);
  }
  const { holdBackId, ...about } = await changeOnce(pool, requester, "holdBackEntry", input, (client) =>
    propose(client, requester, input),
  );
  return { ...about, result: await getHoldBack(pool, holdBackId) };
}

async function propose(client: PoolClient, requester: Requester, input: HoldBackEntryInput): Promise<Kept> {
  const { entryId, traceId, ground, until } = input;
  const found = entryId == null ? BY_TRACE : BY_ID;
  const named =
    entryId == null ? [traceId, requester.organisation, requester.worker] : [entryId, requester.organisation];
  if (entryId != null && !isId(entryId)) throw new SchakelError("ENTRY_NOT_FOUND");
  if (traceId != null && !TRACE.test(traceId)) throw new SchakelError("ENTRY_NOT_FOUND");
  const next = named.length;
  const { rows } = await client.query<{ type: string; subject: string; family: string; id: string }>(
    `with look as (${found}), put as (
       insert into access_log.held_back (id, organisation, entry_id, trace_id, recorded_at, subject_key, ground, until_on, proposed_by)
       select $${next + 1}, organisation, id, trace_id, recorded_at, subject_key, $${next + 2}, $${next + 3}, $${next + 4} from look
       returning id)
     select put.id, look.type, look.subject, look.family from put, look`,
    [...named, randomUUID(), ground, until, requester.worker],
  );
  const [row] = rows;
  if (!row) throw new SchakelError("ENTRY_NOT_FOUND");
  const { id: holdBackId, type, subject, family } = row;
  return { holdBackId, familyId: family, ...(type === "PERSON" ? { personId: subject } : {}) };
}
