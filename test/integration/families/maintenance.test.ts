// Announcing maintenance of an organisation's service, and ending it: within bounds, once, and of nobody else.

import { toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { loadMaintenance } from "../../../shared/database/maintenance";
import {
  announceMaintenance,
  endMaintenance,
  findPlannedMaintenance,
} from "../../../subgraphs/families/source/directory/maintenance";
import { aRequester } from "../../kit/requesters";
import { aKey, withRegister } from "./arrange";

const register = withRegister();
const systemOf = (code: string): Requester => ({
  ...aRequester(`${code}.system`, "WORKER"),
  worker: toWorkerId(`client:${code}.system`),
});
const save = systemOf("save");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const inMs = (ms: number): Date => new Date(Date.now() + ms);

const announce = (requester: Requester, until: Date, from?: Date) =>
  announceMaintenance(register.stores(), requester, { from, until, ...aKey() });
const end = (requester: Requester, maintenanceId: string) =>
  endMaintenance(register.stores(), requester, { maintenanceId, ...aKey() });
const plannedAt = async (organisation: string) =>
  (await findPlannedMaintenance(register.database.pool, [organisation])).map(({ id }) => id);

test("what is announced is planned, and in force for gateways, until it is ended", async () => {
  const later = await announce(save, inMs(3 * HOUR_MS), inMs(2 * HOUR_MS));
  const running = await announce(save, inMs(HOUR_MS));
  expect(await plannedAt("save")).toEqual([running.id, later.id]);
  const inForce = await loadMaintenance(register.database.pool, 0);
  expect(inForce.map(({ organisation }) => organisation)).toEqual(["save"]);
  expect(inForce[0]?.until.toISOString()).toBe(running.until);
  const ended = await end(save, running.id);
  expect(ended).toMatchObject({ id: running.id, endedAt: expect.any(String) as string });
  expect(await loadMaintenance(register.database.pool, 0)).toEqual([]);
  await end(save, later.id);
  expect(await plannedAt("save")).toEqual([]);
});

test("the same announcement under the same key is made once", async () => {
  const input = { until: inMs(HOUR_MS), ...aKey() };
  const answers = await Promise.all([1, 2].map(() => announceMaintenance(register.stores(), save, input)));
  expect(answers[0]).toEqual(answers[1]);
  expect(await plannedAt("save")).toHaveLength(1);
  await end(save, answers[0]?.id ?? "");
});

test.each<[string, Date, Date | undefined]>([
  ["input.until", inMs(-HOUR_MS), undefined],
  ["input.until", inMs(HOUR_MS), inMs(2 * HOUR_MS)],
  ["input.until", inMs(15 * DAY_MS), undefined],
  ["input.from", inMs(HOUR_MS), inMs(-HOUR_MS)],
  ["input.from", inMs(401 * DAY_MS), inMs(400 * DAY_MS)],
])("%s out of its bounds is refused, and nothing is announced", async (argument, until, from) => {
  await expect(announce(save, until, from)).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument },
  });
  expect(await plannedAt("save")).toEqual([]);
});

test("an organisation ends its own alone, and only once", async () => {
  const { id } = await announce(save, inMs(HOUR_MS));
  const NOT_FOUND = { code: "MAINTENANCE_NOT_FOUND" };
  await expect(end(systemOf("wss"), id)).rejects.toMatchObject(NOT_FOUND);
  await expect(end(save, "x")).rejects.toMatchObject(NOT_FOUND);
  expect(await plannedAt("save")).toEqual([id]);
  await end(save, id);
  await expect(end(save, id)).rejects.toMatchObject(NOT_FOUND);
});

test("who is no organisation of the region announces nothing", async () => {
  const municipality = { ...save, organisation: "municipality" as Requester["organisation"] };
  await expect(announce(municipality, inMs(HOUR_MS))).rejects.toMatchObject({ code: "ACCESS_DENIED" });
});

test("there is an end to what can be planned, also at once", async () => {
  const wss = systemOf("wss");
  const outcomes = await Promise.allSettled(
    Array.from({ length: 23 }, (_, hour) =>
      announce(wss, inMs((hour + 2) * HOUR_MS), inMs((hour + 1) * HOUR_MS)),
    ),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  expect(await plannedAt("wss")).toHaveLength(20);
});
