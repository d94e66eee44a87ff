// Puts before the holder's professionals what the rules hold: a right of theirs to share, not a duty.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { Category } from "../../../../shared/kernel/codes";
import { SchakelError } from "../../../../shared/kernel/errors";
import { addDays, today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Grant, HeldCategory, Requester } from "../../../../shared/kernel/requester";
import { addWorkingDays } from "../../../../shared/kernel/working-days";
import { DISCLOSURE_COLUMNS, toCodedDisclosure, type DisclosureRow } from "../../mapping/disclosure";
import type { Disclosure } from "../../types/disclosure";
import { FAMILIES_OF_WORKER } from "../assigned-now";
import { changeWithTexts } from "../change-with-texts";
import { checkOrganisation, dateOf, invalid } from "../check-input";
import { textOf } from "../check-text";
import type { Change, FamiliesStores } from "../families-stores";
import { HOUSEHOLDS } from "../households";
import { aboutWhom, mustBeOnSide, textsFor } from "./disclosure-parties";
import { LONGEST_DISCLOSURE_DAYS, NECESSITY, WORKING_DAYS_TO_DECIDE } from "./terms";

/** What a worker sends. */
export interface NewDisclosure {
  readonly familyId?: string | null | undefined;
  readonly personId?: string | null | undefined;
  readonly holder: string;
  readonly categories: readonly Category[];
  readonly necessity: string;
  readonly wantedUntil: string;
  readonly idempotencyKey: string;
}

interface AskedSubject {
  readonly type: "Family" | "Person";
  readonly id: string;
}

/**
 * Asks a holder for what the gateway found to be held (`grant.held`), and stores nothing else: DISCLOSURE_NOT_POSSIBLE.
 * Throws DISCLOSURE_ALREADY_ASKED while the own organisation has an open request for one of the categories, to the same
 * holder, about the same subject and for the same purpose; INPUT_INVALID with the argument that is wrong; ACCESS_DENIED,
 * FAMILY_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function requestDisclosure(
  stores: FamiliesStores,
  grant: Grant,
  input: NewDisclosure,
): Promise<Change<Disclosure>> {
  mustBeOnSide(grant, "ASKED");
  const { requester } = grant;
  return changeWithTexts(
    stores,
    requester,
    "requestDisclosure",
    input,
    async (client) => {
      const day = today();
      const request = checkRequest(stores, input, day);
      const held = heldCategories(grant, request.subject, input.holder, request.categories);
      const familyId = await familyOf(client, requester, request.subject, day);
      await mustBeNew(client, grant, input.holder, request.subject, request.categories);
      const { rows } = await client.query<Omit<DisclosureRow, "family_id">>(
        `insert into hub.disclosure as d (id, family_id, person_id, holder, requester_organisation, requester_worker,
           requester_function, purpose, categories, rules, necessity, wanted_until, second_needed, due_on, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'REQUESTED')
         returning ${DISCLOSURE_COLUMNS}`,
        [
          randomUUID(),
          familyId,
          request.subject.type === "Person" ? request.subject.id : null,
          input.holder,
          requester.organisation,
          requester.worker,
          requester.workerFunction,
          grant.purpose,
          request.categories,
          [...new Set(held.map((one) => one.rule))],
          request.necessity,
          request.wantedUntil,
          held.some((one) => one.secondProfessional),
          addWorkingDays(day, WORKING_DAYS_TO_DECIDE),
        ],
      );
      const [made] = rows;
      if (!made) throw new Error("The database returned no request for disclosure.");
      const row = { ...made, family_id: familyId };
      return { ...aboutWhom(row), result: toCodedDisclosure(row, requester.organisation) };
    },
    textsFor(requester),
  );
}

function checkRequest({ region }: FamiliesStores, input: NewDisclosure, day: PlainDate) {
  const subject = subjectOf(input);
  checkOrganisation(region, "input.holder", input.holder);
  // In the order of the code list, each once.
  const categories = (Object.keys(Category) as Category[]).filter((one) => input.categories.includes(one));
  if (categories.length === 0) throw invalid("input.categories", "at least one category");
  const necessity = textOf("input.necessity", input.necessity, NECESSITY);
  const wantedUntil = dateOf("input.wantedUntil", input.wantedUntil);
  if (wantedUntil < day || wantedUntil > addDays(day, LONGEST_DISCLOSURE_DAYS)) {
    throw invalid("input.wantedUntil", `a day from today, at most ${LONGEST_DISCLOSURE_DAYS} days ahead`);
  }
  return { subject, categories, necessity, wantedUntil };
}

function subjectOf({ familyId, personId }: NewDisclosure): AskedSubject {
  if (familyId != null && personId == null) return { type: "Family", id: familyId };
  if (familyId == null && personId != null) return { type: "Person", id: personId };
  throw invalid("input.personId", "either a person, or input.familyId: one of the two");
}

function heldCategories(
  { held }: Grant,
  subject: AskedSubject,
  holder: string,
  categories: readonly Category[],
): readonly HeldCategory[] {
  const same =
    held?.source === holder && held.subject.type === subject.type && held.subject.id === subject.id;
  return categories.map((category) => {
    const found = same ? held.categories.find((one) => one.category === category) : undefined;
    if (!found) throw new SchakelError("DISCLOSURE_NOT_POSSIBLE");
    return found;
  });
}

/** The household in which it is asked: of a child with two, the one that the requester works with. */
async function familyOf(
  client: PoolClient,
  requester: Requester,
  subject: AskedSubject,
  day: PlainDate,
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select h.family_id as id from (
       select id as family_id, true as own from hub.family where $4 = 'Family' and id = $5
       union all select family_id, own from (${HOUSEHOLDS}) as p where $4 = 'Person' and person_id = $5
     ) as h order by h.family_id in (${FAMILIES_OF_WORKER}) desc, h.own desc limit 1`,
    [requester.organisation, requester.worker, day, subject.type, subject.id],
  );
  const [family] = rows;
  if (!family) throw new SchakelError("FAMILY_NOT_FOUND");
  return family.id;
}

/** No second request for the same while one is open. Two at the same moment: the second waits, and finds the first. */
async function mustBeNew(
  client: PoolClient,
  { requester, purpose }: Grant,
  holder: string,
  { type, id }: AskedSubject,
  categories: readonly Category[],
): Promise<void> {
  // The members of a family are one organisation to the hub, and each asks for themselves.
  const asker = requester.kind === "FAMILY" ? requester.worker : null;
  const same = [requester.organisation, asker ?? "", holder, type, id, purpose];
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `disclosure:${JSON.stringify(same)}`,
  ]);
  const { rowCount } = await client.query(
    `select from hub.disclosure where state = 'REQUESTED' and requester_organisation = $1 and holder = $2
       and purpose = $3 and categories && $4::text[] and (requester_worker = $5 or $5::text is null)
       and case $6 when 'Person' then person_id = $7 else person_id is null and family_id = $7 end`,
    [requester.organisation, holder, purpose, categories, asker, type, id],
  );
  if (rowCount !== 0) throw new SchakelError("DISCLOSURE_ALREADY_ASKED");
}
