// The registers and the gateway say the same of who works with a family: over every way in which an assignment can hold
// or not hold today.

import { relationOf } from "../../../gateway/privacy/involvement-facts";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import { today } from "../../../shared/kernel/plain-date";
import { aRequester } from "../../kit/requesters";
import { daysFromToday, withRegister } from "./arrange";

const register = withRegister();
const worker = aRequester("lokalis.everywhere", "WORKER");

const PAST = daysFromToday(-1);
const TO_COME = daysFromToday(1);
/** Ways in which dates hold or do not hold, as first day, last day and moment of an early end. */
const SPANS = [
  { from: PAST, until: null, ended: false },
  { from: today(), until: today(), ended: false },
  { from: PAST, until: null, ended: true },
  { from: PAST, until: PAST, ended: false },
  { from: TO_COME, until: null, ended: false },
] as const;
type Span = (typeof SPANS)[number];
const HOW = ["ALONE", "STAND_IN", "DUO", "TEAM", "OTHER_WORKER", "OTHER_ORGANISATION"] as const;
const INVOLVED = [null, today(), PAST] as const;

const CASES = HOW.flatMap((how) =>
  SPANS.flatMap((span) =>
    INVOLVED.flatMap((involvedUntil) =>
      (how === "TEAM" ? SPANS : [SPANS[0]]).map((membership) => ({ how, span, involvedUntil, membership })),
    ),
  ),
).map((one, index) => ({ ...one, id: `NOW-${String(index).padStart(3, "0")}` }));

const endedAt = ({ ended }: Span): string | null => (ended ? new Date().toISOString() : null);

async function arrange(): Promise<void> {
  const { owner } = register.database;
  for (const { id, how, span, involvedUntil, membership } of CASES) {
    const organisation = how === "OTHER_ORGANISATION" ? "save" : "lokalis";
    await owner.query("insert into hub.family values ($1, 'OPEN', 'LOKALIS', null, current_date - 9, null)", [
      id,
    ]);
    await owner.query("insert into hub.person values ($1, $2, 'PARENT', null, true)", [`${id}-1`, id]);
    await owner.query("insert into hub.involvement values ($1, $2, $3, $4, $5, false)", [
      id,
      organisation,
      `${organisation}-${id}`,
      daysFromToday(-9),
      involvedUntil,
    ]);
    const relation = how === "STAND_IN" || how === "DUO" ? how : "ASSIGNED";
    const workerId = how === "TEAM" ? null : how === "OTHER_WORKER" ? "lokalis.other" : worker.worker;
    const until = span.until ?? (relation === "ASSIGNED" ? null : TO_COME);
    await owner.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, relation, team, from_on, until_on, ended_at)
       values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        organisation,
        workerId,
        relation,
        how === "TEAM" ? id.toLowerCase() : null,
        span.from,
        until,
        endedAt(span),
      ],
    );
    if (how !== "TEAM") continue;
    await owner.query(
      `insert into hub.team_member (id, organisation, team, worker_id, from_on, until_on, ended_at, ended_by, recorded_by)
       values (gen_random_uuid(), 'lokalis', $1, $2, $3, $4, $5, case when $5::timestamptz is null then null else 'x' end, 'x')`,
      [id.toLowerCase(), worker.worker, membership.from, membership.until, endedAt(membership)],
    );
  }
}

test("a caseload is exactly the families to which the gateway says that the worker is assigned", async () => {
  await arrange();
  const { rows } = await register.database.pool.query<{ id: string }>(
    "select id from hub.family order by id",
  );
  const records = await loadFamilyRecords(register.database.pool, {
    familyIds: rows.map(({ id }) => id),
    personIds: [],
  });
  const assigned = records.filter((record) => {
    const [member] = record.members;
    return member && relationOf(record, member, worker, "CARE", today()) !== "NONE";
  });
  const expected = assigned.map(({ id }) => id.slice(-2)).join(" ");
  expect(await register.caseload(worker)).toBe(expected);
  // Alone, standing in, in a duo: 2 spans x 2 involvements each; by a team: also 2 memberships.
  expect(assigned).toHaveLength(3 * 4 + 8);
});
