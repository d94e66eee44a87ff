// Who works with a family today, for lists and for changes by id.

import type { PoolClient } from "pg";
import { assignmentsOfWorker, familiesOfWorker } from "../../../shared/database/assigned-now";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { invalid } from "./check-input";

const WORKER = { organisation: "$1", worker: "$2", day: "$3::date" } as const;

/** SQL: the families that a worker of an organisation works with on a day. `$1` organisation, `$2` worker, `$3` day. */
export const FAMILIES_OF_WORKER = familiesOfWorker(WORKER);

/** The functions in which someone can work with a family; an adviser, a privacy officer and a family member do not. */
const WORK_WITH_FAMILIES: readonly WorkerFunction[] = [
  "WORKER",
  "VOLUNTARY_WORKER",
  "GUARDIAN",
  "PROBATION_OFFICER",
  "DUO_MEMBER",
  "ASSESSOR",
  "INVESTIGATOR",
  "REVIEWER",
];

/** Throws ACCESS_DENIED in a function in which nobody works with families. */
export function mustBeWorker({ workerFunction }: Requester): void {
  if (!WORK_WITH_FAMILIES.includes(workerFunction)) throw new SchakelError("ACCESS_DENIED");
}

/** How long the requester works with the family: up to this day; null when no end is known. */
export interface OwnTerm {
  readonly untilOn: PlainDate | null;
}

/**
 * The requester's own term at a family. The gateway lets more people see that a family is there (a member of it, a
 * referral's receiver, someone in an emergency) than may change what is on record about it. Throws FAMILY_NOT_FOUND
 * for who does not work with it today, whether it exists or not; ACCESS_DENIED.
 */
export async function ownTerm(
  client: Pick<PoolClient, "query">,
  requester: Requester,
  familyId: string,
): Promise<OwnTerm> {
  mustBeWorker(requester);
  const term = await findOwnTerm(client, requester, familyId);
  if (!term) throw new SchakelError("FAMILY_NOT_FOUND");
  return term;
}

/** The same, or undefined for who does not work with the family. */
export async function findOwnTerm(
  client: Pick<PoolClient, "query">,
  requester: Requester,
  familyId: string,
): Promise<OwnTerm | undefined> {
  const { rows } = await client.query<OwnTerm>(
    `select until_on as "untilOn" from (${assignmentsOfWorker(WORKER)}) as mine
     where family_id = $4 order by coalesce(until_on, 'infinity') desc limit 1`,
    [requester.organisation, requester.worker, today(), familyId],
  );
  return rows[0];
}

/**
 * Who is there up to a day (a stand-in, a member of a duo) lets nobody in beyond it. Throws INPUT_INVALID for a last day
 * that is later than the requester's own, or none where the requester has one.
 */
export function checkWithinOwnTerm(own: OwnTerm, wanted: PlainDate | null): void {
  if (own.untilOn === null || (wanted !== null && wanted <= own.untilOn)) return;
  throw invalid("input.until", `${own.untilOn}, your own last day, or a day before it`);
}
