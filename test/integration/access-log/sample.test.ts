// The weekly sample: ten accesses or one in a hundred, the same for whoever draws it, each a review.

import { createHash } from "node:crypto";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { today } from "../../../shared/kernel/plain-date";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { drawSample, sampleOf } from "../../../subgraphs/access-log/source/review/draw-sample";
import { weeksEndedIn } from "../../../subgraphs/access-log/source/signals/stretch";
import { buildLog, inThePast } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { aLook, plant } from "../../kit/planted-log";

const database = withDatabase();
const [WEEK] = weeksEndedIn({ from: new Date("2025-03-10T12:00Z"), to: new Date("2025-03-20T12:00Z") });
const [NEXT_WEEK] = weeksEndedIn({ from: new Date("2025-03-17T12:00Z"), to: new Date("2025-03-27T12:00Z") });
const deps = () => ({ pool: database.pool, accessLog: createAccessLogWriter(database.pool) });
const week = () => {
  if (!WEEK || !NEXT_WEEK) throw new Error("No week.");
  return { thisOne: WEEK, next: NEXT_WEEK };
};
const secondsAgo = (moment: string): string => `${(Date.now() - Date.parse(moment)) / 1_000} seconds`;

beforeAll(async () => {
  // A request of Lokalis about three at two sources; one of SAVE; one in the week before and one in the week after.
  const view = ["save", "rvdk"].flatMap((source) =>
    ["F-1", "F-2", "F-3"].map((id) => aLook("lokalis.worker", "WORKER", id, { source })),
  );
  await plant(database, [
    { at: "2025-03-09T23:59:00+01:00", entries: [aLook("lokalis.worker", "WORKER", "F-1")] },
    { at: "2025-03-10T00:01:00+01:00", entries: view },
    { at: "2025-03-11T10:00:00+01:00", entries: [aLook("save.guardian", "GUARDIAN", "F-1")] },
    { at: "2025-03-16T23:59:00+01:00", entries: [aLook("lokalis.colleague", "WORKER", "F-9")] },
  ]);
  // Many requests of one entry each.
  await inThePast(database.owner, secondsAgo("2025-03-18T10:00:00+01:00"), () =>
    buildLog(database.pool, 1_300, 1),
  );
}, 120_000);

test("names a week as ISO 8601 does", () => {
  expect(week().thisOne).toEqual({ name: "2025-W11", monday: "2025-03-10", nextMonday: "2025-03-17" });
  const turn = weeksEndedIn({ from: new Date("2026-12-28T12:00Z"), to: new Date("2027-01-11T12:00Z") });
  expect(turn.map(({ name }) => name)).toEqual(["2026-W53", "2027-W01"]);
});

test("is all of a quiet week, each request once and whole, of the own workers only", async () => {
  const sample = await sampleOf(database.pool, "lokalis", week().thisOne);
  expect(sample.map(({ worker, day, entries }) => `${worker} ${day} ${entries.length}`).toSorted()).toEqual([
    "lokalis.colleague 2025-03-16 1",
    "lokalis.worker 2025-03-10 6",
  ]);
});

test("is one in a hundred of a busy week, drawn by the hash that is described", async () => {
  const { next } = week();
  const sample = await sampleOf(database.pool, "lokalis", next);
  const { rows } = await database.owner.query<{ id: string }>(
    "select id from access_log.entry where recorded_at >= '2025-03-17T00:00+01' and recorded_at < '2025-03-24T00:00+01' and organisation = 'lokalis'",
  );
  const places = rows
    .map(({ id }) => ({ id, hash: createHash("sha256").update(`2025-W12:lokalis:${id}`).digest("hex") }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  expect(rows).toHaveLength(1_300);
  expect(sample.map(({ id }) => id)).toEqual(places.slice(0, 13).map(({ id }) => id));
  expect(await sampleOf(database.pool, "lokalis", next)).toEqual(sample);
});

test("becomes reviews once, due in ten working days, on record in the log", async () => {
  const { thisOne } = week();
  expect(await drawSample(deps(), "lokalis", thisOne)).toBe(2);
  expect(await drawSample(deps(), "lokalis", thisOne)).toBe(0);
  expect(await drawSample(deps(), "wss", thisOne)).toBe(0);
  const { rows } = await database.owner.query<{ id: string; due: string; entries: number }>(
    `select r.id, r.due_on as due, (select count(*)::int from access_log.review_entry e where e.review_id = r.id) as entries
     from access_log.review r where origin = 'SAMPLE' and organisation = 'lokalis' order by entries`,
  );
  const due = addWorkingDays(today(), 10);
  expect(rows.map(({ due: on, entries }) => [on, entries])).toEqual([
    [due, 1],
    [due, 6],
  ]);
  const log = await database.owner.query<{ relied: string[] }>(
    "select relied_on as relied from access_log.entry where operation = 'drawSample'",
  );
  expect(log.rows).toHaveLength(1);
  expect(log.rows[0]?.relied.toSorted()).toEqual(
    ["WEEK:2025-W11", ...rows.map(({ id }) => `REVIEW:${id}`)].toSorted(),
  );
});
