// Requests that come at the same moment ask the database together, and each is given what it would have been given alone.

import * as fc from "fast-check";
import type { Pool } from "pg";
import { hubRecords } from "../../../gateway/federate/hub-records";
import { loadFamilyRecords, type FamilyRecordKeys } from "../../../shared/database/family-records";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { today } from "../../../shared/kernel/plain-date";
import { withDatabase } from "../../kit/database";

const database = withDatabase();

const FAMILIES = [1, 2, 3, 4, 5].map((n) => `SHARED-${n}`);
const PEOPLE = FAMILIES.flatMap((family) => [1, 2].map((n) => `${family}-${n}`));

/** Children who live, lived or will live in a second household; the same one in several. */
const SECOND_HOUSEHOLDS: readonly (readonly [
  person: string,
  family: string,
  from: number,
  until: number | null,
])[] = [
  ["SHARED-1-1", "SHARED-2", -10, null],
  ["SHARED-1-2", "SHARED-3", -10, -1],
  ["SHARED-1-2", "SHARED-4", -10, null],
  ["SHARED-2-1", "SHARED-4", -10, 10],
  ["SHARED-3-1", "SHARED-5", 5, null],
  ["SHARED-3-2", "SHARED-1", -10, -5],
];

beforeAll(async () => {
  await database.owner.query(
    "insert into hub.family select id, 'OPEN', 'SAVE', null, current_date, null from unnest($1::text[]) as id",
    [FAMILIES],
  );
  await database.owner.query(
    `insert into hub.person select id || '-' || n, id, 'CHILD', current_date, true
     from unnest($1::text[]) as id, generate_series(1, 2) as n`,
    [FAMILIES],
  );
  for (const [person, family, from, until] of SECOND_HOUSEHOLDS) {
    await database.owner.query(
      "insert into hub.second_household values ($1, $2, current_date + $3::int, current_date + $4::int)",
      [person, family, from, until],
    );
  }
  await database.owner.query(
    `insert into hub.consent (id, person_id, given_by, holder, recipient, categories, purpose, decision, explicit, how,
       valid_from, recorded_by, recorded_by_organisation)
     select gen_random_uuid(), person, person, 'wss', recipient, '{SAFETY}', 'CARE', 'GIVEN', true, 'SPOKEN', current_date,
       'w-1', 'lokalis'
     from unnest($1::text[]) as person, unnest($2::text[]) as recipient`,
    [PEOPLE, ["lokalis", "save"]],
  );
});

/** A pool that counts what it is asked, and answers nothing to the questions that it is to refuse. */
function counting(refuses: (values: readonly unknown[]) => boolean = () => false) {
  const asked: string[] = [];
  const query = async (config: { name: string; text: string; values: unknown[] }) => {
    asked.push(config.name);
    if (refuses(config.values)) throw new Error("The database is away.");
    return database.pool.query(config);
  };
  return { asked, pool: { query } as unknown as Pick<Pool, "query"> };
}

const request: fc.Arbitrary<FamilyRecordKeys> = fc.record({
  familyIds: fc.subarray([...FAMILIES, "SHARED-99"], { maxLength: 3 }),
  personIds: fc.subarray([...PEOPLE, "SHARED-99-1"], { maxLength: 4 }),
  asker: fc.record({
    recipient: fc.constantFrom(toOrganisationCode("lokalis"), toOrganisationCode("save")),
    purpose: fc.constantFrom("CARE" as const, "CONSULT" as const),
    today: fc.constant(today()),
  }),
});

test("each is always given what it would be given alone, whatever others ask at the same moment", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
      const { pool, asked } = counting();
      const { loadRecords } = hubRecords(pool);
      const together = await Promise.all(requests.map(async (keys) => loadRecords(keys)));
      expect(asked.length).toBeLessThanOrEqual(requests.length);
      for (const [place, keys] of requests.entries()) {
        expect(together[place]).toEqual(await loadFamilyRecords(database.pool, keys));
      }
    }),
    { numRuns: 60 },
  );
});

const asking = (familyId: string, recipient = "lokalis"): FamilyRecordKeys => ({
  familyIds: [familyId],
  personIds: [],
  asker: { recipient: toOrganisationCode(recipient), purpose: "CARE", today: today() },
});

test("those who are alike in what decides on consents share a question, and those who are not do not", async () => {
  const { pool, asked } = counting();
  const { loadRecords } = hubRecords(pool);
  await Promise.all([
    loadRecords(asking("SHARED-1")),
    loadRecords(asking("SHARED-5")),
    loadRecords(asking("SHARED-5", "save")),
  ]);
  expect(asked).toHaveLength(2);
});

test("who asks much asks alone", async () => {
  const { pool, asked } = counting();
  const { loadRecords } = hubRecords(pool);
  const many = Array.from({ length: 20 }, (_, n) => `SHARED-1${n}`);
  const found = await Promise.all([
    loadRecords({ ...asking("SHARED-1"), familyIds: many }),
    loadRecords(asking("SHARED-5")),
  ]);
  expect(asked).toHaveLength(2);
  expect(found.map((records) => records.map(({ id }) => id))).toEqual([[], ["SHARED-5"]]);
});

test("a question that fails fails for those who share it alone, and is not kept", async () => {
  let isAway = true;
  const { pool } = counting(([, , recipient]) => isAway && recipient === "lokalis");
  const { loadRecords } = hubRecords(pool);
  const [failed, also, given] = await Promise.allSettled([
    loadRecords(asking("SHARED-1")),
    loadRecords(asking("SHARED-5")),
    loadRecords(asking("SHARED-5", "save")),
  ]);
  expect([failed.status, also.status, given.status]).toEqual(["rejected", "rejected", "fulfilled"]);
  isAway = false;
  expect(await loadRecords(asking("SHARED-5"))).toHaveLength(1);
});

test("teams of workers who ask at the same moment are each their own, and are asked anew every time", async () => {
  const worker = (name: string, organisation = "lokalis") => ({
    worker: toWorkerId(`${organisation}.${name}`),
    organisation: toOrganisationCode(organisation),
  });
  const add = async (name: string, team: string, from: number, organisation = "lokalis") =>
    database.owner.query(
      `insert into hub.team_member (id, organisation, team, worker_id, from_on, recorded_by)
       values (gen_random_uuid(), $1, $2, $3, current_date + $4::int, 'w-1')`,
      [organisation, team, `${organisation}.${name}`, from],
    );
  await add("ann", "north", -2);
  await add("ann", "east", -5);
  await add("ann", "later", 1);
  await add("ben", "north", -1);
  await add("cas", "north", -1, "save");
  const { pool, asked } = counting();
  const { loadTeams } = hubRecords(pool);
  const all = async () =>
    Promise.all([
      loadTeams(worker("ann")),
      loadTeams(worker("nobody")),
      loadTeams(worker("cas")),
      loadTeams(worker("ben")),
      loadTeams(worker("ann")),
    ]);
  expect(await all()).toEqual([["east", "north"], [], [], ["north"], ["east", "north"]]);
  expect(asked).toEqual(["load-teams"]);
  await database.owner.query(
    "update hub.team_member set ended_at = clock_timestamp(), ended_by = 'w-1' where worker_id = 'lokalis.ann' and team = 'east'",
  );
  expect(await all()).toEqual([["north"], [], [], ["north"], ["north"]]);
  expect(asked).toHaveLength(2);
});
