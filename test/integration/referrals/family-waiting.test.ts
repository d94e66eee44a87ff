// One clock per family: the sum is the union of all its waits, computed apart, and nothing that happens lowers it.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { inTransaction } from "../../../shared/database/pool";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import { acceptReferral, requestInformation } from "../../../subgraphs/referrals/source/decide";
import {
  findFamilyClocks,
  fireFamilyClock,
} from "../../../subgraphs/referrals/source/deadlines/family-clock";
import { findFamilyWaiting, type FamilyWaiting } from "../../../subgraphs/referrals/source/family-waiting";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, deliver, newReferral, REGION, SILENT, worker } from "./arrange";
import { clockTasks } from "./clocks";

const RUNS = Number(process.env["SCHAKEL_TEST_RUNS"] ?? 40);
const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("save");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const look = async (familyId: string, organisation = "lokalis", visible = "true"): Promise<FamilyWaiting> => {
  const view = { visible, organisation, worker: `${organisation}.worker` };
  const found = (await findFamilyWaiting(database.pool, [familyId], view)).get(familyId);
  if (!found) throw new Error("This family never waited.");
  return found;
};
const clock = async (): Promise<number> => {
  const { rows } = await database.pool.query<{ now: Date }>("select clock_timestamp() as now");
  return rows[0]!.now.getTime();
};

interface Wait {
  readonly type: string;
  /** Milliseconds before now. */
  readonly from: number;
  /** The same; null while it waits. */
  readonly to: number | null;
}

/** A referral as it stands in the register; how it came there is not looked at here. */
async function arrangeWait(familyId: string, now: number, { type, from, to }: Wait): Promise<void> {
  const id = randomUUID();
  const at = (before: number): string => new Date(now - before).toISOString();
  await inTransaction(database.owner, async (client) => {
    await client.query("set local session_replication_role = replica");
    await client.query(
      `insert into hub.referral (id, family_id, type, mode, urgency, reason_code, consent_basis, family_informed,
         family_informed_on, sender_organisation, sender_worker, receiver_organisation, owner_organisation,
         sight_on_safety, state, version, created_at, received_at, decided_at)
       values ($1, $2, $3, 'JOIN', 'NORMAL', 'EXPERTISE_NEEDED', 'CONSENT_GIVEN', 'SPOKEN', current_date, 'lokalis',
         'lokalis.worker', 'save', case when $5::timestamptz is null then 'lokalis' else 'save' end, 'lokalis',
         case when $5::timestamptz is null then 'IN_REVIEW' else 'ACCEPTED' end, 2, $4, $4, $5)`,
      [id, familyId, type, at(from), to === null ? null : at(to)],
    );
    await client.query(
      `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, organisation, worker,
         owner_organisation, receiver_organisation, at)
       select $1, v.version, v.action, v.was, v.state, 'RECEIVER', 'save', 'save.worker', 'lokalis', 'save', v.at
       from (values (1, 'submit', null, 'SUBMITTED', $2::timestamptz), (2, 'accept', 'IN_REVIEW', 'ACCEPTED', $3::timestamptz))
         as v (version, action, was, state, at) where v.at is not null`,
      [id, at(from), to === null ? null : at(to)],
    );
  });
}

/** The union of waits in milliseconds at a moment, without intervals: by walking over their ends. */
function unionAt(waits: readonly Wait[], arrangedAt: number, moment: number): number {
  const ends = waits
    .filter(({ type }) => type === "GUIDANCE" || type === "INQUIRY_REQUEST")
    .flatMap(({ from, to }) => [
      { at: arrangedAt - from, step: 1 },
      { at: to === null ? moment : arrangedAt - to, step: -1 },
    ])
    .toSorted((one, other) => one.at - other.at || other.step - one.step);
  let total = 0;
  let open = 0;
  let before = 0;
  for (const { at, step } of ends) {
    if (open > 0) total += at - before;
    open += step;
    before = at;
  }
  return total;
}

const wait = fc
  .record({
    type: fc.constantFrom("GUIDANCE", "INQUIRY_REQUEST", "KNOWN_HERE_CHECK", "NEW_FACTS"),
    from: fc.integer({ min: 1, max: 200 }).map((hours) => hours * 7 * HOUR),
    took: fc.option(fc.integer({ min: 0, max: 100 }).map((hours) => hours * 5 * HOUR)),
  })
  .map(({ type, from, took }): Wait => ({
    type,
    from,
    to: took === null ? null : Math.max(from - took, 0),
  }));

test("the sum is the union of the waits, whatever overlaps, and leaves out what is only a question", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wait, { minLength: 1, maxLength: 7 }), async (waits) => {
      const familyId = await arrangeFamily(database.pool);
      const arrangedAt = await clock();
      for (const one of waits) await arrangeWait(familyId, arrangedAt, one);
      const before = await clock();
      const view = { visible: "true", organisation: "lokalis", worker: "lokalis.worker" };
      const found = (await findFamilyWaiting(database.pool, [familyId], view)).get(familyId);
      const after = await clock();
      const seconds = found?.seconds ?? 0;
      // Between the two moments at which it was looked at; moments here are whole milliseconds.
      expect(seconds * 1000).toBeGreaterThanOrEqual(unionAt(waits, arrangedAt, before) - 1);
      expect(seconds * 1000).toBeLessThanOrEqual(unionAt(waits, arrangedAt, after) + 1);
      expect(found?.totalDays ?? 0).toBe(Math.floor(seconds / 86_400));
      expect(found?.workingDays ?? 0).toBeLessThanOrEqual(Math.ceil(seconds / 86_400) + waits.length);
    }),
    { numRuns: RUNS },
  );
}, 300_000);

describe("the clock of a family", () => {
  test("is one over two referrals that overlap, and says since when and where it waits", async () => {
    const familyId = await arrangeFamily(database.pool);
    const now = await clock();
    await arrangeWait(familyId, now, { type: "GUIDANCE", from: 30 * DAY, to: 20 * DAY });
    await arrangeWait(familyId, now, { type: "INQUIRY_REQUEST", from: 25 * DAY, to: 15 * DAY });
    await arrangeWait(familyId, now, { type: "GUIDANCE", from: 4 * DAY, to: null });
    const waiting = await look(familyId);
    expect(waiting).toMatchObject({ totalDays: 19, holders: ["save"] });
    expect(Date.parse(waiting.since!)).toBe(now - 30 * DAY);
    expect(Date.parse(waiting.waitingSince!)).toBe(now - 4 * DAY);
    expect(waiting.perReferral.map(({ totalDays, holder }) => [totalDays, holder])).toEqual([
      [10, null],
      [10, null],
      [4, "save"],
    ]);
  });

  test("runs on over an objection, a consultation and another receiver", async () => {
    const { id, familyId } = await arrangeReceived(stores());
    await database.owner.query("alter table hub.referral disable trigger user");
    await database.owner.query(
      "update hub.referral set created_at = created_at - interval '9 days', received_at = received_at - interval '9 days' where id = $1",
      [id],
    );
    await database.owner.query("alter table hub.referral enable trigger user");
    let least = (await look(familyId)).seconds;
    const grows = async (): Promise<void> => {
      const { seconds } = await look(familyId);
      expect(seconds).toBeGreaterThan(least);
      least = seconds;
    };
    await requestInformation(stores(), receiver, { referralId: id, items: ["CONSENT"], ...key() });
    await grows();
    expect((await look(familyId)).holders).toEqual(["lokalis"]);
    const { consultation } = await objectToReferral(stores(), receiver, {
      referralId: id,
      reason: "TASK_OF_ANOTHER",
      proposal: "veilig-thuis",
      ...key(),
    });
    await grows();
    await resolveConsultation(stores(), sender, {
      consultationId: consultation!.id,
      outcome: "ASSIGN",
      owner: "veilig-thuis",
      ...key(),
    });
    await grows();
    expect(await look(familyId)).toMatchObject({ totalDays: 9, holders: ["veilig-thuis"] });
    await acceptReferral(stores(), worker("veilig-thuis"), { referralId: id, ...key() });
    const { seconds } = await look(familyId);
    expect(seconds).toBeGreaterThan(least);
    // Stands still, and is kept.
    expect(await look(familyId)).toMatchObject({ seconds, waitingSince: null, holders: [], totalDays: 9 });
  });

  test("counts a new referral on, from where it stood", async () => {
    const familyId = await arrangeFamily(database.pool);
    const now = await clock();
    await arrangeWait(familyId, now, { type: "GUIDANCE", from: 30 * DAY, to: 20 * DAY });
    const { id } = await refer(stores(), sender, newReferral(familyId));
    await deliver(stores(), id);
    expect(await look(familyId)).toMatchObject({ totalDays: 10, holders: ["save"] });
  });

  test("tells the receiver nothing of what is not delivered, and names nothing that does not concern it", async () => {
    const familyId = await arrangeFamily(database.pool);
    const { id } = await refer(stores(), sender, newReferral(familyId));
    const view = { visible: "true", organisation: "save", worker: "save.worker" };
    expect((await findFamilyWaiting(database.pool, [familyId], view)).size).toBe(0);
    await deliver(stores(), id);
    expect((await look(familyId, "save")).perReferral).toHaveLength(1);
    expect(await look(familyId, "rvdk", "false")).toMatchObject({
      perReferral: [],
      holders: [],
      totalDays: 0,
    });
  });
});

describe("the norm for the sum", () => {
  const deps = () => ({ pool: database.pool, region: REGION, log: SILENT });
  const { normDays, warnDays } = REGION.familyWait;

  test("is told once to each organisation that the family waits at or comes from, whoever tells it", async () => {
    const familyId = await arrangeFamily(database.pool);
    const now = await clock();
    await arrangeWait(familyId, now, { type: "GUIDANCE", from: (normDays + 1) * DAY, to: 3 * DAY });
    await arrangeWait(familyId, now, { type: "GUIDANCE", from: 2 * DAY, to: null });
    const due = (await findFamilyClocks(deps())).filter((one) => one.familyId === familyId);
    expect(due).toEqual([{ familyId, round: 1, level: "escalated" }]);
    await Promise.all([1, 2, 3].map(() => fireFamilyClock(deps(), due[0]!)));
    await fireFamilyClock(deps(), due[0]!);
    expect(
      (await clockTasks(database, familyId)).map(({ organisation, obligation }) => [
        organisation,
        obligation,
      ]),
    ).toEqual([
      ["lokalis", "FAMILY_WAIT_OVERDUE"],
      ["save", "FAMILY_WAIT_OVERDUE"],
    ]);
    expect((await findFamilyClocks(deps())).filter((one) => one.familyId === familyId)).toEqual([]);
  });

  test("is warned about before, by the sum of what did not overlap", async () => {
    const familyId = await arrangeFamily(database.pool);
    const now = await clock();
    await arrangeWait(familyId, now, { type: "GUIDANCE", from: (warnDays + 10) * DAY, to: 12 * DAY });
    await arrangeWait(familyId, now, { type: "INQUIRY_REQUEST", from: 3 * DAY, to: null });
    const [due] = (await findFamilyClocks(deps())).filter((one) => one.familyId === familyId);
    expect(due).toEqual({ familyId, round: 1, level: "warned" });
    await fireFamilyClock(deps(), due!);
    expect((await clockTasks(database, familyId)).map(({ obligation }) => obligation)).toEqual([
      "FAMILY_WAIT_DUE_SOON",
      "FAMILY_WAIT_DUE_SOON",
    ]);
  });

  test("is not told of a family that waits no more, nor before it is so", async () => {
    const familyId = await arrangeFamily(database.pool);
    const now = await clock();
    await arrangeWait(familyId, now, { type: "GUIDANCE", from: 90 * DAY, to: 1 * DAY });
    expect((await findFamilyClocks(deps())).filter((one) => one.familyId === familyId)).toEqual([]);
    await fireFamilyClock(deps(), { familyId, round: 1, level: "escalated" });
    expect(await clockTasks(database, familyId)).toEqual([]);
  });
});
