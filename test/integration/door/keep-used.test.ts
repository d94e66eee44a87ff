// What the gateways keep of what is asked: which parts of the contract, with the last day, and nothing of who asked what.

import { keepUsed } from "../../../gateway/record/keep-used";
import { noteUsed } from "../../../shared/database/used-coordinates";
import { SchakelError } from "../../../shared/kernel/errors";
import { addDays, today } from "../../../shared/kernel/plain-date";
import { withDatabase } from "../../kit/database";
import { codesOf, openSmallDoor, signInBy, type SmallDoor } from "../../kit/small-door";
import { aRequester } from "../../kit/requesters";

const KEEP_DAYS = 30;
/** Longer than a test takes: what is learned is written when the keeper stops. */
const NOT_DURING_TEST_MS = 3_600_000;
const BSN = "999990019";

const database = withDatabase();

/** Runs what is asked at a door that keeps; resolves with the rows that it left. */
async function keeping(ask: (door: SmallDoor) => Promise<void>): Promise<readonly string[]> {
  const failures: unknown[] = [];
  const keeper = keepUsed(
    { pool: database.pool, keepDays: KEEP_DAYS, everyMs: NOT_DURING_TEST_MS },
    (error) => failures.push(error),
  );
  const door = await openSmallDoor({
    noteUse: keeper.note,
    signIn: signInBy((token) => {
      if (token === "nobody") throw new SchakelError("TOKEN_INVALID");
      return aRequester(token, "WORKER");
    }),
  });
  await ask(door);
  await door.stop();
  await keeper.stop();
  expect(failures).toEqual([]);
  const { rows } = await database.owner.query<{ text: string }>(
    "select t::text as text from hub.used_coordinate t order by coordinate",
  );
  return rows.map(({ text }) => text);
}

const kept = (...coordinates: readonly string[]): string[] =>
  coordinates.map((one) => (one.includes("(") ? `("${one}",${today()})` : `(${one},${today()})`));

beforeEach(async () => {
  await database.owner.query("delete from hub.used_coordinate");
});

test("the parts that were asked are kept, and nothing else of the operation", async () => {
  const query = `
    query FamilyOfJansen($case: ID!, $much: Int) {
      hisFamily: family(id: $case) { people: members { role } ...secretNotes }
      again: family(id: "OVV-06, Dorpsstraat 1") { id __typename }
    }
    fragment secretNotes on Family {
      mine: lokalis { ... on FamilyDossier { notes(first: $much) } theirPlan: carePlan { goals } }
    }
    query NeverAsked { family(id: "x") { lokalis { reporters } } }`;
  const rows = await keeping(async ({ send }) => {
    const json = { query, operationName: "FamilyOfJansen", variables: { case: `OVV-${BSN}`, much: 3 } };
    expect((await send({ json })).status).toBe(200);
    expect((await send({ json, worker: "save.worker" })).status).toBe(200);
  });
  expect(rows).toEqual(
    kept(
      "Family",
      "Family.id",
      "Family.lokalis",
      "Family.members",
      "FamilyDossier",
      "FamilyDossier.notes",
      "FamilyDossier.notes(first:)",
      "LokalisFamilyDossier.carePlan",
      "Person.role",
      "Plan.goals",
      "Query.family",
      "Query.family(id:)",
    ),
  );
});

test("what is not executed leaves nothing", async () => {
  const rows = await keeping(async ({ send }) => {
    const refused = async (query: string, code: string, worker = "lokalis.worker", variables = {}) =>
      expect(codesOf(await send({ json: { query, variables }, worker }))).toEqual([code]);
    await refused('{ family(id: "OVV-06") { lokalis { safety } } }', "TOKEN_INVALID", "nobody");
    await refused('{ family(id: "OVV-06") { lokalis { safety wishes } } }', "QUERY_INVALID");
    await refused(`{ family(id: "${BSN}") { lokalis { safety } } }`, "QUERY_INVALID");
    await refused("{ family(id: 1) { lokalis { safety }", "QUERY_INVALID");
    const missing = await send({ json: { query: "query ($id: ID!) { family(id: $id) { id } }" } });
    expect(codesOf(missing)).toHaveLength(1);
  });
  expect(rows).toEqual([]);
});

test("the last day is known, and what was not used for long is forgotten", async () => {
  const row = `insert into hub.used_coordinate values ($1, $2)`;
  await database.owner.query(row, ["Person.role", addDays(today(), -KEEP_DAYS - 1)]);
  await database.owner.query(row, ["Person.family", addDays(today(), -KEEP_DAYS)]);
  await database.owner.query(row, ["Query.family", addDays(today(), -3)]);
  const rows = await keeping(async ({ send }) => {
    await send({});
  });
  expect(rows).toEqual([
    ...kept("Family.id"),
    `(Person.family,${addDays(today(), -KEEP_DAYS)})`,
    ...kept("Query.family", "Query.family(id:)"),
  ]);
});

test("gateways that write the same at the same time do not stand in each other's way", async () => {
  const coordinates = Array.from({ length: 300 }, (_, number) => `Person.field${number}`);
  await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const turned = [...coordinates.slice(index * 30), ...coordinates.slice(0, index * 30)];
      await noteUsed(database.pool, new Map(turned.map((one) => [one, addDays(today(), index)])));
    }),
  );
  const { rows } = await database.owner.query<{ day: string }>(
    "select distinct last_used as day from hub.used_coordinate",
  );
  expect(rows).toEqual([{ day: addDays(today(), 7) }]);
});

test("the database takes nothing but words of a contract", async () => {
  for (const text of [BSN, "Query.family(id: 1)", "Jan Jansen", "a.b.c", "Query.family(id:) x", ""]) {
    const insert = database.pool.query("insert into hub.used_coordinate values ($1, $2)", [text, today()]);
    await expect(insert).rejects.toMatchObject({ code: "23514" });
  }
});
