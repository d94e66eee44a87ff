// The delivery record as a file: a line per subject, on disk when it resolves, by day, kept for its term, whole after a crash.

import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NewDeliveryLine } from "../../../shared/subgraph-kit/deliveries/delivery-line";
import {
  KEEP_DAYS,
  openDeliveryRecord,
  type DeliveryRecord,
} from "../../../shared/subgraph-kit/deliveries/delivery-record";
import { readDeliveries } from "../../../shared/subgraph-kit/deliveries/read-deliveries";

let directory: string;
let record: DeliveryRecord | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "schakel-deliveries-"));
});
afterEach(async () => {
  await record?.close();
  record = undefined;
  rmSync(directory, { recursive: true });
});

const line = (change: Partial<NewDeliveryLine> = {}): NewDeliveryLine => ({
  outcome: "DELIVERED",
  traceId: "0af7651916cd43dd8448eb211c80319c",
  subjectType: "FAMILY",
  subjectId: "OVV-06",
  delivered: ["CARE_PLAN"],
  refused: [],
  worker: "lokalis.worker",
  organisation: "lokalis",
  workerFunction: "WORKER",
  purpose: "CARE",
  code: null,
  times: 1,
  ...change,
});
const fileOf = (day: string): string => join(directory, "save", `${day}.jsonl`);
const open = async (...moments: string[]): Promise<DeliveryRecord> => {
  const clock = moments.length > 0 ? { now: () => new Date(moments[0] ?? 0) } : {};
  record = await openDeliveryRecord({ directory, organisation: "save", ...clock });
  return record;
};
const readAll = async (from = "2000-01-01T00:00:00.000Z", to = "2100-01-01T00:00:00.000Z") => {
  const lines = [];
  for await (const one of readDeliveries(directory, "save", { from, to })) lines.push(one);
  return lines;
};

test("has a line on disk when it resolves, with the moment of the source", async () => {
  const opened = await open("2026-06-12T08:30:00.000Z");
  await opened.append([line(), line({ subjectType: "PERSON", subjectId: "OVV-06-1" })]);
  const text = readFileSync(fileOf("2026-06-12"), "utf8");
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((one) => JSON.parse(one) as unknown),
  ).toEqual([
    { at: "2026-06-12T08:30:00.000Z", ...line() },
    { at: "2026-06-12T08:30:00.000Z", ...line({ subjectType: "PERSON", subjectId: "OVV-06-1" }) },
  ]);
});

test("keeps every line of requests that come at the same time, each whole", async () => {
  const opened = await open("2026-06-12T08:30:00.000Z");
  await Promise.all(Array.from({ length: 500 }, (_, n) => opened.append([line({ subjectId: `OVV-${n}` })])));
  const subjects = (await readAll()).map((one) => one?.subjectId);
  expect(new Set(subjects)).toEqual(new Set(Array.from({ length: 500 }, (_, n) => `OVV-${n}`)));
  expect(subjects).toHaveLength(500);
});

test("begins a file when the day begins, in UTC, and reads over days in order", async () => {
  const moments = ["2026-06-12T23:59:59.999Z", "2026-06-13T00:00:00.000Z"];
  for (const moment of moments) {
    const opened = await open(moment);
    await opened.append([line()]);
    await opened.close();
  }
  expect(existsSync(fileOf("2026-06-13"))).toBe(true);
  expect((await readAll()).map((one) => one?.at)).toEqual(moments);
  expect((await readAll(moments[1])).map((one) => one?.at)).toEqual(moments.slice(1));
  expect((await readAll(undefined, moments[1])).map((one) => one?.at)).toEqual(moments.slice(0, 1));
});

test("removes what is older than its term, and nothing else", async () => {
  const first = await open("2026-06-12T08:00:00.000Z");
  await first.append([line()]);
  await first.close();
  writeFileSync(join(directory, "save", "notes.txt"), "not a day");
  const day = 24 * 60 * 60 * 1_000;
  const after = (days: number): string =>
    new Date(Date.parse("2026-06-12T08:00:00Z") + days * day).toISOString();
  await (await open(after(KEEP_DAYS))).close();
  expect(existsSync(fileOf("2026-06-12"))).toBe(true);
  await (await open(after(KEEP_DAYS + 1))).close();
  expect(existsSync(fileOf("2026-06-12"))).toBe(false);
  expect(existsSync(join(directory, "save", "notes.txt"))).toBe(true);
});

test("a line that a crash cut off is told as unreadable, and costs the next one nothing", async () => {
  const first = await open("2026-06-12T08:00:00.000Z");
  await first.append([line({ subjectId: "OVV-01" })]);
  await first.close();
  appendFileSync(fileOf("2026-06-12"), '{"at":"2026-06-12T08:00:01.000Z","outcome":"DELIV');
  const second = await open("2026-06-12T08:00:02.000Z");
  await second.append([line({ subjectId: "OVV-02" })]);
  expect((await readAll()).map((one) => one?.subjectId ?? one)).toEqual(["OVV-01", null, "OVV-02"]);
});

test("what cannot be written is refused, and what comes after can be written again", async () => {
  const opened = await open("2026-06-12T08:00:00.000Z");
  rmSync(join(directory, "save"), { recursive: true });
  writeFileSync(join(directory, "save"), "in the way");
  await expect(opened.append([line()])).rejects.toMatchObject({ code: "ENOTDIR" });
  rmSync(join(directory, "save"));
  await expect(opened.append([line()])).rejects.toMatchObject({ code: "ENOENT" });
  await (await open("2026-06-12T08:00:00.000Z")).append([line()]);
  expect(await readAll()).toHaveLength(1);
});

test("an organisation that has no record has no lines", async () => {
  expect(await readAll()).toEqual([]);
});
