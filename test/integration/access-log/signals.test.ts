// Signals: what was planted is found, each once, and an ordinary week gives none.

import { randomUUID } from "node:crypto";
import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { inTransaction } from "../../../shared/database/pool";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import { addDays, toPlainDate } from "../../../shared/kernel/plain-date";
import { lookThrough } from "../../../subgraphs/access-log/source/signals/look-through";
import { beginOf } from "../../../subgraphs/access-log/source/signals/stretch";
import { withDatabase } from "../../kit/database";
import { aFamily, aLook, anAssignment, plant, type PlantedRequest } from "../../kit/planted-log";
import { UTRECHT } from "../../kit/requesters";

const database = withDatabase();
const ORGANISATIONS = UTRECHT.organisations.map(({ code }) => code as string);

const WORKER = "lokalis.worker";
const COLLEAGUE = "lokalis.colleague";
const GUARDIAN = "save.guardian";
const ASSESSOR = "veilig-thuis.assessor";
const FUNCTIONS: Readonly<Record<string, WorkerFunction>> = {
  [WORKER]: "WORKER",
  [COLLEAGUE]: "WORKER",
  [GUARDIAN]: "GUARDIAN",
  [ASSESSOR]: "ASSESSOR",
};

/** A request on a day in March 2025 (UTC+1 in the Netherlands until the 30th). */
const at = (day: number, time: string, ...entries: NewAccessLogEntry[]): PlantedRequest => ({
  at: `2025-03-${String(day).padStart(2, "0")}T${time}:00+01:00`,
  entries,
});
const look = (worker: string, familyId: string, change: Partial<NewAccessLogEntry> = {}): NewAccessLogEntry =>
  aLook(worker, FUNCTIONS[worker] ?? "WORKER", familyId, change);
const refused = { outcome: "REFUSED", categoriesDelivered: [], errorCode: "FAMILY_NOT_FOUND" } as const;
const SEARCH_REFUSED = look(WORKER, "F-1", {
  ...refused,
  act: "SEARCH",
  operation: "findFamily",
  source: "families",
  subjectType: "NONE",
  subjectId: null,
  familyId: null,
  errorCode: "SEARCH_LIMIT_REACHED",
});
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `MANY-${n + 1}`);

/** Monday to Friday as it should be. */
const ORDINARY: readonly PlantedRequest[] = [
  at(3, "07:00", look(WORKER, "F-1"), look(WORKER, "F-1", { source: "lokalis" })),
  at(3, "18:59", look(WORKER, "F-2")),
  // The list of one's own families is no look into them, and a colleague's is refused.
  at(4, "09:00", ...many(30).map((id) => look(WORKER, id, { act: "SEARCH", categoriesDelivered: [] }))),
  at(4, "10:00", look(COLLEAGUE, "F-1", refused)),
  at(4, "10:05", look(COLLEAGUE, "F-3"), look(COLLEAGUE, "F-4", { categoriesWithheld: ["SAFETY"] })),
  // Under a referral that waits, on the last day of a stand-in, and at night where that is the work.
  at(5, "11:00", look(ASSESSOR, "F-5", { purpose: "SAFETY_ASSESSMENT", reliedOn: ["REFERRAL:-"] })),
  at(5, "12:00", look(GUARDIAN, "F-6", { purpose: "MEASURE_EXECUTION" })),
  at(6, "03:00", look(ASSESSOR, "F-7", { purpose: "SAFETY_ASSESSMENT" })),
  // Withheld in the morning, and consented to in the afternoon.
  at(
    7,
    "09:00",
    look(WORKER, "F-1", { outcome: "WITHHELD", categoriesDelivered: [], categoriesWithheld: ["CARE_PLAN"] }),
  ),
  at(7, "16:00", look(WORKER, "F-1")),
];

const PLANTED: readonly PlantedRequest[] = [
  // 10: the assignment turns out to have ended on the 8th. 11: it ended that very day at 11:00.
  at(10, "10:00", look(WORKER, "ENDED-1"), look(WORKER, "ENDED-1", { source: "rvdk" }), look(WORKER, "F-1")),
  at(11, "10:30", look(WORKER, "ENDED-2")),
  at(11, "11:30", look(WORKER, "ENDED-2")),
  // 12: the referral was withdrawn the day before; a member left the team that has the family.
  at(12, "09:00", look(ASSESSOR, "F-5", { purpose: "SAFETY_ASSESSMENT", reliedOn: ["REFERRAL:-"] })),
  at(12, "10:00", look(COLLEAGUE, "F-8")),
  // 13: outside working hours by a minute on both sides. 16: a Sunday.
  at(13, "06:59", look(WORKER, "F-1")),
  at(13, "12:00", look(WORKER, "F-1")),
  at(13, "19:00", look(WORKER, "F-2", refused)),
  at(16, "12:00", look(GUARDIAN, "F-6", { purpose: "MEASURE_EXECUTION" })),
  // 17: the own family, asked for in vain; another one next to it.
  at(17, "09:00", look(COLLEAGUE, "F-2", refused)),
  at(17, "09:05", look(COLLEAGUE, "F-3")),
  // 18: far more families than usual. 19: many, but fewer than ten.
  ...many(12).map((id, n) => at(18, `09:${String(n + 10)}`, look(WORKER, id))),
  ...many(9).map((id, n) => at(19, `09:${String(n + 10)}`, look(COLLEAGUE, id))),
  // 20: an emergency. 21: refused, and delivered for another purpose; at another source, or the next day but one, is nothing.
  at(
    20,
    "09:59",
    look(GUARDIAN, "F-9", {
      purpose: "ACUTE_SAFETY",
      act: "CREATE",
      source: "families",
      categoriesDelivered: [],
    }),
  ),
  at(
    20,
    "22:30",
    look(GUARDIAN, "F-9", { purpose: "ACUTE_SAFETY", source: "lokalis", reliedOn: ["EMERGENCY:-"] }),
  ),
  at(21, "09:00", look(ASSESSOR, "F-7", { ...refused, purpose: "INVESTIGATION" })),
  at(
    21,
    "09:10",
    look(WORKER, "F-1", { outcome: "WITHHELD", categoriesDelivered: [], categoriesWithheld: ["SAFETY"] }),
  ),
  at(21, "09:20", look(ASSESSOR, "F-7", { purpose: "SAFETY_ASSESSMENT" })),
  at(
    21,
    "09:30",
    look(WORKER, "F-1", { purpose: "REFERRAL", source: "lokalis", categoriesDelivered: ["SAFETY"] }),
  ),
  at(24, "09:00", look(WORKER, "F-1", { purpose: "REFERRAL", categoriesDelivered: ["SAFETY"] })),
  // 25: searching by a citizen's number went on after it was refused.
  ...["10:00", "10:30", "11:15"].map((time) => at(25, time, SEARCH_REFUSED)),
];

const query = (text: string, values: unknown[] = []) => database.owner.query(text, values);

/** A referral to Veilig Thuis with its history, each step with its moment. */
async function aReferral(familyId: string, steps: readonly (readonly [string, string])[]): Promise<void> {
  const id = randomUUID();
  const [state] = steps.at(-1) ?? [];
  await inTransaction(database.owner, async (client) => {
    await client.query(
      `insert into hub.referral (id, family_id, type, mode, urgency, reason_code, consent_basis, family_informed,
         family_informed_on, sender_organisation, sender_worker, receiver_organisation, owner_organisation,
         sight_on_safety, state, outcome, created_at, received_at, version)
       values ($1, $2, 'REPORT', 'JOIN', 'NORMAL', 'SAFETY', 'NONE_NEEDED', 'TOLD', '2025-03-01', 'lokalis', $3,
         'veilig-thuis', 'lokalis', 'lokalis', $4, 'NO_LONGER_NEEDED', $5, $5, $6)`,
      [id, familyId, WORKER, state, steps[0]?.[1], steps.length],
    );
    for (const [index, [to, moment]] of steps.entries()) {
      await client.query(
        `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, owner_organisation,
           receiver_organisation, at)
         values ($1, $2, 'step', $3, $4, 'HUB', 'lokalis', 'veilig-thuis', $5)`,
        [id, index + 1, steps[index - 1]?.[0], to, moment],
      );
    }
  });
}

async function arrangeRegister(): Promise<void> {
  for (const id of ["F-1", "F-2", "ENDED-1", "ENDED-2", ...many(30)]) {
    await aFamily(database, id);
    await anAssignment(database, id, "lokalis", { worker: WORKER });
  }
  for (const id of many(9)) await anAssignment(database, id, "lokalis", { worker: COLLEAGUE });
  for (const id of ["F-3", "F-4"]) {
    await aFamily(database, id);
    await anAssignment(database, id, "lokalis", { team: "noord" });
  }
  await aFamily(database, "F-8");
  await anAssignment(database, "F-8", "lokalis", { team: "zuid" });
  for (const [team, until] of [
    ["noord", null],
    ["zuid", "2025-03-11"],
  ]) {
    await query(
      `insert into hub.team_member (id, organisation, team, worker_id, from_on, until_on, recorded_by)
       values (gen_random_uuid(), 'lokalis', $1, $2, '2020-01-01', $3, 'test')`,
      [team, COLLEAGUE, until],
    );
  }
  await aFamily(database, "F-5");
  await aReferral("F-5", [
    ["SUBMITTED", "2025-03-01T09:00+01"],
    ["RECEIVED", "2025-03-01T09:01+01"],
    ["WITHDRAWN", "2025-03-11T09:00+01"],
  ]);
  await aFamily(database, "F-6", ["save"]);
  await anAssignment(database, "F-6", "save", {
    worker: GUARDIAN,
    relation: "STAND_IN",
    until: "2025-03-05",
  });
  await anAssignment(database, "F-6", "save", { worker: GUARDIAN, from: "2025-03-10" });
  await aFamily(database, "F-7", ["veilig-thuis"]);
  await anAssignment(database, "F-7", "veilig-thuis", { worker: ASSESSOR });
  await aFamily(database, "F-9", ["lokalis"]);
}

/** What the registers say afterwards. */
async function changeRegister(): Promise<void> {
  await query("update hub.assignment set until_on = '2025-03-08' where family_id = 'ENDED-1'");
  await query(
    "update hub.assignment set until_on = '2025-03-11', ended_at = '2025-03-11T11:00+01' where family_id = 'ENDED-2'",
  );
  await query(
    `insert into hub.emergency (id, family_id, organisation, worker_id, worker_function, reason, with_health, declared_at,
       ends_at, review_due_on)
     values ('5b0f6a4e-4a51-4c5e-9d52-0f4f6f6b2a11', 'F-9', 'save', $1, 'GUARDIAN', 'A child is in danger at this moment.',
       false, '2025-03-20T22:00+01', '2025-03-21T02:00+01', '2025-03-21')`,
    [GUARDIAN],
  );
  await query(
    `insert into access_log.own_relation (id, organisation, worker, subject_key, recorded_by)
     select gen_random_uuid(), 'lokalis', $1, k.id, $1 from access_log.subject_key k
     where k.subject_type = 'FAMILY' and k.subject_id = 'F-2'`,
    [COLLEAGUE],
  );
}

beforeAll(async () => {
  await arrangeRegister();
  await plant(database, [...ORDINARY, ...PLANTED]);
  await changeRegister();
}, 120_000);

/** What the days from the first to the last of March give, each as `organisation kind worker (entries)`. */
async function raisedOn(first: number, last: number): Promise<string[]> {
  const day = (n: number) => toPlainDate(`2025-03-${String(n).padStart(2, "0")}`);
  const deps = { pool: database.pool, accessLog: createAccessLogWriter(database.pool) };
  const stretch = {
    from: beginOf(day(first)),
    to: beginOf(addDays(day(last), 1)),
    organisations: ORGANISATIONS,
  };
  const raised = await lookThrough(deps, stretch);
  return raised
    .map(({ signal }) => `${signal.organisation} ${signal.kind} ${signal.worker} (${signal.entries.length})`)
    .toSorted();
}

test("an ordinary week gives none", async () => {
  expect(await raisedOn(3, 7)).toEqual([]);
});

test.each<[string, number, number, string[]]>([
  [
    "an assignment that turns out to have ended before, for the employer and for the sources that gave something",
    10,
    10,
    [
      `lokalis NO_ACTIVE_RELATION ${WORKER} (2)`,
      `rvdk NO_ACTIVE_RELATION ${WORKER} (1)`,
      `save NO_ACTIVE_RELATION ${WORKER} (1)`,
    ],
  ],
  [
    "what was looked at after the assignment ended, not before",
    11,
    11,
    [`lokalis NO_ACTIVE_RELATION ${WORKER} (1)`, `save NO_ACTIVE_RELATION ${WORKER} (1)`],
  ],
  [
    "a referral that was taken back, and a team that was left",
    12,
    12,
    [
      `lokalis NO_ACTIVE_RELATION ${COLLEAGUE} (1)`,
      `save NO_ACTIVE_RELATION ${COLLEAGUE} (1)`,
      `save NO_ACTIVE_RELATION ${ASSESSOR} (1)`,
      `veilig-thuis NO_ACTIVE_RELATION ${ASSESSOR} (1)`,
    ],
  ],
  ["before opening and from closing time on", 13, 13, [`lokalis OUTSIDE_WORKING_HOURS ${WORKER} (2)`]],
  ["a day off", 14, 16, [`save OUTSIDE_WORKING_HOURS ${GUARDIAN} (1)`]],
  ["the own family, also in vain", 17, 17, [`lokalis OWN_FAMILY ${COLLEAGUE} (1)`]],
  ["far more families than usual, and none for fewer than ten", 18, 19, [`lokalis VOLUME ${WORKER} (12)`]],
  [
    "an emergency, for the employer and for the source that gave something",
    20,
    20,
    [
      `lokalis EMERGENCY ${GUARDIAN} (1)`,
      `lokalis NO_ACTIVE_RELATION ${GUARDIAN} (1)`,
      `save EMERGENCY ${GUARDIAN} (1)`,
      `save NO_ACTIVE_RELATION ${GUARDIAN} (1)`,
    ],
  ],
  [
    "what was refused and then delivered for another purpose",
    21,
    24,
    [`veilig-thuis REFUSED_AND_ASKED_AGAIN ${ASSESSOR} (2)`],
  ],
  [
    "searching by a citizen's number beyond the limit, by the first refusal of each hour",
    25,
    25,
    [`lokalis SEARCH_LIMIT ${WORKER} (2)`],
  ],
])("finds %s", async (_, first, last, expected) => {
  expect(await raisedOn(first, last)).toEqual(expected);
});
