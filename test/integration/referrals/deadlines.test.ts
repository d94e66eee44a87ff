// Deadlines follow from the history of a referral, are told once, and end with the step that they ask for.

import { randomUUID } from "node:crypto";
import { addDays, today, toPlainDate } from "../../../shared/kernel/plain-date";
import { addWorkingDays, previousWorkingDay } from "../../../shared/kernel/working-days";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import {
  acceptReferral,
  requestInformation,
  startReferral,
  supplementReferral,
  waitlistReferral,
  withdrawReferral,
} from "../../../subgraphs/referrals/source/decide";
import { relayDeadlines, type Due } from "../../../subgraphs/referrals/source/deadlines/clock";
import { readClockHealth } from "../../../subgraphs/referrals/source/deadlines/clock-health";
import { fireDeadline } from "../../../subgraphs/referrals/source/deadlines/fire";
import type { DeadlineKind } from "../../../subgraphs/referrals/source/deadlines/norms";
import { deriveAllDeadlines } from "../../../subgraphs/referrals/source/deadlines/set-deadlines";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, newReferral, REGION, SILENT, worker } from "./arrange";
import { clockTasks, deadlinesOf, letPass } from "./clocks";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const fire = (referralId: string, kind: DeadlineKind, version: number): Promise<void> =>
  fireDeadline({ pool: database.pool, region: REGION, log: SILENT }, { referralId, kind, version });
const day = today();

describe("the deadlines of a referral", () => {
  test("are set with each step, and met by the next", async () => {
    const { id } = await arrangeReceived(stores());
    expect(await deadlinesOf(database, id)).toEqual([
      expect.objectContaining({ kind: "DELIVER", version: 1, organisation: "lokalis", met: true }),
      {
        kind: "DECIDE",
        version: 2,
        organisation: "save",
        startsOn: day,
        warnOn: addWorkingDays(day, 4),
        dueOn: addWorkingDays(day, 5),
        met: false,
        warned: false,
        escalated: false,
      },
    ]);
    await acceptReferral(stores(), receiver, { referralId: id, ...key() });
    await startReferral(stores(), receiver, { referralId: id, ...key() });
    const met = (await deadlinesOf(database, id)).map(({ kind, met: isMet }) => [kind, isMet]);
    expect(met).toEqual([
      ["DELIVER", true],
      ["DECIDE", true],
      ["START", true],
    ]);
  });

  test("run on while information is asked for, with one for the sender beside it", async () => {
    const { id } = await arrangeReceived(stores());
    const before = (await deadlinesOf(database, id)).find(({ kind }) => kind === "DECIDE");
    await requestInformation(stores(), receiver, { referralId: id, items: ["FAMILY_PLAN"], ...key() });
    await supplementReferral(stores(), sender, { referralId: id, items: ["FAMILY_PLAN"], ...key() });
    await requestInformation(stores(), receiver, { referralId: id, items: ["FAMILY_VIEW"], ...key() });
    const rows = await deadlinesOf(database, id);
    expect(rows.filter(({ kind }) => kind === "DECIDE")).toEqual([before]);
    expect(rows.filter(({ kind }) => kind === "SUPPLEMENT")).toMatchObject([
      { version: 3, organisation: "lokalis", met: true, dueOn: addWorkingDays(day, 2) },
      { version: 5, organisation: "lokalis", met: false },
    ]);
  });

  test("give the one that a consultation assigns to a norm of its own", async () => {
    const { id } = await arrangeReceived(stores());
    const { consultation } = await objectToReferral(stores(), receiver, {
      referralId: id,
      reason: "TASK_OF_ANOTHER",
      proposal: "veilig-thuis",
      ...key(),
    });
    const due = today(new Date(consultation!.dueAt));
    expect((await deadlinesOf(database, id)).at(-1)).toMatchObject({
      kind: "CONSULT",
      dueOn: due,
      warnOn: [previousWorkingDay(due), day].toSorted().at(-1),
      met: false,
    });
    await resolveConsultation(stores(), sender, {
      consultationId: consultation!.id,
      outcome: "ASSIGN",
      owner: "veilig-thuis",
      ...key(),
    });
    const rows = await deadlinesOf(database, id);
    expect(rows.map(({ kind, organisation, met }) => [kind, organisation, met])).toEqual([
      ["DELIVER", "lokalis", true],
      ["DECIDE", "save", true],
      ["CONSULT", "save", true],
      ["DECIDE", "veilig-thuis", false],
    ]);
  });

  test("follow the date on the waiting list, also when it moves", async () => {
    const { id } = await arrangeReceived(stores());
    const days = [toPlainDate(addDays(day, 20)), toPlainDate(addDays(day, 40))];
    for (const expectedOn of days) {
      await waitlistReferral(stores(), receiver, { referralId: id, expectedOn, ...key() });
    }
    expect((await deadlinesOf(database, id)).filter(({ kind }) => kind === "EXPECTED")).toMatchObject([
      { dueOn: days[0], met: true },
      { dueOn: days[1], met: false, warnOn: previousWorkingDay(days[1]!) },
    ]);
  });

  test("end with a withdrawal", async () => {
    const { id } = await arrangeReceived(stores());
    await withdrawReferral(stores(), sender, { referralId: id, reason: "NO_LONGER_NEEDED", ...key() });
    expect((await deadlinesOf(database, id)).every(({ met }) => met)).toBe(true);
  });

  test("are written again when they are missing, from the history alone", async () => {
    const { id } = await arrangeReceived(stores());
    const whole = await deadlinesOf(database, id);
    await database.owner.query("delete from hub.referral_deadline where referral_id = $1", [id]);
    expect(await deriveAllDeadlines(database.pool, REGION)).toBe(1);
    expect(await deadlinesOf(database, id)).toEqual(whole);
    expect(await deriveAllDeadlines(database.pool, REGION)).toBe(0);
  });
});

describe("telling", () => {
  test("happens once at each level, however often it is done, and not before its hour", async () => {
    const { id, familyId } = await arrangeReceived(stores());
    await fire(id, "DECIDE", 2);
    expect(await clockTasks(database, familyId)).toEqual([]);

    await letPass(database, id, "warning");
    await Promise.all([1, 2, 3].map(() => fire(id, "DECIDE", 2)));
    const warning = {
      organisation: "save",
      about: "lokalis",
      obligation: "REFERRAL_DUE_SOON",
      rule: "referral-clock.decide.v2",
      state: "OPEN",
    };
    expect(await clockTasks(database, familyId)).toEqual([warning]);

    await letPass(database, id, "end");
    await Promise.all([1, 2, 3].map(() => fire(id, "DECIDE", 2)));
    await fire(id, "DECIDE", 2);
    expect(await clockTasks(database, familyId)).toEqual([
      warning,
      { ...warning, organisation: "lokalis", about: "save", obligation: "REFERRAL_OVERDUE" },
      { ...warning, obligation: "REFERRAL_OVERDUE" },
    ]);
  });

  test("ends with the step: what was asked is done by whoever took it", async () => {
    const { id, familyId } = await arrangeReceived(stores());
    await letPass(database, id, "end");
    await fire(id, "DECIDE", 2);
    await acceptReferral(stores(), receiver, { referralId: id, ...key() });
    expect((await clockTasks(database, familyId)).map(({ state }) => state)).toEqual(["MET", "MET"]);
    const { rows } = await database.owner.query(
      `select e.version, e.action, e.worker from hub.task_event e join hub.task t on t.id = e.task_id
       where t.family_id = $1 order by t.organisation, e.version`,
      [familyId],
    );
    expect(rows.slice(0, 2)).toEqual([
      { version: 1, action: "CREATED", worker: null },
      { version: 2, action: "MET", worker: receiver.worker },
    ]);
  });

  test("leaves out a warning that comes too late, and a deadline that was met before", async () => {
    const late = await arrangeReceived(stores());
    await letPass(database, late.id, "end");
    await fire(late.id, "DECIDE", 2);
    expect((await deadlinesOf(database, late.id)).at(-1)).toMatchObject({ warned: false, escalated: true });

    const met = await arrangeReceived(stores());
    await letPass(database, met.id, "end");
    await acceptReferral(stores(), receiver, { referralId: met.id, ...key() });
    await fire(met.id, "DECIDE", 2);
    expect(await clockTasks(database, met.familyId)).toEqual([]);
  });

  test("reaches only the sender while nothing was delivered", async () => {
    const familyId = await arrangeFamily(database.pool);
    const { id } = await refer(stores(), sender, newReferral(familyId));
    await letPass(database, id, "end");
    await fire(id, "DELIVER", 1);
    expect((await clockTasks(database, familyId)).map(({ organisation }) => organisation)).toEqual([
      "lokalis",
    ]);
  });

  test("reaches the three at the table, and the chair, when the term of a consultation is over", async () => {
    const { id, familyId } = await arrangeReceived(stores());
    await objectToReferral(stores(), receiver, {
      referralId: id,
      reason: "TASK_OF_ANOTHER",
      proposal: "veilig-thuis",
      ...key(),
    });
    await letPass(database, id, "end");
    await fire(id, "CONSULT", 3);
    expect(
      (await clockTasks(database, familyId)).map(({ organisation, obligation }) => [
        obligation,
        organisation,
      ]),
    ).toEqual([
      ["CONSULTATION_CHAIR_DECIDES", "municipality"],
      ["REFERRAL_OVERDUE", "lokalis"],
      ["REFERRAL_OVERDUE", "save"],
      ["REFERRAL_OVERDUE", "veilig-thuis"],
    ]);
  });

  test("cannot be repeated, or taken back, in the database either", async () => {
    const { id } = await arrangeReceived(stores());
    await letPass(database, id, "end");
    await fire(id, "DECIDE", 2);
    const change = (what: string) =>
      database.pool.query(`update hub.referral_deadline set ${what} where referral_id = $1`, [id]);
    await expect(change("escalated_at = clock_timestamp()")).rejects.toMatchObject({ code: "23514" });
    await expect(change("escalated_at = null, next_at = now()")).rejects.toMatchObject({ code: "23514" });
    await expect(change("due_at = now() + interval '9 days'")).rejects.toMatchObject({ code: "42501" });
    await expect(database.pool.query("delete from hub.referral_deadline")).rejects.toMatchObject({
      code: "42501",
    });
  });
});

describe("what is due", () => {
  beforeEach(() =>
    database.owner.query(
      "update hub.referral_deadline set next_at = now() + interval '1 day' where next_at is not null",
    ),
  );

  test("is queued once, by ids alone, and again when it was not told after its lease", async () => {
    const { id } = await arrangeReceived(stores());
    await letPass(database, id, "end");
    const jobs: { id: string; data: Due }[] = [];
    const queue = { add: async (added: readonly { id: string; data: Due }[]) => void jobs.push(...added) };
    expect(await relayDeadlines(database.pool, queue)).toBe(1);
    expect(await relayDeadlines(database.pool, queue)).toBe(0);
    expect(jobs).toEqual([
      { id: `due-${id}-decide-v2-1`, data: { deadline: { referralId: id, kind: "DECIDE", version: 2 } } },
    ]);
    await database.owner.query(
      "update hub.referral_deadline set next_at = next_at - interval '16 seconds' where referral_id = $1",
      [id],
    );
    expect(await relayDeadlines(database.pool, queue)).toBe(1);
    // Under another name: the first may be held by a worker that died.
    expect(jobs[1]).toEqual({ id: `due-${id}-decide-v2-2`, data: jobs[0]?.data });
  });

  test("shows in the health of the worker once it was queued time and again in vain", async () => {
    await database.owner.query("delete from hub.referral_deadline");
    const { id } = await arrangeReceived(stores());
    expect(await readClockHealth(database.pool)).toEqual({ untold: 0, stuckSeconds: null });
    await letPass(database, id, "end");
    expect(await readClockHealth(database.pool)).toEqual({ untold: 1, stuckSeconds: null });
    for (let time = 0; time < 4; time += 1) {
      await database.owner.query(
        "update hub.referral_deadline set next_at = now() where next_at is not null",
      );
      await relayDeadlines(database.pool, { add: () => Promise.resolve() });
    }
    expect((await readClockHealth(database.pool)).stuckSeconds).toBeGreaterThan(0);
    await fire(id, "DECIDE", 2);
    expect(await readClockHealth(database.pool)).toEqual({ untold: 0, stuckSeconds: null });
  });

  test("stays due when the queue is away", async () => {
    const { id } = await arrangeReceived(stores());
    await letPass(database, id, "end");
    const away = { add: () => Promise.reject(new Error("The queue is away.")) };
    await expect(relayDeadlines(database.pool, away)).rejects.toThrow("away");
    expect(await relayDeadlines(database.pool, { add: () => Promise.resolve() })).toBe(1);
  });
});
