// `npm run connect -- check --operations used`: what is asked at the door is known, and a schema that takes it away is told;
// what nobody asks may go.

import { readFileSync, writeFileSync } from "node:fs";
import type { Finding } from "../../../gateway/connect/check/finding";
import { committedSchemas, compose } from "../../../gateway/connect/compose-with";
import { indexSchema } from "../../../gateway/federate/schema-index";
import { keepUsed } from "../../../gateway/record/keep-used";
import { today } from "../../../shared/kernel/plain-date";
import { loadRegion, typePrefix } from "../../../shared/region/region";
import { withDatabase } from "../../kit/database";
import { openSmallDoor } from "../../kit/small-door";
import { check, CODE, connect, env, FIELD, file, start } from "./under-check";

const NOT_DURING_TEST_MS = 3_600_000;

const database = withDatabase();
const dossier = `${typePrefix(CODE)}FamilyDossier`;
const declared = `type ${dossier} implements FamilyDossier {`;
/** Fields of the organisation's own beside the contract; one is asked, the other is not. */
const MORE = `${declared}
  remarks(last: Int): String @category(of: EDUCATION)
  absences: Int @category(of: EDUCATION)`;

/** Writes down the supergraph of a hub in which this organisation has its own fields. */
function writeSupergraph(): string {
  const region = loadRegion(env.SCHAKEL_REGION);
  const own = readFileSync(file("schema.graphql"), "utf8").replace(declared, MORE);
  const composed = compose({ ...committedSchemas(region), [CODE]: own }, region);
  if ("faults" in composed) throw new Error(composed.faults.join("; "));
  writeFileSync(file("runs.graphql"), composed.supergraph);
  return composed.supergraph;
}

/** What the check says of a subgraph with these fields beside the contract. */
async function changesOf(fields: string, operations = "used"): Promise<Finding | undefined> {
  const own = readFileSync(file("schema.graphql"), "utf8").replace(declared, `${declared}\n${fields}`);
  writeFileSync(file("changed.graphql"), own);
  const url = await start([], "changed.graphql");
  const { findings } = await check(url, "--supergraph", file("runs.graphql"), "--operations", operations);
  return findings.find((one) => one.check === "SCHEMA_CHANGES");
}

beforeAll(() => {
  env.DATABASE_URL = database.workingUrl;
});
afterAll(() => {
  delete env.DATABASE_URL;
});

test("before anything was asked there is nothing to go by", async () => {
  const told = await connect(
    "check",
    "http://127.0.0.1:9/graphql",
    "--organisation",
    CODE,
    "--operations",
    "used",
  );
  expect([told.code, told.printed]).toEqual([2, ""]);
  expect(told.said).toContain("does not know yet what is used");
});

test("what is used may not go, what is not used may", async () => {
  const supergraph = writeSupergraph();
  const failures: unknown[] = [];
  // Written when it stops, and not while this process is busy with opening a door.
  const keeper = keepUsed({ pool: database.pool, keepDays: 1, everyMs: NOT_DURING_TEST_MS }, (error) =>
    failures.push(error),
  );
  const door = await openSmallDoor({
    supergraph,
    index: indexSchema(supergraph),
    noteUse: keeper.note,
  });
  const query = `{ family(id: "OVV-06") { own: ${FIELD} { said: remarks(last: 2) carePlan { summary } } } }`;
  expect((await door.send({ json: { query } })).status).toBe(200);
  await door.stop();
  await keeper.stop();
  expect(failures).toEqual([]);

  const remarks = "  remarks(last: Int): String @category(of: EDUCATION)";
  const absences = "  absences: Int @category(of: EDUCATION)";
  expect(await changesOf(remarks)).toMatchObject({ level: "PASSED" });
  expect(await changesOf(absences)).toMatchObject({
    level: "FAILED",
    cause: `${dossier}.remarks was removed (last used on ${today()}).`,
  });

  const listed = await connect("used");
  expect(listed.code).toBe(0);
  expect(listed.printed.split("\n")).toEqual(
    [
      "CarePlan.summary",
      `Family.${FIELD}`,
      "Query.family",
      "Query.family(id:)",
      `${dossier}.carePlan`,
      `${dossier}.remarks`,
      `${dossier}.remarks(last:)`,
    ].map((one) => `${today()}  ${one}`),
  );

  // Who checks elsewhere, without the database, is given the file.
  writeFileSync(file("kept.json"), (await connect("used", "--json")).printed);
  delete env.DATABASE_URL;
  expect(await changesOf("  remarks: String @category(of: EDUCATION)", file("kept.json"))).toMatchObject({
    level: "FAILED",
    cause: `${dossier}.remarks arg last was removed (last used on ${today()}).`,
  });
});
