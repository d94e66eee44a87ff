// The generic report of a month: large numbers as they are, small ones in a sum, never another answer for the same month.

import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import type { Purpose } from "../../../shared/kernel/codes";
import { toPlainDate, today } from "../../../shared/kernel/plain-date";
import { aLook, plant, type PlantedRequest } from "../../kit/planted-log";
import { runLogCommand } from "../../kit/log-command";
import { aSignal, given, OFFICER, OTHER_OFFICER, withReviews, WORKER } from "./arrange-reviews";

const { database, ask, raise } = withReviews();

/** So many requests by three workers of Lokalis, each about three people. */
function requests(
  count: number,
  at: string,
  purpose: Purpose,
  change: Partial<NewAccessLogEntry> = {},
): PlantedRequest[] {
  return Array.from({ length: count }, (_, n) => ({
    at,
    entries: ["F-1", "F-2", "F-3"].map((id) =>
      aLook(`lokalis.worker-${n % 3}`, "WORKER", id, { purpose, ...change }),
    ),
  }));
}

const REFUSED = { outcome: "REFUSED", categoriesDelivered: [] } as const;

beforeAll(async () => {
  await plant(database, [
    ...requests(3, "2025-02-28T23:59:00+01:00", "CARE"),
    ...requests(14, "2025-03-01T00:00:00+01:00", "CARE"),
    ...requests(12, "2025-03-10T10:00:00+01:00", "REFERRAL"),
    ...requests(4, "2025-03-11T10:00:00+01:00", "CONSULT", REFUSED),
    { at: "2025-03-12T10:00:00+01:00", entries: [aLook("save.guardian", "GUARDIAN", "F-1")] },
    ...requests(5, "2025-04-01T00:00:00+02:00", "CARE"),
  ]);
}, 120_000);

const report = (month: string) =>
  `{ oversightReport(month: "${month}") { month organisations { organisation uses { key count } outcomes { key count } signals { key count } reviews { key count } } } }`;
interface Report {
  readonly organisations: readonly { readonly organisation: string }[];
}
async function reported(month: string, organisation: string, requester = OFFICER): Promise<unknown> {
  const { data, codes } = await ask(report(month), requester);
  expect(codes).toEqual([]);
  return (given(data, "oversightReport") as Report).organisations.find(
    (one) => one.organisation === organisation,
  );
}

test("counts requests, not entries, within the month of the Netherlands; too small is in a sum", async () => {
  expect(await reported("2025-03", "lokalis")).toEqual({
    organisation: "lokalis",
    uses: [
      { key: "WORKER CARE", count: 14 },
      { key: "OTHER", count: 16 },
    ],
    outcomes: [{ key: "OTHER", count: 30 }],
    signals: [],
    reviews: [],
  });
});

test("says nothing of an organisation with too little, and of none at all that there was none", async () => {
  expect(await reported("2025-03", "save")).toMatchObject({ uses: null, outcomes: null });
  expect(await reported("2025-03", "wss")).toMatchObject({ uses: [], outcomes: [] });
});

test("gives every officer the same, also after what it counts has changed", async () => {
  const before = await reported("2025-03", "lokalis");
  const signals = Array.from({ length: 12 }, (_, n) =>
    aSignal({ worker: `lokalis.worker-${n % 3}`, happenedOn: toPlainDate(`2025-03-${n + 10}`) }),
  );
  await raise(...signals);
  await database.owner.query("update access_log.signal set raised_at = '2025-03-20T12:00+01'");
  expect(await reported("2025-03", "lokalis")).toEqual(before);
  expect(await reported("2025-03", "lokalis", OTHER_OFFICER)).toEqual(before);
});

test("counts signals by kind, and reviews that were due by how they stood at the end of the month", async () => {
  await database.owner.query("update access_log.signal set raised_at = '2025-02-20T12:00+01'");
  await database.owner.query(
    "update access_log.review set opened_at = '2025-02-01T12:00+01', due_on = '2025-02-20'",
  );
  await database.owner.query(
    `update access_log.review set state = 'SIGNED_OFF', outcome = 'IN_ORDER', signed_off_by = 'x', signed_off_at =
       case when happened_on = '2025-03-10' then '2025-02-21T00:00+01'::timestamptz else '2025-02-20T23:59+01' end
     where happened_on < '2025-03-21'`,
  );
  expect(await reported("2025-02", "lokalis")).toMatchObject({
    signals: [{ key: "OWN_FAMILY", count: 12 }],
    // 1 overdue, 1 late, 10 in time.
    reviews: [{ key: "OTHER", count: 12 }],
  });
});

test.each(["2025-13", "2025", "next", today().slice(0, 7), "2099-01"])("is not made of %s", async (month) => {
  expect((await ask(report(month))).codes).toEqual(["INPUT_INVALID"]);
});

test("is for privacy officers with a second factor", async () => {
  expect((await ask(report("2025-03"), WORKER)).codes).toEqual(["ACCESS_DENIED"]);
  expect((await ask(report("2025-03"), { ...OFFICER, secondFactor: false })).codes).toEqual([
    "SECOND_FACTOR_REQUIRED",
  ]);
});

test("npm run log -- monthly-report prints it, and signals looks through the log", async () => {
  const env = { DATABASE_URL: database.workingUrl };
  const printed = await runLogCommand(["monthly-report", "--month", "2025-03"], env);
  expect(printed).toMatchObject({ code: 0, err: "" });
  expect(printed.out).toContain("Requests about people: WORKER CARE 14, OTHER 16");
  expect(printed.out).not.toContain("lokalis.worker");
  expect((await runLogCommand(["monthly-report", "--month", "2099-01"], env)).code).toBe(2);

  const found = await runLogCommand(["signals", "--from", "2025-02-28", "--to", "2025-03-02"], env);
  expect(found).toMatchObject({ code: 0, err: "" });
  // A Friday just before midnight and a Saturday, by three workers without an assignment.
  expect(found.out.match(/^lokalis: OUTSIDE_WORKING_HOURS on 2025-0(2-28|3-01), review /gm)).toHaveLength(6);
  expect(found.out).not.toMatch(/lokalis\.worker|F-1/);
  expect((await runLogCommand(["signals", "--from", "2025-02-28", "--to", "2025-03-02"], env)).out).toBe(
    "0 signals raised.\n",
  );
  const { rows } = await database.owner.query<{ operation: string; worker: string }>(
    "select operation, worker from access_log.entry where operation in ('signals', 'monthly-report') order by position",
  );
  expect(rows).toEqual(
    ["monthly-report", "signals", "signals"].map((operation) => ({ operation, worker: "hub.operator" })),
  );
});
