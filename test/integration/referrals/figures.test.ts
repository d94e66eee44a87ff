// Figures for managers: what they count, that ten is the least that is told, and that no two questions differ by one.

import { randomUUID } from "node:crypto";
import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { findFigures, type Figures } from "../../../subgraphs/referrals/source/figures";
import { inTens } from "../../../subgraphs/referrals/source/overview";
import { closedQuarter } from "../../../subgraphs/referrals/source/quarter";
import { withDatabase } from "../../kit/database";
import { aGrant } from "../../kit/requesters";
import { arrangeFamily } from "./arrange";
import { arrangeMoments, unguarded as unguardedIn, type Arranged } from "./arrange-figures";

const database = withDatabase();
const QUARTER = closedQuarter("2026-Q1");
const QUEUES = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"];

const figures = (
  workerFunction: WorkerFunction = "POLICY_STAFF",
  purpose: Purpose = "OVERSIGHT",
): Promise<Figures> =>
  findFigures(
    database.pool,
    aGrant(
      {
        worker: toWorkerId("municipality.someone"),
        organisation: toOrganisationCode("municipality"),
        kind: "MUNICIPALITY",
        legalEntity: "municipality",
        workerFunction,
      },
      purpose,
    ),
    QUARTER,
    QUEUES,
  );

const arrange = (what: Arranged = {}) => arrangeMoments(database, what);
const unguarded = (statement: string, values: unknown[] = []) => unguardedIn(database, statement, values);
const many = async (times: number, make: (index: number) => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < times; index += 1) await make(index);
};
const named = <T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined =>
  list.find((one) => one.name === name);

beforeEach(async () => {
  // History stays (append-only); of a referral that is not there it counts for nothing.
  for (const table of ["referral_deadline", "consultation", "referral", "assignment"]) {
    await unguarded(`delete from hub.${table}`);
  }
});

describe("counts", () => {
  test.each([
    [0, null],
    [1, null],
    [9, null],
    [10, 10],
    [19, 10],
    [20, 20],
    [21, 20],
  ])("of %d are told as %j", (count, told) => {
    expect(inTens(count)).toBe(told);
  });

  test("of one, nine and none look alike: all of the answer, not only the number", async () => {
    const none = await figures();
    await arrange({ accepted: "2026-02-03T10:00:00Z", mode: "TRANSFER" });
    expect(await figures()).toEqual(none);
    await many(8, () => arrange({ accepted: "2026-02-03T10:00:00Z", mode: "TRANSFER" }));
    expect(await figures()).toEqual(none);
  });

  test("tell nothing by their difference: one more makes none", async () => {
    await many(12, () => arrange());
    const twelve = await figures();
    await arrange();
    expect(await figures()).toEqual(twelve);
  });

  test("of a quarter do not change by what happens after it", async () => {
    await many(12, () => arrange({ accepted: "2026-03-20T10:00:00Z" }));
    const open: string[] = [];
    await many(12, async () => open.push((await arrange({ sent: "2026-03-01T10:00:00Z" })).id));
    const then = await figures();
    await many(30, () => arrange({ sent: "2026-04-01T10:00:00Z", accepted: "2026-04-02T10:00:00Z" }));
    for (const id of open) {
      await unguarded(
        `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, organisation, worker,
           owner_organisation, receiver_organisation, at)
         values ($1, 2, 'accept', 'RECEIVED', 'ACCEPTED', 'RECEIVER', 'save', 'save.worker', 'save', 'save',
           '2026-05-01T10:00:00Z')`,
        [id],
      );
    }
    expect(await figures()).toEqual(then);
  });
});

test("joins against transfers, by the day in the Netherlands", async () => {
  await many(11, () => arrange({ sent: "2025-12-31T23:30:00Z" }));
  await many(10, () => arrange({ mode: "TRANSFER", sent: "2026-03-31T21:30:00Z" }));
  await many(10, () => arrange({ mode: "TRANSFER", sent: "2026-03-31T22:30:00Z" }));
  const { sent } = await figures();
  expect(sent).toEqual([
    { name: "JOIN", count: 10 },
    { name: "TRANSFER", count: 10 },
  ]);
});

test("waiting per queue: from receipt to acceptance, half of them no longer", async () => {
  await many(11, (index) =>
    arrange({
      sent: "2026-02-01T10:00:00Z",
      accepted: `2026-02-${String(2 + index).padStart(2, "0")}T10:00:00Z`,
    }),
  );
  expect(named((await figures()).waitingPerQueue, "save")).toEqual({
    name: "save",
    count: 10,
    medianDays: 6,
  });
  expect(named((await figures()).waitingPerQueue, "wss")).toEqual({
    name: "wss",
    count: null,
    medianDays: null,
  });
});

test("waiting per family: what overlaps once, what lies outside the quarter not", async () => {
  await many(10, async () => {
    const { familyId } = await arrange({
      sent: "2025-12-01T10:00:00Z",
      accepted: "2026-01-11T00:00:00+01:00",
    });
    await arrange({ familyId, sent: "2026-01-05T00:00:00+01:00", accepted: "2026-01-16T00:00:00+01:00" });
    // A question is no wait for the family.
    await arrange({ familyId, type: "CASE_INFORMATION", sent: "2026-02-01T10:00:00Z" });
  });
  expect((await figures()).waitingPerFamily).toEqual({ name: "FAMILY", count: 10, medianDays: 15 });
});

test("hand-overs per family", async () => {
  await many(10, async () => {
    const { familyId } = await arrange({
      mode: "TRANSFER",
      sent: "2025-10-01T10:00:00Z",
      accepted: "2025-10-02T10:00:00Z",
    });
    await arrange({ familyId, mode: "TRANSFER", accepted: "2026-02-10T10:00:00Z" });
    await arrange({
      familyId,
      mode: "TRANSFER",
      sent: "2026-04-02T10:00:00Z",
      accepted: "2026-04-03T10:00:00Z",
    });
  });
  await many(10, () =>
    arrange({ mode: "TRANSFER", sent: "2025-10-01T10:00:00Z", accepted: "2025-10-02T10:00:00Z" }),
  );
  await many(20, () => arrange({ mode: "TRANSFER", accepted: "2026-02-10T10:00:00Z" }));
  expect((await figures()).handOversPerFamily).toEqual([
    { name: "1", count: 20 },
    { name: "2", count: 10 },
    { name: "3 OR MORE", count: null },
  ]);
});

test("objections that used to be bounces, and the rounds that they took", async () => {
  await many(12, async (index) => {
    const { id } = await arrange();
    await unguarded(
      `insert into hub.consultation (id, referral_id, reason_code, opened_by_organisation, opened_by_worker,
         proposal_organisation, third_organisation, opened_at, due_at, state, outcome, owner_organisation,
         resolved_by_organisation, resolved_by_worker, resolved_at)
       values ($1, $2, 'TASK_OF_ANOTHER', 'save', 'save.worker', 'wss', 'wss', '2026-02-03', '2026-02-08', 'RESOLVED',
         $3, 'wss', 'save', 'save.worker', '2026-02-05')`,
      [randomUUID(), id, index < 10 ? "ASSIGN" : "MERGE"],
    );
  });
  const { objections, rounds } = await figures();
  expect(named(objections, "TASK_OF_ANOTHER")?.count).toBe(10);
  expect(named(objections, "ANOTHER_INVOLVED")?.count).toBeNull();
  expect(named(rounds, "ASSIGN")?.count).toBe(10);
  expect(named(rounds, "MERGE")?.count).toBeNull();
});

test("norms kept and broken, by the day on which they ended", async () => {
  const term = async (met: string | null, due = "2026-02-10T10:00:00Z"): Promise<unknown> => {
    const { id } = await arrange();
    return unguarded(
      `insert into hub.referral_deadline (referral_id, kind, version, organisation, starts_at, warn_at, due_at, met_at,
         escalated_at)
       values ($1, 'DECIDE', 1, 'save', '2026-02-01', '2026-02-05', $2, $3::timestamptz,
         case when $3 is null then $2::timestamptz end)`,
      [id, due, met],
    );
  };
  await many(20, () => term("2026-02-09T10:00:00Z"));
  await many(6, () => term("2026-02-11T10:00:00Z"));
  await many(4, () => term(null));
  await many(10, () => term("2026-04-02T10:00:00Z", "2026-04-03T10:00:00Z"));
  expect(named((await figures()).norms, "DECIDE")).toEqual({ name: "DECIDE", kept: 20, broken: 10 });
  expect(named((await figures()).norms, "CONSULT")).toEqual({ name: "CONSULT", kept: null, broken: null });
});

test("time until the board's inquiry starts", async () => {
  await many(10, () =>
    arrange({
      type: "INQUIRY_REQUEST",
      sent: "2025-06-01T10:00:00Z",
      accepted: "2025-07-01T10:00:00Z",
      started: "2026-03-01T10:00:00Z",
    }),
  );
  expect((await figures()).untilInquiry).toEqual([
    { name: "INQUIRY_REQUEST", count: 10, medianDays: 273 },
    { name: "URGENT_INQUIRY_REQUEST", count: null, medianDays: null },
  ]);
});

test("distinct workers per family", async () => {
  const assign = (familyId: string, workers: readonly string[]) =>
    Promise.all(
      workers.map((workerId) =>
        unguarded(
          `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on, until_on)
           values ($1, $2, 'save', $3, 'ASSIGNED', '2025-05-01', '2026-01-01')`,
          [randomUUID(), familyId, workerId],
        ),
      ),
    );
  await many(10, async () => assign(await arrangeFamily(database.pool), ["a", "a", "b"]));
  await many(10, async () => assign(await arrangeFamily(database.pool), ["a", "b", "c", "d", "e", "f"]));
  expect((await figures()).workersPerFamily).toEqual([
    { name: "1 OR 2", count: 10 },
    { name: "3 TO 5", count: null },
    { name: "6 OR MORE", count: 10 },
  ]);
});

test.each<[WorkerFunction, Purpose]>([
  ["WORKER", "OVERSIGHT"],
  ["PRIVACY_OFFICER", "OVERSIGHT"],
  ["OPERATOR", "OVERSIGHT"],
  ["POLICY_STAFF", "REFERRAL"],
  ["PROCESS_LEAD", "CARE"],
])("are not for a %s, for %s", async (workerFunction, purpose) => {
  await expect(figures(workerFunction, purpose)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
});

test("are the same for the process lead as for policy staff", async () => {
  await many(10, () => arrange());
  expect(await figures("PROCESS_LEAD")).toEqual(await figures("POLICY_STAFF"));
});
