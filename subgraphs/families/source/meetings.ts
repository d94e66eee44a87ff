// Meetings about a family: planned once, with an audience that nobody can change afterwards.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import { addDays, today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { takesPart } from "../../../shared/region/region";
import { MEETING_COLUMNS, toMeeting, type MeetingRow } from "../mapping/meeting";
import type { Meeting } from "../types/meeting";
import { ownTerm } from "./assigned-now";
import { changeOnce } from "./change-once";
import { checkOrganisation, dateOf, invalid } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";

/** What a worker sends. */
export interface NewMeeting {
  readonly familyId: string;
  readonly participants: readonly string[];
  readonly heldOn: string;
  readonly idempotencyKey: string;
}

/** How far ahead a meeting can lie, since its participants may prepare from today on; a proposal of the region. */
export const FURTHEST_MEETING_DAYS = 60;
const FEWEST_PARTICIPANTS = 2;
const MOST_PARTICIPANTS = 10;

/**
 * Plans a meeting about a family that the requester works with. Throws INPUT_INVALID with the argument that is wrong,
 * FAMILY_NOT_FOUND, ACCESS_DENIED, IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export function planMeeting(
  stores: FamiliesStores,
  requester: Requester,
  input: NewMeeting,
): Promise<Change<Meeting>> {
  return changeOnce(stores, requester, "planMeeting", input, async (client) => {
    const { familyId } = input;
    await ownTerm(client, requester, familyId);
    const participants = participantsOf(stores, requester, input.participants);
    const day = today();
    const { rows } = await client.query<MeetingRow>(
      `insert into hub.meeting (id, family_id, participants, planned_on, held_on, planned_by, organisation)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${MEETING_COLUMNS}`,
      [
        randomUUID(),
        familyId,
        participants,
        day,
        heldOnOf(input.heldOn, day),
        requester.worker,
        requester.organisation,
      ],
    );
    return { familyId, result: toMeeting(rows[0]) };
  });
}

/** All meetings about these families, the latest first; however many families, one query. */
export async function findMeetings(
  db: Pick<Pool, "query">,
  familyIds: readonly string[],
): Promise<MeetingRow[]> {
  const { rows } = await onRecord(() =>
    db.query<MeetingRow>({
      name: "find-meetings",
      text: `select ${MEETING_COLUMNS} from hub.meeting
        where family_id = any ($1::text[]) order by held_on desc, planned_at desc, id`,
      values: [familyIds],
    }),
  );
  return rows;
}

/** Each once, in the order of the region: the same audience is written in the same way. */
function participantsOf(
  { region }: FamiliesStores,
  requester: Requester,
  participants: readonly string[],
): string[] {
  for (const code of participants) checkOrganisation(region, "input.participants", code);
  const chosen = region.organisations
    .filter((one) => takesPart(one, today()))
    .map((one) => one.code as string)
    .filter((code) => participants.includes(code));
  if (
    chosen.length < FEWEST_PARTICIPANTS ||
    chosen.length > MOST_PARTICIPANTS ||
    !chosen.includes(requester.organisation) ||
    participants.some((code) => !chosen.includes(code))
  ) {
    throw invalid(
      "input.participants",
      `${FEWEST_PARTICIPANTS} to ${MOST_PARTICIPANTS} organisations, your own among them`,
    );
  }
  return chosen;
}

function heldOnOf(value: string, day: PlainDate): PlainDate {
  const heldOn = dateOf("input.heldOn", value);
  if (heldOn < day || heldOn > addDays(day, FURTHEST_MEETING_DAYS)) {
    throw invalid("input.heldOn", `today or a later day, at most ${FURTHEST_MEETING_DAYS} days ahead`);
  }
  return heldOn;
}
