// A signal is raised once per cause, has a review with a term, and is on record in the log.

import { openReview } from "../../../shared/access-log/open-review";
import { raiseSignals } from "../../../shared/access-log/raise-signal";
import { SchakelError } from "../../../shared/kernel/errors";
import { today, toPlainDate } from "../../../shared/kernel/plain-date";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { aLook, plant } from "../../kit/planted-log";
import { aSignal, positions, withReviews } from "./arrange-reviews";

const reviews = withReviews();
const { database, raise, ownEntries } = reviews;

const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await database.owner.query<Row>(text, values)).rows;
const countOf = async (table: string): Promise<number> =>
  (await query<{ count: number }>(`select count(*)::int as count from access_log.${table}`))[0]?.count ?? 0;
const entriesOf = (reviewId: string) =>
  query<{ kind: string; position: string }>(
    "select kind, position from access_log.review_entry where review_id = $1 order by kind, position",
    [reviewId],
  );

beforeAll(async () => {
  const at = (minute: number) => `2025-03-10T10:${String(minute).padStart(2, "0")}:00+01:00`;
  await plant(
    database,
    Array.from({ length: 6 }, (_, n) => ({
      at: at(n),
      entries: [aLook("lokalis.worker", "WORKER", `F-${n + 1}`)],
    })),
  );
});

test("gets a review that is due in five working days, and an entry in the log that names both", async () => {
  const [raised] = await raise(aSignal({ happenedOn: toPlainDate("2024-02-01") }));
  const [review] = await query("select * from access_log.review where id = $1", [raised?.reviewId]);
  expect(review).toMatchObject({
    organisation: "lokalis",
    origin: "SIGNAL",
    worker: "lokalis.worker",
    employer: "lokalis",
    state: "OPEN",
    due_on: addWorkingDays(today(), 5),
  });
  expect(
    await query("select action, worker from access_log.review_event where review_id = $1", [
      raised?.reviewId,
    ]),
  ).toEqual([{ action: "OPENED", worker: "hub.keeper" }]);
  expect((await ownEntries()).at(-1)).toEqual({
    operation: "raiseSignal",
    reliedOn: [`SIGNAL:${raised?.id}`, `REVIEW:${raised?.reviewId}`],
  });
});

test("is raised once, also by several at the same moment", async () => {
  const signals = [
    aSignal({ happenedOn: toPlainDate("2024-02-02") }),
    aSignal({ happenedOn: toPlainDate("2024-02-03") }),
  ];
  const before = await countOf("signal");
  const raised = await Promise.all([raise(...signals), raise(...signals), raise(...signals)]);
  expect(raised.flat()).toHaveLength(2);
  expect(await raise(...signals)).toEqual([]);
  expect(await countOf("signal")).toBe(before + 2);
});

test("comes to the open review of the same worker and day, and to no other", async () => {
  const day = toPlainDate("2024-02-05");
  const [first] = await raise(aSignal({ happenedOn: day }));
  const again = await raise(
    aSignal({ happenedOn: day, kind: "EMERGENCY" }),
    aSignal({ happenedOn: day, worker: "lokalis.colleague" }),
    aSignal({ happenedOn: toPlainDate("2024-02-06") }),
    aSignal({ happenedOn: day, organisation: "save", employer: "lokalis" }),
    aSignal({ happenedOn: day, worker: null, workerFunction: null, kind: "RECONCILIATION_DIFFERENCE" }),
  );
  const ids = again.map(({ reviewId }) => reviewId);
  expect(ids[0]).toBe(first?.reviewId);
  expect(new Set(ids).size).toBe(5);
  expect(
    await query("select action from access_log.review_event where review_id = $1 order by version", [ids[0]]),
  ).toEqual([{ action: "OPENED" }, { action: "SIGNAL_ADDED" }]);
});

test("shows an entry once: what comes later joins the open review, and is a signal of its own once that is signed off", async () => {
  const [one, two, three, four] = await positions(database);
  if (!one || !two || !three || !four) throw new Error("The log was not planted.");
  const signal = aSignal({ happenedOn: toPlainDate("2025-03-10"), entries: [one, two] });
  const [raised] = await raise(signal);
  expect(await raise({ ...signal, entries: [one, two, three] })).toEqual([]);
  expect(await entriesOf(raised?.reviewId ?? "")).toHaveLength(3);
  // The same entries under another cause are not new either.
  expect(await raise(aSignal({ happenedOn: signal.happenedOn, entries: [two, three] }))).toEqual([]);

  await query(
    "update access_log.review set state = 'SIGNED_OFF', outcome = 'IN_ORDER', signed_off_at = clock_timestamp(), signed_off_by = 'x' where id = $1",
    [raised?.reviewId],
  );
  const [later] = await raise({ ...signal, entries: [one, two, three, four] });
  expect(later?.reviewId).not.toBe(raised?.reviewId);
  expect(await entriesOf(later?.reviewId ?? "")).toEqual([
    { kind: "OWN_FAMILY", position: String(four.position) },
  ]);
  expect(await raise({ ...signal, entries: [one, two, three, four] })).toEqual([]);
});

test("is not there when the log cannot be written", async () => {
  const before = [await countOf("signal"), await countOf("review")];
  const accessLog = { write: () => Promise.reject(new SchakelError("LOG_UNAVAILABLE")) };
  await expect(
    raiseSignals({ pool: database.pool, accessLog }, [aSignal({ happenedOn: toPlainDate("2024-02-09") })]),
  ).rejects.toThrow(new SchakelError("LOG_UNAVAILABLE"));
  expect([await countOf("signal"), await countOf("review")]).toEqual(before);
});

test("the working role can add to what is there and change nothing but how a review stands", async () => {
  const reviewId = await reviews.aReview();
  for (const statement of [
    "update access_log.review set worker = 'x'",
    "update access_log.review set due_on = '2099-01-01'",
    "delete from access_log.review",
    "update access_log.review_event set words = null",
    "delete from access_log.review_event",
    "update access_log.signal set kind = 'VOLUME'",
    "delete from access_log.signal",
    "delete from access_log.review_entry",
    "update access_log.mandate set expires_at = expires_at",
    "delete from access_log.mandate_use",
    "delete from access_log.own_relation",
    "delete from access_log.working_hours",
    "update access_log.month_count set amount = 1",
    "truncate access_log.review cascade",
  ]) {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
  await database.pool.query("update access_log.review set state = 'ASKED' where id = $1", [reviewId]);
});

test("a review cannot be opened twice for one cause", async () => {
  const review = {
    ...aSignal(),
    origin: "SAMPLE",
    kind: "SAMPLE",
    cause: "WEEK:2024-W06:x",
  } as const;
  expect(await openReview(database.pool, review)).toEqual(expect.any(String));
  expect(await openReview(database.pool, review)).toBeUndefined();
});
