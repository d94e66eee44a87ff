// What the queue is not used for: it says when to look, never how things are, and no clock of its own decides anything.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** Words of BullMQ that stand for what was seen to go wrong, and why they are kept out. */
const KEPT_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bQueueEvents\b/, "events are lost while nobody listens; how things are stands in PostgreSQL"],
  [/\bwaitUntilFinished\b/, "it waits for an event that may be lost"],
  [
    /\bmoveToDelayed\b/,
    "from within a processor, with two workers on PostgreSQL, it can complete a job silently",
  ],
  [/\brepeat\s*:|\bupsertJobScheduler\b/, "schedules are read from PostgreSQL, by its clock"],
  [/\bdelay\s*:/, "a delay counts from the clock of who adds the job, not from that of the database"],
];

const sources = ["shared", "subgraphs", "gateway"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name)),
);
const usersOfBullMq = sources.filter((file) => /from "bullmq"/.test(readFileSync(file, "utf8")));

test("BullMQ is used in shared/queue alone", () => {
  expect(usersOfBullMq.length).toBeGreaterThan(0);
  for (const file of usersOfBullMq) expect(file).toContain(join("shared", "queue"));
});

test.each(KEPT_OUT)("nothing uses %s: %s", (word) => {
  expect(usersOfBullMq.filter((file) => word.test(readFileSync(file, "utf8")))).toEqual([]);
});
