// Random steps with several referrals of one family: its clock is the union of what their histories say and never goes
// back, and every deadline that follows from a history is there, also when steps are taken at the same time.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { SchakelError } from "../../../shared/kernel/errors";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import {
  acceptReferral,
  completeReferral,
  requestInformation,
  startReferral,
  supplementReferral,
  waitlistReferral,
  withdrawReferral,
} from "../../../subgraphs/referrals/source/decide";
import { deriveAllDeadlines } from "../../../subgraphs/referrals/source/deadlines/set-deadlines";
import { findFamilyWaiting } from "../../../subgraphs/referrals/source/family-waiting";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, REGION, worker } from "./arrange";

const RUNS = Number(process.env["SCHAKEL_TEST_RUNS"] ?? 40);
const TIME_LIMIT_MS = 10 * 60_000;
const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });

/** Steps by whoever can take them now: the receiver, the sender, or one at the table. */
type Try = (referral: ReferralRecord) => Promise<unknown>;
const consultationOf = ({ consultation }: ReferralRecord): string => consultation?.id ?? "";
const TRIES: Readonly<Record<string, Try>> = {
  ask: ({ id, receiver }) =>
    requestInformation(stores(), worker(receiver), { referralId: id, items: ["CONSENT"], ...key() }),
  supplement: ({ id }) =>
    supplementReferral(stores(), sender, { referralId: id, items: ["CONSENT"], ...key() }),
  waitlist: ({ id, receiver }) =>
    waitlistReferral(stores(), worker(receiver), { referralId: id, expectedOn: "2999-01-01", ...key() }),
  object: ({ id, receiver }) =>
    objectToReferral(stores(), worker(receiver), {
      referralId: id,
      reason: "TASK_OF_ANOTHER",
      proposal: "veilig-thuis",
      ...key(),
    }),
  reroute: (referral) =>
    resolveConsultation(stores(), sender, {
      consultationId: consultationOf(referral),
      outcome: "ASSIGN",
      owner: "veilig-thuis",
      ...key(),
    }),
  together: (referral) =>
    resolveConsultation(stores(), sender, {
      consultationId: consultationOf(referral),
      outcome: "ASSIGN_TOGETHER",
      ...key(),
    }),
  accept: ({ id, receiver }) => acceptReferral(stores(), worker(receiver), { referralId: id, ...key() }),
  start: ({ id, receiver }) => startReferral(stores(), worker(receiver), { referralId: id, ...key() }),
  complete: ({ id, receiver }) =>
    completeReferral(stores(), worker(receiver), { referralId: id, outcome: "GOALS_REACHED", ...key() }),
  withdraw: ({ id }) =>
    withdrawReferral(stores(), sender, { referralId: id, reason: "NO_LONGER_NEEDED", ...key() }),
};

const step = fc.record({
  name: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom("ask", "object", "reroute", "together", "waitlist", "supplement"),
    },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(TRIES)) },
  ),
  which: fc.nat({ max: 1 }),
});
/** Rounds; the steps of one round are tried at the same time. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });

/** Microseconds of a moment of the database. */
const micros = (at: string): number => {
  const fraction = /\.(\d+)/.exec(at)?.[1] ?? "";
  const whole = Date.parse(at.replace(/\.\d+/, ""));
  return whole * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
};

/** The union of the waits in the histories, in seconds, up to a moment. */
function unionOf(referrals: readonly ReferralRecord[], now: number): number {
  const waits = referrals
    .map(({ createdAt, history }) => {
      const over = history.find(({ to }) => ["ACCEPTED", "COMPLETED", "WITHDRAWN"].includes(to));
      return { from: micros(createdAt), to: over ? micros(over.at) : now };
    })
    .toSorted((one, other) => one.from - other.from);
  let reached = 0;
  let total = 0;
  for (const { from, to } of waits) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total / 1e6;
}

const clock = async (): Promise<number> => {
  const { rows } = await database.pool.query<{ now: string }>("select to_json(clock_timestamp()) as now");
  return micros(rows[0]!.now);
};

test(
  "the clock of a family is the union of its waits and never goes back; no deadline is missing",
  async () => {
    const rerouted = new Set<string>();
    await fc.assert(
      fc.asyncProperty(rounds, async (plan) => {
        const familyId = await arrangeFamily(database.pool);
        const ids = [
          (await arrangeReceived(stores(), { familyId })).id,
          (await arrangeReceived(stores(), { familyId })).id,
        ];
        const read = () => Promise.all(ids.map((id) => getReferral(database.pool, sender, id)));
        const view = { visible: "true", organisation: "lokalis", worker: "lokalis.worker" };
        let least = 0;
        for (const round of plan) {
          const seen = await read();
          const outcomes = await Promise.allSettled(
            round.map(({ name, which }) => TRIES[name]!(seen[which]!)),
          );
          for (const outcome of outcomes) {
            if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(SchakelError);
          }
          const before = await clock();
          const seconds = (await findFamilyWaiting(database.pool, [familyId], view)).get(familyId)!.seconds;
          const after = await clock();
          const referrals = await read();
          expect(seconds).toBeGreaterThanOrEqual(unionOf(referrals, before) - 1e-5);
          expect(seconds).toBeLessThanOrEqual(unionOf(referrals, after) + 1e-5);
          expect(seconds).toBeGreaterThanOrEqual(least);
          least = seconds;
          referrals.forEach(({ receiver }) => rerouted.add(receiver));
        }
        // Every deadline was written with its step: there is nothing left to write.
        expect(await deriveAllDeadlines(database.pool, REGION)).toBe(0);
      }),
      { numRuns: RUNS },
    );
    // The walks went somewhere: some referrals came to another receiver.
    expect(rerouted).toContain("veilig-thuis");
  },
  TIME_LIMIT_MS,
);
