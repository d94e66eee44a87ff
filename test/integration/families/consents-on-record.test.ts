// The decisions and measures on record of a person: each organisation sees what concerns it, a parent the own decisions.

import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { findConsents, findRecordedMeasures } from "../../../subgraphs/families/source/find-consents";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aRequester } from "../../kit/requesters";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));

const aParent = (worker: string): Requester => ({
  worker: toWorkerId(worker),
  organisation: toOrganisationCode("family"),
  kind: "FAMILY",
  legalEntity: "family",
  workerFunction: "PARENT",
});
const consents = (requester: Requester, personId = "OVV-06-3") =>
  findConsents(database.pool, requester, [personId]);

test("an organisation sees the decisions in which it is holder or recipient, with the id to take one back by", async () => {
  const lokalis = await consents(aRequester("lokalis.worker", "WORKER"));
  expect(lokalis.length).toBeGreaterThan(1);
  expect(lokalis.every((one) => [one.holder, one.recipient].includes("lokalis") && one.id !== "")).toBe(true);
  const save = await consents(aRequester("save.voluntary", "VOLUNTARY_WORKER"));
  expect(save.map((one) => one.holder)).toEqual(["save"]);
  expect(await consents(aRequester("wss.voluntary", "VOLUNTARY_WORKER"))).toEqual([]);
});

test("a parent sees what they decided themselves, and not what the other parent did", async () => {
  const all = await consents(aRequester("lokalis.worker", "WORKER"));
  expect(new Set(all.map((one) => one.given_by))).toEqual(new Set(["OVV-06-1"]));
  expect((await consents(aParent("OVV-06-1"))).length).toBeGreaterThanOrEqual(all.length);
  expect(await consents(aParent("OVV-06-2"))).toEqual([]);
});

test("an organisation sees the measures that it executes", async () => {
  const { rows } = await database.pool.query<{ person_id: string; organisation: string }>(
    "select person_id, organisation from hub.measure limit 1",
  );
  const [measure] = rows;
  if (!measure) throw new Error("The demo has no measure.");
  const find = (organisation: string) =>
    findRecordedMeasures(database.pool, organisation, [measure.person_id]);
  expect((await find(measure.organisation)).map((one) => one.organisation)).toContain(measure.organisation);
  expect(await find("rvdk")).toEqual([]);
});
