// The known-here check (check op bekendheid): does an organisation know this child, whether or not the register links it?
// Who may be asked is the rules' to say, and asking is the gateway's; the register makes the pseudonyms and keeps what matched.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { createTasks } from "../../../../shared/database/create-task";
import { wasDone } from "../../../../shared/database/idempotency";
import { onRecord } from "../../../../shared/database/record-unavailable";
import { toBsn, type Bsn } from "../../../../shared/kernel/bsn";
import type { Purpose } from "../../../../shared/kernel/codes";
import { SchakelError } from "../../../../shared/kernel/errors";
import { KNOWN_HERE_ROUTE, type KnownHereReason } from "../../../../shared/kernel/known-here";
import { today } from "../../../../shared/kernel/plain-date";
import type {
  AnsweredQuestion,
  Grant,
  Requester,
  SourceAnswer,
  SourceQuestion,
} from "../../../../shared/kernel/requester";
import { decisionNorm, endOfNorm } from "../../../../shared/region/referral-norms";
import { takesPart } from "../../../../shared/region/region";
import type { KnownHereCheck } from "../../types/known-here";
import { FAMILIES_OF_WORKER } from "../assigned-now";
import { changeOnce } from "../change-once";
import type { Change, FindingStores } from "../families-stores";
import { HOUSEHOLDS, householdOf } from "../households";
import { keepPseudonym } from "./join-family";
import { newestPseudonym, pseudonymsOf } from "./pseudonyms";

/** What a worker sends. */
export interface NewCheck {
  readonly bsn: string;
  readonly reason: KnownHereReason;
  readonly idempotencyKey: string;
}

/** What a check is for: to assess a report (Wmo 2015 5.1.6; rows 20 to 23 of the decision table). */
const CHECKS_FOR: Purpose = "SAFETY_ASSESSMENT";
/** What an organisation that knows the child has to do. */
export const KNOWN_HERE_TASK = "KNOWN_HERE";

/** Throws ACCESS_DENIED, with the purpose that it takes, unless an assessor of Veilig Thuis asks for it. */
function mustCheck({ requester, purpose }: Pick<Grant, "requester" | "purpose">): void {
  if (!KNOWN_HERE_ROUTE.from.includes(requester.kind) || requester.workerFunction !== "ASSESSOR") {
    throw new SchakelError("ACCESS_DENIED");
  }
  if (purpose !== CHECKS_FOR) throw new SchakelError("ACCESS_DENIED", { purposesNeeded: [CHECKS_FOR] });
}

/**
 * Whom to ask, and under which pseudonym each: every organisation that a check can concern, linked or not. Counts as a
 * search. Throws FAMILY_NOT_FOUND for a child that the requester does not work with, whether the hub has it or not;
 * ACCESS_DENIED, INPUT_INVALID, SEARCH_LIMIT_REACHED, RECORD_UNAVAILABLE.
 */
export async function prepareCheck(
  stores: FindingStores,
  { requester, purpose }: Grant,
  input: NewCheck,
): Promise<SourceQuestion> {
  mustCheck({ requester, purpose });
  const bsn = toBsn("input.bsn", input.bsn);
  await stores.searchLimit.take(requester);
  const subject = await findWorkedWith(stores, requester, bsn);
  if (!subject) throw new SchakelError("FAMILY_NOT_FOUND");
  const { pool, region, pseudonymKeys } = stores;
  const isRepeat = await onRecord(() => wasDone(pool, requester.worker, input.idempotencyKey));
  const asked = isRepeat
    ? []
    : region.organisations
        .filter(({ code, kind }) => code !== requester.organisation && KNOWN_HERE_ROUTE.to.includes(kind))
        .filter((one) => takesPart(one, today()));
  return {
    subject,
    people: asked.map(({ code }) => ({
      organisation: code,
      key: newestPseudonym(pseudonymKeys, code, bsn).pseudonym,
    })),
  };
}

/**
 * Records the check and what matched: the link, which from now on the register keeps, and a task for who knows the child.
 * Of the others nothing is kept. Throws FAMILY_NOT_FOUND, ACCESS_DENIED, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export function checkKnownHere(
  stores: FindingStores,
  { requester, purpose }: Grant,
  input: NewCheck,
  { subject: { personId }, answers }: AnsweredQuestion,
): Promise<Change<KnownHereCheck>> {
  mustCheck({ requester, purpose });
  const bsn = toBsn("input.bsn", input.bsn);
  const { idempotencyKey, reason } = input;
  // The person in the place of the number: what is kept under the key cannot be tried out.
  const request = { idempotencyKey, personId, reason };
  return changeOnce(stores, requester, "checkKnownHere", request, async (client) => {
    const now = new Date();
    const askedOn = today(now);
    const norm = decisionNorm(stores.region, "KNOWN_HERE_CHECK");
    const check = {
      id: randomUUID(),
      familyId: await householdOf(client, requester, personId),
      personId,
      reason,
      askedOn,
      dueOn: norm ? endOfNorm(norm, now).on : askedOn,
    };
    await client.query(
      `insert into hub.known_here_check (id, family_id, person_id, organisation, worker_id, reason, due_on)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [check.id, check.familyId, personId, requester.organisation, requester.worker, reason, check.dueOn],
    );
    const matched = answers.filter(({ outcome }) => outcome === "KNOWN");
    for (const one of matched) await keepMatch(client, stores, check, one, bsn);
    await createTasks(
      client,
      matched.map(({ organisation, rule }) => ({
        familyId: check.familyId,
        personId,
        organisation,
        about: requester.organisation,
        obligation: KNOWN_HERE_TASK,
        rule,
        cause: "KNOWN_HERE",
        causeId: check.id,
        dueOn: check.dueOn,
      })),
    );
    const organisations = answers
      .map(({ organisation, outcome }) => ({ organisation, outcome }))
      .toSorted((one, other) => (one.organisation < other.organisation ? -1 : 1));
    return { familyId: check.familyId, personId, result: { ...check, organisations } };
  });
}

async function keepMatch(
  client: PoolClient,
  { pseudonymKeys }: FindingStores,
  check: { readonly id: string; readonly personId: string },
  { organisation, caseReference }: SourceAnswer,
  bsn: Bsn,
): Promise<void> {
  await client.query(
    "insert into hub.known_here_match (check_id, organisation, case_reference) values ($1, $2, $3)",
    [check.id, organisation, caseReference ?? null],
  );
  await keepPseudonym(client, check.personId, newestPseudonym(pseudonymKeys, organisation, bsn));
}

/** The person with this BSN in a household that the requester works with, the own household first. */
async function findWorkedWith(
  { pool, pseudonymKeys }: FindingStores,
  { organisation, worker }: Requester,
  bsn: Bsn,
): Promise<SourceQuestion["subject"] | undefined> {
  const asked = pseudonymsOf(pseudonymKeys, bsn);
  const { rows } = await onRecord(() =>
    pool.query<{ person_id: string; family_id: string }>({
      name: "find-worked-with",
      text: `select h.person_id, h.family_id from (${HOUSEHOLDS}) as h
        where h.family_id in (${FAMILIES_OF_WORKER}) and h.person_id in (
          select s.person_id from unnest($4::text[], $5::text[]) as asked (organisation, pseudonym)
          join hub.person_pseudonym s using (organisation, pseudonym))
        order by h.own desc, h.family_id limit 1`,
      values: [
        organisation,
        worker,
        today(),
        asked.map((one) => one.organisation),
        asked.map((one) => one.pseudonym),
      ],
    }),
  );
  const [row] = rows;
  return row && { personId: row.person_id, familyId: row.family_id };
}
