// Random parties do random things, at the same time, again, and under keys of before: what is stored keeps to the table,
// has one owner, loses nothing, and its clock adds up. On the real database, several families at once.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import type { Pool } from "pg";
import { createPool } from "../../../shared/database/pool";
import { SchakelError } from "../../../shared/kernel/errors";
import { registerEndpoints } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-state";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { newReferral, REGION, worker } from "./arrange";
import {
  expectChangesOnce,
  expectChildrenKept,
  expectNotLost,
  expectOneClock,
  expectOneOwner,
  expectPathOfTable,
  readReferrals,
  unionOf,
} from "./sequence-checks";
import { callsOf, sequence, type Round, type Scene } from "./sequences";
import { expectToldToParties } from "./told-checks";

/** Sequences that are walked; SCHAKEL_SEQUENCES for more, such as 10000. */
const SEQUENCES = Number(process.env["SCHAKEL_SEQUENCES"] ?? 300);
/** Families that are walked at the same time. */
const AT_ONCE = 10;
/** Far more than a sequence takes, on a machine that does much else. */
const TIME_LIMIT_MS = 60_000 + SEQUENCES * 1_000;
const CHILDREN = 3;

/** A machine that is busy takes its time to connect; that is no part of what is looked at. */
const PATIENT = { max: AT_ONCE, connectionTimeoutMs: 60_000, applicationName: "test-model" };

const database = withDatabase();
let pool: Pool;
/** Of the owner, whom the guards do not stop: for arranging, and for letting time pass. */
let past: Pool;
const stores = (): ReferralStores => ({ pool, region: REGION });

beforeAll(async () => {
  // A commit that is lost with the machine is no matter here, and there are many. Of this database alone.
  await database.owner.query(`alter database ${database.name} set synchronous_commit = off`);
  // Hours are let pass by moving the past (`letPass`); for everybody else the history stays guarded.
  await database.owner.query("alter table hub.referral_event enable trigger referral_event_is_append_only");
  pool = createPool({ ...PATIENT, connectionString: database.workingUrl });
  past = createPool({
    ...PATIENT,
    connectionString: `${database.ownerUrl}?options=${encodeURIComponent("-c session_replication_role=replica")}`,
  });
  await registerEndpoints(
    pool,
    REGION.organisations.map(({ code }) => code),
  );
});
afterAll(async () => {
  await Promise.all([pool.end(), past.end()]);
});

/** A family with children, and a referral of Lokalis to SAVE about them that was just sent. */
async function beginScene(): Promise<Scene> {
  const familyId = `T-${randomUUID()}`;
  const children = Array.from({ length: CHILDREN }, (_one, index) => `${familyId}-${index + 1}`);
  await past.query(
    `with family as (insert into hub.family (id, status, inflow, opened_on)
       values ($1, 'OPEN', 'LOKALIS', '2026-01-05') returning id)
     insert into hub.person (id, family_id, role, birth_date) select unnest($2::text[]), id, 'CHILD', '2020-05-06' from family`,
    [familyId, children],
  );
  const scene = { stores: stores(), familyId, children };
  await refer(scene.stores, worker("lokalis"), newReferral(familyId));
  return scene;
}

/** Lets hours pass for a family, by moving all that happened to it into the past. */
async function letPass({ familyId }: Scene, hours: number): Promise<void> {
  if (hours === 0) return;
  await past.query(
    `with moved as (
       update hub.referral set created_at = created_at - make_interval(hours => $2),
         received_at = received_at - make_interval(hours => $2), decided_at = decided_at - make_interval(hours => $2),
         co_owner_accepted_at = co_owner_accepted_at - make_interval(hours => $2)
       where family_id = $1 returning id),
     held as (
       update hub.consultation c set opened_at = opened_at - make_interval(hours => $2),
         due_at = due_at - make_interval(hours => $2), resolved_at = resolved_at - make_interval(hours => $2)
       from moved m where m.id = c.referral_id)
     update hub.referral_event e set at = at - make_interval(hours => $2) from moved m where m.id = e.referral_id`,
    [familyId, hours],
  );
}

/** Walks one sequence and checks what came of it; returns the steps that were taken. */
async function walk(rounds: readonly Round[]): Promise<string[]> {
  const scene = await beginScene();
  const earlier = new Map<string, string>();
  // The first referral was sent outside the rounds.
  const succeeded = new Set(["first"]);
  for (const { attempts, hours } of rounds) {
    const seen = await readReferrals(pool, scene.familyId);
    const calls = attempts.flatMap((one) => callsOf(scene, seen, one, earlier));
    const outcomes = await Promise.allSettled(calls.map(({ make }) => make()));
    outcomes.forEach((outcome, index) => {
      const { knownBy } = calls[index]!;
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(SchakelError);
      else if (knownBy !== null) succeeded.add(knownBy);
    });
    await letPass(scene, hours);
  }
  const referrals = await readReferrals(pool, scene.familyId);
  for (const referral of referrals) {
    expectOneOwner(referral);
    expectPathOfTable(referral);
    expectNotLost(referral);
  }
  expectChildrenKept(referrals, scene.children);
  await expectChangesOnce(pool, scene.familyId, succeeded.size);
  await expectOneClock(pool, scene.familyId);
  await expectToldToParties(pool, scene.familyId);
  return referrals.flatMap(({ history }) => history.map(({ action, party }) => `${action} ${party}`));
}

/** Walks a sequence; what fails says which one it was. */
const told = (rounds: readonly Round[]): Promise<string[]> =>
  walk(rounds).catch((cause: unknown) => {
    throw new Error(`The sequence ${JSON.stringify(rounds)} fails.`, { cause });
  });

test(
  `of ${SEQUENCES} sequences none loses an owner or a child, bounces, is accepted twice or waits by another clock`,
  async () => {
    const taken = new Map<string, number>();
    const batch = fc.array(sequence, { minLength: AT_ONCE, maxLength: AT_ONCE });
    await fc.assert(
      fc.asyncProperty(batch, async (sequences) => {
        const steps = await Promise.all(sequences.map(told));
        for (const step of steps.flat()) taken.set(step, (taken.get(step) ?? 0) + 1);
      }),
      // The one that failed is told; making ten at once smaller takes longer than reading it.
      { numRuns: Math.ceil(SEQUENCES / AT_ONCE), endOnFailure: true },
    );
    // The walks went everywhere.
    expect([...taken.keys()]).toEqual(
      expect.arrayContaining([
        "deliver HUB",
        "review RECEIVER",
        "requestInformation RECEIVER",
        "supplement SENDER",
        "waitlist RECEIVER",
        "accept RECEIVER",
        "acceptTogether CO_OWNER",
        "object RECEIVER",
        "assign CHAIR",
        "split RECEIVER",
        "start RECEIVER",
        "complete RECEIVER",
        "withdraw SENDER",
      ]),
    );
    expect([...taken.keys()].some((step) => /^assign (SENDER|RECEIVER|PARTICIPANT)$/.test(step))).toBe(true);
  },
  TIME_LIMIT_MS,
);

test("waits that overlap are counted once, and a gap is not counted", () => {
  const waits = [
    { from: 0, to: 10 },
    { from: 5, to: 8 },
    { from: 9, to: 12 },
    { from: 20, to: null },
  ];
  expect(unionOf(waits, 25)).toBe(17);
});
