// A report on one worker takes a mandate: on a ground, for a period, for 30 days, never about oneself.

import { randomUUID } from "node:crypto";
import { addDays, today } from "../../../shared/kernel/plain-date";
import { aLook, plant } from "../../kit/planted-log";
import { aRequester } from "../../kit/requesters";
import { aKey, OFFICER, OTHER_OFFICER, withReviews, WORKER } from "./arrange-reviews";

const { database, ask } = withReviews();

const grant = (worker: string, from = "2025-03-10", to = "2025-03-11") =>
  `mutation { grantMandate(input: { worker: "${worker}", ground: COMPLAINT, from: "${from}", to: "${to}", ${aKey()} })
     { id worker ground from to grantedBy grantedAt expiresAt expired } }`;
const report = (id: string, more = "") =>
  `{ workerReport(mandateId: "${id}" ${more}) { mandate { worker } edges { node { recordedAt familyId organisation } } pageInfo { hasNextPage endCursor } } }`;

interface Mandate {
  readonly id: string;
  readonly grantedAt: string;
  readonly expiresAt: string;
}
async function aMandate(worker = "lokalis.worker"): Promise<Mandate> {
  const { data, codes } = await ask(grant(worker));
  expect(codes).toEqual([]);
  return data?.["grantMandate"] as Mandate;
}

beforeAll(async () => {
  const look = (worker: string, familyId: string) => [
    aLook(worker, "WORKER", familyId, { source: "lokalis" }),
  ];
  const namesake = aLook("lokalis.worker", "GUARDIAN", "F-4", {
    source: "lokalis",
    organisation: aRequester("save.guardian", "GUARDIAN").organisation,
  });
  await plant(database, [
    { at: "2025-03-09T23:59:00+01:00", entries: look("lokalis.worker", "F-0") },
    { at: "2025-03-10T00:00:00+01:00", entries: look("lokalis.worker", "F-1") },
    { at: "2025-03-10T12:00:00+01:00", entries: look("lokalis.colleague", "F-2") },
    { at: "2025-03-11T12:00:00+01:00", entries: [namesake] },
    { at: "2025-03-11T23:59:00+01:00", entries: look("lokalis.worker", "F-3") },
    { at: "2025-03-12T00:00:00+01:00", entries: look("lokalis.worker", "F-5") },
  ]);
});

test("opens what the worker did in the period, newest first, and nothing of a namesake elsewhere", async () => {
  const mandate = await aMandate();
  expect(mandate).toMatchObject({
    worker: "lokalis.worker",
    ground: "COMPLAINT",
    grantedBy: OFFICER.worker,
    expired: false,
  });
  expect(Date.parse(mandate.expiresAt) - Date.parse(mandate.grantedAt)).toBe(30 * 86_400_000);
  const first = await ask(report(mandate.id, "first: 1"));
  const page = first.data?.["workerReport"] as { edges: unknown[]; pageInfo: { endCursor: string } };
  expect(page).toMatchObject({
    mandate: { worker: "lokalis.worker" },
    edges: [{ node: { familyId: "F-3", organisation: "lokalis" } }],
    pageInfo: { hasNextPage: true },
  });
  const second = await ask(report(mandate.id, `after: "${page.pageInfo.endCursor}"`));
  expect(second.data?.["workerReport"]).toMatchObject({
    edges: [{ node: { familyId: "F-1" } }],
    pageInfo: { hasNextPage: false },
  });
  const { rows } = await database.owner.query<{ by: string }>(
    "select used_by as by from access_log.mandate_use where mandate_id = $1",
    [mandate.id],
  );
  expect(rows).toEqual([{ by: OFFICER.worker }, { by: OFFICER.worker }]);
});

test("is refused once it has expired", async () => {
  const { id } = await aMandate();
  await database.owner.query(
    "update access_log.mandate set granted_at = granted_at - interval '30 days', expires_at = expires_at - interval '30 days' where id = $1",
    [id],
  );
  expect((await ask(report(id))).codes).toEqual(["MANDATE_EXPIRED"]);
  const { data } = await ask("{ mandates { id expired } }");
  expect(data?.["mandates"]).toContainEqual({ id, expired: true });
  const { rowCount } = await database.owner.query(
    "select from access_log.mandate_use where mandate_id = $1",
    [id],
  );
  expect(rowCount).toBe(0);
});

test("is of the own organisation only", async () => {
  const { id } = await aMandate();
  expect((await ask(report(id), OTHER_OFFICER)).codes).toEqual(["MANDATE_NOT_FOUND"]);
  expect((await ask(report(randomUUID()))).codes).toEqual(["MANDATE_NOT_FOUND"]);
  expect((await ask("{ mandates { id } }", OTHER_OFFICER)).data).toEqual({ mandates: [] });
});

test("is not about oneself: neither granted nor used", async () => {
  expect((await ask(grant(OFFICER.worker))).codes).toEqual(["ACCESS_DENIED"]);
  const colleague = aRequester("lokalis.second-officer", "PRIVACY_OFFICER");
  const { id } = await aMandate(colleague.worker);
  expect((await ask(report(id), colleague)).codes).toEqual(["ACCESS_DENIED"]);
});

test("is for privacy officers with a second factor", async () => {
  const { id } = await aMandate();
  for (const document of [grant("lokalis.colleague"), report(id), "{ mandates { id } }"]) {
    expect((await ask(document, WORKER)).codes).toEqual(["ACCESS_DENIED"]);
    expect((await ask(document, { ...OFFICER, secondFactor: false })).codes).toEqual([
      "SECOND_FACTOR_REQUIRED",
    ]);
  }
});

test.each([
  ["begins after its end", "2025-03-12", "2025-03-11"],
  ["ends in the future", "2025-03-12", addDays(today(), 1)],
  ["is longer than a year", "2024-01-01", "2025-01-01"],
])("is not granted for a period that %s", async (_, from, to) => {
  expect((await ask(grant("lokalis.worker", from, to))).codes).toEqual(["INPUT_INVALID"]);
});

test("is granted for a whole year, and once per key", async () => {
  const document = grant("lokalis.worker", "2024-01-01", "2024-12-31");
  const first = await ask(document);
  expect(first.codes).toEqual([]);
  expect(await ask(document)).toEqual(first);
});
