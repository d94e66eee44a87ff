// Puts a case into the registers: the person and the household that are there already, or new ones; the organisation's
// involvement; and the worker.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { Bsn } from "../../../../shared/kernel/bsn";
import { SchakelError } from "../../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Requester } from "../../../../shared/kernel/requester";
import type { OpenedCase } from "../../types/opened-case";
import { findOwnTerm } from "../assigned-now";
import type { FindingStores } from "../families-stores";
import { newestPseudonym, pseudonymsOf } from "./pseudonyms";

/** A case as it is to stand in the hub. */
export interface CaseToJoin {
  readonly bsn: Bsn;
  readonly birthDate: PlainDate;
  /** The organisation's own number of the case. */
  readonly caseReference: string;
  /** Of a person whom the hub does not have yet. */
  readonly personId: string;
}

/** Where a family of the hub comes from that came by no waiting list. */
const INFLOW = "OPENED_CASE";
/** Two that open a case about one child at the same moment wait for each other: it must become one person. */
const OPENING = "open-case";

interface KnownPerson {
  readonly person_id: string;
  readonly family_id: string;
}

interface OwnInvolvement {
  readonly case_reference: string;
  readonly began_on: PlainDate;
  readonly ended_on: PlainDate | null;
}

/**
 * The case in the hub, running from today. Throws CASE_ALREADY_OPEN where the organisation has the family and the
 * requester does not work with it, or has the case under another family.
 */
export async function joinFamily(
  client: PoolClient,
  keys: FindingStores["pseudonymKeys"],
  requester: Requester,
  joining: CaseToJoin,
): Promise<OpenedCase> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [OPENING]);
  const { organisation } = requester;
  const known = await findPerson(client, keys, requester, joining.bsn);
  const ofReference = await familyOfCase(client, organisation, joining.caseReference);
  if (known && ofReference !== undefined && ofReference !== known.family_id) {
    throw new SchakelError("CASE_ALREADY_OPEN");
  }
  const day = today();
  const familyId = known?.family_id ?? ofReference ?? (await insertFamily(client, day));
  const involved = await findInvolvement(client, organisation, familyId);
  const works = (await findOwnTerm(client, requester, familyId)) !== undefined;
  const runs = involved !== undefined && (involved.ended_on === null || involved.ended_on >= day);
  if (runs && !works) throw new SchakelError("CASE_ALREADY_OPEN");
  const personId = known?.person_id ?? (await insertChild(client, familyId, joining));
  await keepPseudonym(client, personId, newestPseudonym(keys, organisation, joining.bsn));
  if (runs) {
    const { case_reference: caseReference, began_on: beganOn } = involved;
    return { familyId, personId, organisation, caseReference, beganOn };
  }
  await beginInvolvement(client, requester, { ...joining, familyId, personId, earlier: involved }, day);
  const { caseReference } = joining;
  return { familyId, personId, organisation, caseReference, beganOn: day };
}

/** Keeps the link of a person with an organisation; what is there stays. */
export async function keepPseudonym(
  client: Pick<PoolClient, "query">,
  personId: string,
  { organisation, pseudonym, version }: ReturnType<typeof newestPseudonym>,
): Promise<void> {
  await client.query(
    `insert into hub.person_pseudonym (person_id, organisation, pseudonym, key_version) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [personId, organisation, pseudonym, version],
  );
}

/** Whoever of the organisations knows the person by the number, the requester's own first. */
async function findPerson(
  client: PoolClient,
  keys: FindingStores["pseudonymKeys"],
  { organisation }: Requester,
  bsn: Bsn,
): Promise<KnownPerson | undefined> {
  const asked = pseudonymsOf(keys, bsn);
  const { rows } = await client.query<KnownPerson>(
    `select s.person_id, p.family_id from unnest($1::text[], $2::text[]) as asked (organisation, pseudonym)
     join hub.person_pseudonym s using (organisation, pseudonym) join hub.person p on p.id = s.person_id
     order by organisation = $3 desc, s.person_id limit 1`,
    [asked.map((one) => one.organisation), asked.map((one) => one.pseudonym), organisation],
  );
  return rows[0];
}

async function familyOfCase(
  client: PoolClient,
  organisation: string,
  caseReference: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ family_id: string }>(
    "select family_id from hub.involvement where organisation = $1 and case_reference = $2",
    [organisation, caseReference],
  );
  return rows[0]?.family_id;
}

async function findInvolvement(
  client: PoolClient,
  organisation: string,
  familyId: string,
): Promise<OwnInvolvement | undefined> {
  const { rows } = await client.query<OwnInvolvement>(
    `select case_reference, began_on, ended_on from hub.involvement
     where organisation = $1 and family_id = $2 for update`,
    [organisation, familyId],
  );
  return rows[0];
}

async function insertFamily(client: PoolClient, day: PlainDate): Promise<string> {
  const familyId = `F-${randomUUID()}`;
  await client.query("insert into hub.family (id, status, inflow, opened_on) values ($1, 'OPEN', $2, $3)", [
    familyId,
    INFLOW,
    day,
  ]);
  return familyId;
}

async function insertChild(
  client: PoolClient,
  familyId: string,
  { personId, birthDate }: CaseToJoin,
): Promise<string> {
  await client.query(
    "insert into hub.person (id, family_id, role, birth_date) values ($1, $2, 'CHILD', $3)",
    [personId, familyId, birthDate],
  );
  return personId;
}

/** What had ended runs again under the new number; what it was before is kept with the opening. */
async function beginInvolvement(
  client: PoolClient,
  { organisation, worker }: Requester,
  opened: CaseToJoin & { readonly familyId: string; readonly earlier: OwnInvolvement | undefined },
  day: PlainDate,
): Promise<void> {
  const { familyId, personId, caseReference, earlier } = opened;
  await client.query(
    `insert into hub.involvement (family_id, organisation, case_reference, began_on) values ($1, $2, $3, $4)
     on conflict (family_id, organisation)
       do update set case_reference = excluded.case_reference, began_on = excluded.began_on, ended_on = null`,
    [familyId, organisation, caseReference, day],
  );
  await client.query(
    `insert into hub.case_opening (id, family_id, person_id, organisation, case_reference, opened_by,
       earlier_reference, earlier_began_on, earlier_ended_on, earlier_outcome, earlier_closed_on)
     select $1, f.id, $2, $3, $4, $5, $6, $7, $8, f.outcome, f.closed_on from hub.family f where f.id = $9`,
    [
      randomUUID(),
      personId,
      organisation,
      caseReference,
      worker,
      earlier?.case_reference ?? null,
      earlier?.began_on ?? null,
      earlier?.ended_on ?? null,
      familyId,
    ],
  );
  await client.query(
    "update hub.family set status = 'OPEN', outcome = null, closed_on = null where id = $1 and status = 'CLOSED'",
    [familyId],
  );
  await client.query(
    `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
     values ($1, $2, $3, $4, 'ASSIGNED', $5)`,
    [randomUUID(), familyId, organisation, worker, day],
  );
}
