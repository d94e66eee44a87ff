// Loading the records that decisions rest on: everything of many families, in one query.

import { loadFamilyRecords } from "../../../shared/database/family-records";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));

const load = async (id: string) => {
  const [record] = await loadFamilyRecords(database.pool, { familyIds: [id], personIds: [] });
  if (!record) throw new Error("The family is not in the register.");
  return record;
};

test("gives all that there is about a family", async () => {
  const record = await load("OVV-06");
  expect(record).toMatchObject({ id: "OVV-06", status: "OPEN" });
  expect(record.members.map(({ id, role, able }) => [id, role, able])).toEqual([
    ["OVV-06-1", "PARENT", true],
    ["OVV-06-2", "PARENT", true],
    ["OVV-06-3", "CHILD", true],
    ["OVV-06-4", "CHILD", true],
  ]);
  expect(
    record.members[2]?.pseudonyms.map(({ organisation, pseudonym }) => [organisation, pseudonym]),
  ).toEqual(["lokalis", "rvdk", "save", "veilig-thuis", "wss"].map((one) => [one, `${one}:OVV-06-3`]));
  expect(record.authorities).toContainEqual({ parentId: "OVV-06-1", childId: "OVV-06-3", authority: "YES" });
  expect(record.authorities).toContainEqual({ parentId: "OVV-06-2", childId: "OVV-06-3", authority: "NO" });
  expect(record.involvements).toHaveLength(5);
  expect(record.assignments.map(({ workerId }) => workerId)).toContain("rvdk.investigator");
  expect(record.consents).toHaveLength(8);
  expect(record.investigations.filter(({ closedOn }) => closedOn === null)).toHaveLength(2);
});

test("gives dates as calendar dates and moments with a zone", async () => {
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string;
  const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/) as string;
  const lapsed = (await load("OVV-10")).consents.filter(({ withdrawnAt }) => withdrawnAt !== null);
  expect(lapsed).toEqual([
    expect.objectContaining({ validFrom: date, validUntil: null, recordedAt: moment, withdrawnAt: moment }),
  ]);
  expect((await load("OVV-07")).measures).toEqual([
    expect.objectContaining({ personId: "OVV-07-3", startsOn: date, endsOn: date, endedAt: null }),
    expect.objectContaining({ personId: "OVV-07-4" }),
  ]);
  expect((await load("OVV-09")).members.at(-1)).toMatchObject({ birthDate: null });
});

test("puts of two decisions the later one last", async () => {
  const { consents } = await load("OVV-04");
  const moments = consents.map(({ recordedAt }) => recordedAt);
  expect(moments).toEqual(moments.toSorted());
  expect(consents.at(-1)).toMatchObject({ decision: "REFUSED" });
});

test("finds a family by a member, gives each once, and leaves unknown ids out", async () => {
  const records = await loadFamilyRecords(database.pool, {
    familyIds: ["OVV-06", "OVV-99"],
    personIds: ["OVV-06-3", "OVV-02-1", "OVV-99-1"],
  });
  expect(records.map(({ id }) => id)).toEqual(["OVV-02", "OVV-06"]);
  expect(await loadFamilyRecords(database.pool, { familyIds: [], personIds: [] })).toEqual([]);
});

test.each([
  ["the own household", "OVV-12"],
  ["the second household", "OVV-03"],
])("of a child with two households gives both, when %s is asked for", async (_, id) => {
  const records = await loadFamilyRecords(database.pool, { familyIds: [id], personIds: [] });
  expect(records.map((one) => one.id)).toEqual(["OVV-03", "OVV-12"]);
});

test("asks the database once for a hundred families", async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `MANY-${index}`);
  await database.owner.query(
    "insert into hub.family select id, 'OPEN', 'SAVE', null, current_date, null from unnest($1::text[]) as id",
    [ids],
  );
  await database.owner.query(
    `insert into hub.person select id || '-' || n, id, 'CHILD', current_date, true
     from unnest($1::text[]) as id, generate_series(1, 3) as n`,
    [ids],
  );
  const query = jest.spyOn(database.pool, "query");
  const records = await loadFamilyRecords(database.pool, { familyIds: ids, personIds: [] });
  expect(query).toHaveBeenCalledTimes(1);
  query.mockRestore();
  expect(records).toHaveLength(100);
  expect(records.every(({ members }) => members.length === 3)).toBe(true);
});
