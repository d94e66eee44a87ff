// A member of a family finds an access wrong: the complaint becomes a review at the organisation that employs whoever looked,
// for a complaint is handled by the employer. The hub neither says nor hides whether there was such an access: who complains
// learns that the organisation looks into it, and by when.

import type { Pool, PoolClient } from "pg";
import type { EntryPosition } from "../../../../shared/access-log/find-entries";
import { openReview, REVIEW_TERMS } from "../../../../shared/access-log/open-review";
import { SchakelError } from "../../../../shared/kernel/errors";
import { addDays, today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { Grant } from "../../../../shared/kernel/requester";
import { addWorkingDays } from "../../../../shared/kernel/working-days";
import type { Region } from "../../../../shared/region/region";
import type { ComplainAboutAccessInput } from "../../types/review-inputs";
import type { AccessComplaint } from "../../types/review-complaint";
import { momentText, startOf } from "../signals/stretch";
import { changeOnce } from "./change-once";
import { dateOf, invalid, organisationOf } from "./check-input";
import { takeKey } from "./take-key";

/** Days back that can be complained about: as long as entries are kept at least (five years). */
const LONGEST_BACK_DAYS = 5 * 365;

interface Complaint extends Pick<ComplainAboutAccessInput, "purpose" | "ground"> {
  readonly organisation: string;
  readonly on: PlainDate;
}

interface Looked {
  readonly worker: string;
  readonly workerFunction: string;
  readonly entries: readonly EntryPosition[];
}

// About the person, a child over whom the person has authority, or the household; also what was asked for in vain.
const LOOKED = `select e.worker, min(e.worker_function) as "workerFunction",
  json_agg(json_build_object('position', e.position, 'recordedAt', ${momentText("e.recorded_at")}) order by e.position) as entries
from access_log.subject_key k join access_log.entry e on e.subject_key = k.id
where ((k.subject_type = 'FAMILY' and k.subject_id = $2) or (k.subject_type = 'PERSON' and (k.subject_id = $1
    or k.subject_id in (select child_id from hub.authority where parent_id = $1 and authority = 'YES'))))
  and e.recorded_at >= ${startOf("$3")} and e.recorded_at < ${startOf("$4")} and e.organisation = $5 and e.purpose = $6
  and e.worker is not null
group by e.worker order by e.worker`;

/** Takes a complaint; throws ACCESS_DENIED for who is no member of a family, and INPUT_INVALID. */
export async function complainAboutAccess(
  { pool, region }: { readonly pool: Pool; readonly region: Region },
  { requester, purpose }: Grant,
  input: ComplainAboutAccessInput,
): Promise<AccessComplaint> {
  if (requester.kind !== "FAMILY" || purpose !== "SUBJECT_RIGHTS") throw new SchakelError("ACCESS_DENIED");
  const organisation = organisationOf(region, "input.organisation", input.organisation);
  const on = dateOf("input.on", input.on);
  if (on > today() || on < addDays(today(), -LONGEST_BACK_DAYS)) {
    throw invalid("input.on", "a day of the last five years");
  }
  return changeOnce(pool, requester, "complainAboutAccess", input, async (client) => {
    const { purpose: lookedFor, ground } = input;
    await openFor(client, requester.worker, { organisation, on, purpose: lookedFor, ground });
    return { organisation, on, dueOn: addWorkingDays(today(), REVIEW_TERMS.COMPLAINT) };
  });
}

/** One review for each worker who looked, or one without a worker; the same complaint again opens none. */
async function openFor(
  client: PoolClient,
  personId: string,
  { organisation, on, purpose, ground }: Complaint,
): Promise<void> {
  const { complainant, familyId } = await keyOf(client, personId);
  const values = [personId, familyId, on, addDays(on, 1), organisation, purpose];
  const { rows } = await client.query<Looked>(LOOKED, values);
  const nobody = { worker: null, workerFunction: null, entries: [] };
  for (const looked of rows.length > 0 ? rows : [nobody]) {
    await openReview(client, {
      ...looked,
      organisation,
      origin: "COMPLAINT",
      cause: `DAY:${on}:${purpose}:${complainant}:${looked.worker ?? "-"}`,
      happenedOn: on,
      kind: "COMPLAINT",
      complaint: { ground, complainant, purpose },
    });
  }
}

/** The key under which who complains stands in the log, and the household. */
async function keyOf(
  client: PoolClient,
  personId: string,
): Promise<{ complainant: string; familyId: string | null }> {
  const { rows } = await client.query<{ familyId: string }>(
    'select family_id as "familyId" from hub.person where id = $1',
    [personId],
  );
  const familyId = rows[0]?.familyId ?? null;
  return { complainant: await takeKey(client, { type: "PERSON", id: personId, familyId }), familyId };
}
