// To whom a request for disclosure is there: its two sides, for families that they work with now.

import type { PoolClient } from "pg";
import { assignmentsOfWorker } from "../../../../shared/database/assigned-now";
import { SchakelError } from "../../../../shared/kernel/errors";
import { today } from "../../../../shared/kernel/plain-date";
import type { Grant, Requester } from "../../../../shared/kernel/requester";
import {
  DISCLOSURE_COLUMNS,
  withTexts,
  type CodedDisclosure,
  type DisclosureRow,
  type DisclosureTexts,
} from "../../mapping/disclosure";
import type { Disclosure } from "../../types/disclosure";
import type { DisclosureSide } from "../../types/disclosure-enums";
import { isRegisterId } from "../check-input";
import { HOUSEHOLDS } from "../households";
import { mustBeAtWork } from "../work-with-families";

/** Throws ACCESS_DENIED unless the requester has to do with disclosures on this side. */
export function mustBeOnSide(grant: Grant, side: DisclosureSide): void {
  // A member of a family can ask for its own data, and holds nothing.
  if (side === "ASKED" && grant.requester.kind === "FAMILY" && grant.purpose === "SUBJECT_RIGHTS") return;
  mustBeAtWork(grant);
  // Being in a duo is no key to the own organisation's files, so neither to what is decided on them.
  if (side === "HELD" && grant.requester.workerFunction === "DUO_MEMBER") {
    throw new SchakelError("ACCESS_DENIED");
  }
}

/** SQL, to stand first: what the worker is assigned to. `$1` organisation, `$2` worker, `$3` day. */
export const WITH_MINE = `with mine as materialized (
  select family_id, relation from (${assignmentsOfWorker({ organisation: "$1", worker: "$2", day: "$3::date" })}) as own)`;

/** The values of those. */
export const partyValues = (requester: Requester): unknown[] => [
  requester.organisation,
  requester.worker,
  today(),
];

// Whoever was sent a referral can ask before anybody is assigned; that is the asker's own matter as long as it is open.
const SENT_A_REFERRAL = `exists (select from hub.referral r where r.family_id = d.family_id
  and r.receiver_organisation = $1 and r.state not in ('SUBMITTED', 'WITHDRAWN', 'COMPLETED'))`;

// The holder's professionals (assigned or standing in), of whichever household a child is in.
const HELD = `d.holder = $1 and exists (
  select from mine where mine.relation in ('ASSIGNED', 'STAND_IN') and (mine.family_id = d.family_id
    or exists (select from (${HOUSEHOLDS}) as h where h.person_id = d.person_id and h.family_id = mine.family_id)))`;

/** SQL: whether request `d` is there for the requester on a side of it; beside WITH_MINE. */
export function isParty(side: DisclosureSide, requester: Requester): string {
  if (side === "HELD") return HELD;
  const own = requester.kind === "FAMILY" ? "true" : SENT_A_REFERRAL;
  return `d.requester_organisation = $1
    and (d.family_id in (select family_id from mine) or (d.requester_worker = $2 and ${own}))`;
}

/** SQL: the household to name of request `d`: none beside the one that the requester works with. Beside WITH_MINE. */
export const FAMILY_OF_READER = `coalesce(
  (select mine.family_id from mine where mine.family_id = d.family_id limit 1),
  (select mine.family_id from mine join (${HOUSEHOLDS}) as h using (family_id) where h.person_id = d.person_id limit 1),
  d.family_id) as family_id`;

/**
 * The request under this id, locked for a change by this side. Throws DISCLOSURE_NOT_FOUND when it is not there for the
 * worker, whether it exists or not.
 */
export async function getDisclosure(
  client: PoolClient,
  requester: Requester,
  side: DisclosureSide,
  id: string,
): Promise<DisclosureRow> {
  if (!isRegisterId(id)) throw new SchakelError("DISCLOSURE_NOT_FOUND");
  const { rows } = await client.query<DisclosureRow>(
    `${WITH_MINE} select ${DISCLOSURE_COLUMNS}, ${FAMILY_OF_READER} from hub.disclosure d where d.id = $4 and ${isParty(side, requester)}
     for update of d`,
    [...partyValues(requester), id],
  );
  const [row] = rows;
  if (!row) throw new SchakelError("DISCLOSURE_NOT_FOUND");
  return row;
}

/** Changes a locked request: `set` is SQL, in which `$1` is its id; `values` are those from `$2` on. */
export async function changeDisclosure(
  client: PoolClient,
  { id, family_id }: Pick<DisclosureRow, "id" | "family_id">,
  set: string,
  values: readonly unknown[],
): Promise<DisclosureRow> {
  const { rows } = await client.query<Omit<DisclosureRow, "family_id">>(
    `update hub.disclosure as d set ${set} where d.id = $1 returning ${DISCLOSURE_COLUMNS}`,
    [id, ...values],
  );
  const [row] = rows;
  if (!row) throw new Error("A request for disclosure is gone.");
  return { ...row, family_id };
}

/** Adds the texts that belong to the reader; for an answer that was checked to be the reader's. */
export const textsFor =
  (reader: Requester) =>
  async (client: PoolClient, coded: CodedDisclosure): Promise<Disclosure> => {
    const { rows } = await client.query<DisclosureTexts>(
      "select necessity, weighing from hub.disclosure where id = $1",
      [coded.id],
    );
    const [texts] = rows;
    if (!texts) throw new Error("A request for disclosure is gone.");
    return withTexts(coded, texts, reader.organisation);
  };

/** For the access log: the family and the person that a request is about. */
export const aboutWhom = (row: Pick<DisclosureRow, "family_id" | "person_id">) => ({
  familyId: row.family_id,
  ...(row.person_id === null ? {} : { personId: row.person_id }),
});
