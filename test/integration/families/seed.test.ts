// Seeding the registers: the demo of the pilot, once, as of today.

import { loadFamilyRecords } from "../../../shared/database/family-records";
import { ageOn, today, type PlainDate } from "../../../shared/kernel/plain-date";
import { seedRegister } from "../../../subgraphs/families/demo/seed-families";
import { createTestDatabase, withDatabase } from "../../kit/database";
import { demoFamilies, linksOf, seedDemoRegister } from "../../kit/demo-register";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));

const rowsOf = async (statement: string): Promise<unknown[]> => (await database.pool.query(statement)).rows;

test("fills the register with the figures of the pilot", async () => {
  expect(await rowsOf("select status, count(*)::int from hub.family group by 1 order by 1")).toEqual([
    { status: "CLOSED", count: 7 },
    { status: "OPEN", count: 8 },
  ]);
  expect(
    await rowsOf(
      "select outcome, count(*)::int from hub.family where outcome is not null group by 1 order by 1",
    ),
  ).toEqual([
    { outcome: "BACK_TO_LOCAL_TEAM", count: 3 },
    { outcome: "MOVED", count: 2 },
    { outcome: "UNFOUNDED", count: 1 },
    { outcome: "WENT_WELL", count: 1 },
  ]);
  expect(await rowsOf("select count(distinct inflow)::int as lists from hub.family")).toEqual([{ lists: 4 }]);
});

test("keeps ages as on the story day", async () => {
  const rows = await rowsOf("select birth_date from hub.person where id = 'OVV-06-3'");
  expect(ageOn((rows[0] as { birth_date: PlainDate }).birth_date, today())).toBe(7);
  expect(await rowsOf("select birth_date from hub.person where id = 'OVV-09-3'")).toEqual([
    { birth_date: null },
  ]);
});

test("takes case references and pseudonyms from the links of the organisations", async () => {
  expect(
    await rowsOf(
      "select case_reference from hub.involvement where family_id = 'OVV-06' order by organisation",
    ),
  ).toEqual(
    ["LOK-2006", "RVDK-2006", "SAVE-2006", "VT-2006", "WSS-2006"].map((one) => ({ case_reference: one })),
  );
  expect(await rowsOf("select count(*)::int from hub.person_pseudonym where person_id = 'OVV-06-3'")).toEqual(
    [{ count: 5 }],
  );
});

describe("an organisation that no file of a family names", () => {
  const withNewOffice = (links: ReturnType<typeof linksOf>): ReturnType<typeof linksOf> =>
    new Map([
      ...links,
      [
        "new-office",
        new Map([
          [
            "OVV-13",
            {
              familyId: "OVV-13",
              caseReference: "NEW-2013",
              persons: [{ personId: "OVV-13-3", pseudonym: "new-office:OVV-13-3" }],
            },
          ],
        ]),
      ],
    ]);

  test.each([
    ["from the begin", true],
    ["once it has joined, and no second time", false],
  ])("is involved where it has a case, %s", async (_, fromTheBegin) => {
    const fresh = await createTestDatabase();
    try {
      const families = await demoFamilies();
      const links = linksOf(families);
      const seed = async (given: typeof links) => seedRegister(fresh.pool, families, given, today());
      if (!fromTheBegin) expect(await seed(links)).toBe(15);
      await seed(withNewOffice(links));
      await seed(withNewOffice(links));
      const { rows } = await fresh.pool.query(
        `select case_reference, began_on = opened_on as since_opened, ended_on is not distinct from closed_on as as_long
         from hub.involvement join hub.family on id = family_id where organisation = 'new-office'`,
      );
      expect(rows).toEqual([{ case_reference: "NEW-2013", since_opened: true, as_long: true }]);
      const linked = await fresh.pool.query(
        "select person_id, pseudonym from hub.person_pseudonym where organisation = 'new-office'",
      );
      expect(linked.rows).toEqual([{ person_id: "OVV-13-3", pseudonym: "new-office:OVV-13-3" }]);
      const others = await fresh.pool.query("select from hub.involvement where organisation <> 'new-office'");
      expect(others.rowCount).toBe(families.flatMap(({ involvements }) => involvements).length);
    } finally {
      await fresh.drop();
    }
  });
});

test("fills in who works together, who meets, and which child has two households", async () => {
  const [record] = await loadFamilyRecords(database.pool, { familyIds: ["OVV-05"], personIds: [] });
  expect(record?.participations).toMatchObject([{ untilOn: null, withdrawnAt: null }]);
  expect(record?.meetings).toMatchObject([{ participants: ["lokalis", "save"] }]);
  const [meeting] = record?.meetings ?? [];
  expect(meeting!.plannedOn < today() && today() < meeting!.heldOn).toBe(true);
  const households = await loadFamilyRecords(database.pool, { familyIds: [], personIds: ["OVV-12-4"] });
  expect(households.map(({ id }) => id)).toEqual(["OVV-03", "OVV-12"]);
  for (const { members } of households) {
    expect(members.find(({ id }) => id === "OVV-12-4")).toMatchObject({ householdId: "OVV-12" });
  }
});

test("leaves a register that holds families alone", async () => {
  const families = await demoFamilies();
  expect(await seedRegister(database.pool, families, linksOf(families), today())).toBe(0);
  expect(await rowsOf("select count(*)::int from hub.family")).toEqual([{ count: 15 }]);
});

test("names the organisation that was not seeded, and fills nothing", async () => {
  const empty = await createTestDatabase();
  try {
    const families = await demoFamilies();
    const links = linksOf(families);
    links.delete("wss");
    await expect(seedRegister(empty.pool, families, links, today())).rejects.toThrow(
      "seed wss before families",
    );
    expect((await empty.pool.query("select from hub.family")).rowCount).toBe(0);
  } finally {
    await empty.drop();
  }
});
