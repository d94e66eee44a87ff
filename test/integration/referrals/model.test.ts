// Random parties take random steps, also at the same time: the stored referral keeps to the table of transitions.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Requester } from "../../../shared/kernel/requester";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import {
  acceptReferral,
  completeReferral,
  requestInformation,
  reviewReferral,
  startReferral,
  supplementReferral,
  waitlistReferral,
  withdrawReferral,
} from "../../../subgraphs/referrals/source/decide";
import { deliverReferral } from "../../../subgraphs/referrals/source/delivery/deliver";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import type { ReferralRecord } from "../../../subgraphs/referrals/source/referral-record";
import { TRANSITIONS } from "../../../subgraphs/referrals/source/transitions";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, newReferral, REGION, SILENT, worker } from "./arrange";

const RUNS = Number(process.env["SCHAKEL_TEST_RUNS"] ?? 60);
const TIME_LIMIT_MS = 10 * 60_000;
const ORGANISATIONS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"];
const sender = worker("lokalis");
const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });

type Try = (referral: ReferralRecord, by: Requester, other: string) => Promise<unknown>;
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const TRIES: Readonly<Record<string, Try>> = {
  deliver: ({ id }) => deliverReferral({ pool: database.pool, log: SILENT }, { referralId: id, version: 1 }),
  review: ({ id }, by) => reviewReferral(stores(), by, { referralId: id, ...key() }),
  ask: ({ id }, by) => requestInformation(stores(), by, { referralId: id, items: ["CONSENT"], ...key() }),
  supplement: ({ id }, by) =>
    supplementReferral(stores(), by, { referralId: id, items: ["CONSENT"], ...key() }),
  waitlist: ({ id }, by) =>
    waitlistReferral(stores(), by, { referralId: id, expectedOn: "2999-01-01", ...key() }),
  accept: ({ id }, by) => acceptReferral(stores(), by, { referralId: id, ...key() }),
  object: ({ id }, by, proposal) =>
    objectToReferral(stores(), by, { referralId: id, reason: "TASK_OF_ANOTHER", proposal, ...key() }),
  assign: ({ consultation }, by, owner) =>
    resolveConsultation(stores(), by, {
      consultationId: consultation?.id ?? "",
      outcome: "ASSIGN",
      owner,
      ...key(),
    }),
  together: ({ consultation }, by) =>
    resolveConsultation(stores(), by, {
      consultationId: consultation?.id ?? "",
      outcome: "ASSIGN_TOGETHER",
      ...key(),
    }),
  start: ({ id }, by) => startReferral(stores(), by, { referralId: id, ...key() }),
  complete: ({ id }, by) =>
    completeReferral(stores(), by, { referralId: id, outcome: "GOALS_REACHED", ...key() }),
  withdraw: ({ id }, by) =>
    withdrawReferral(stores(), by, { referralId: id, reason: "NO_LONGER_NEEDED", ...key() }),
};

/** Mostly those whom it may concern, for a walk that is refused everywhere shows little. */
const organisation = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("lokalis", "save", "veilig-thuis") },
  { weight: 1, arbitrary: fc.constantFrom(...ORGANISATIONS) },
);
const one = fc.record({
  name: fc.constantFrom(...Object.keys(TRIES)),
  by: organisation,
  other: organisation,
});
const DELIVERED = [[{ name: "deliver", by: "save", other: "save" }]];
const CONSULTED = [...DELIVERED, [{ name: "object", by: "save", other: "veilig-thuis" }]];
const beginnings = fc.constantFrom([], DELIVERED, CONSULTED);
/** Rounds; the steps of one round are tried at the same time. */
const rounds = fc.array(fc.array(one, { minLength: 1, maxLength: 3 }), { maxLength: 12 });

function holds(referral: ReferralRecord): void {
  const { history, owner } = referral;
  expect(history.map(({ version }) => version)).toEqual(history.map((_event, index) => index + 1));
  expect(history.at(-1)).toMatchObject({ version: referral.version, to: referral.state, owner });
  expect(history.filter(({ action }) => action === "accept").length).toBeLessThanOrEqual(1);
  expect(history.filter(({ action }) => action === "object").length).toBeLessThanOrEqual(1);
  history.forEach((event, index) => {
    const before = history[index - 1];
    expect(event.from).toBe(before?.to ?? null);
    if (event.action !== "submit" && event.action !== "split") {
      expect(TRANSITIONS[event.action].from).toContain(event.from);
      expect(TRANSITIONS[event.action].by).toContain(event.party);
    }
    expect([referral.sender, event.receiver]).toContain(event.owner);
    const cameBack = event.owner === referral.sender && before && before.owner !== referral.sender;
    expect(cameBack && event.action !== "withdraw").toBeFalsy();
  });
}

test(
  "a referral never loses its owner, never bounces and is never accepted twice",
  async () => {
    const taken = new Set<string>();
    await fc.assert(
      fc.asyncProperty(beginnings, rounds, async (beginning, plan) => {
        const familyId = await arrangeFamily(database.pool);
        let referral = await refer(stores(), sender, newReferral(familyId));
        for (const round of [...beginning, ...plan]) {
          const seen = referral;
          const outcomes = await Promise.allSettled(
            round.map(({ name, by, other }) => TRIES[name]!(seen, worker(by), other)),
          );
          for (const outcome of outcomes) {
            if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(SchakelError);
          }
          referral = await getReferral(database.pool, sender, referral.id);
          holds(referral);
        }
        referral.history.forEach(({ action }) => taken.add(action));
      }),
      { numRuns: RUNS },
    );
    // The walks went somewhere: the steps that need a consultation among them.
    expect([...taken]).toEqual(expect.arrayContaining(["accept", "object", "assign", "withdraw"]));
  },
  TIME_LIMIT_MS,
);
