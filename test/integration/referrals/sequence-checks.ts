// What has to hold of the referrals of a family after any sequence, worked out apart from the code under test.

import type { Pool } from "pg";
import { findFamilyWaiting } from "../../../subgraphs/referrals/source/family-waiting";
import { Party } from "../../../subgraphs/referrals/source/referral-codes";
import {
  positionOf,
  REFERRAL_COLUMNS,
  type EventRecord,
  type ReferralRecord,
} from "../../../subgraphs/referrals/source/referral-record";
import { openSteps, take, type Position, type Step } from "../../../subgraphs/referrals/source/transitions";

const TAKEN_OR_OVER = ["ACCEPTED", "COMPLETED", "WITHDRAWN"];
/** A question: the family waits for no help with it. */
const QUESTION = "KNOWN_HERE_CHECK";
/** What happens at most once to one referral. */
const ONCE = [
  "accept",
  "acceptTogether",
  "object",
  "assign",
  "merge",
  "start",
  "complete",
  "withdraw",
  "deliver",
];

/** The referrals of a family, oldest first. */
export async function readReferrals(pool: Pool, familyId: string): Promise<ReferralRecord[]> {
  const { rows } = await pool.query<ReferralRecord>({
    name: "read-referrals",
    text: `select ${REFERRAL_COLUMNS} from hub.referral r where r.family_id = $1 order by r.created_at, r.version, r.id`,
    values: [familyId],
  });
  return rows;
}

/** One owner at every moment, never the sender again, nothing twice, no gap in the history. */
export function expectOneOwner({ history, sender, owner, version, state }: ReferralRecord): void {
  expect(history.map((event) => event.version)).toEqual(history.map((_event, index) => index + 1));
  expect(history.at(-1)).toMatchObject({ version, to: state, owner });
  for (const once of ONCE) {
    expect(history.filter(({ action }) => action === once).length).toBeLessThanOrEqual(1);
  }
  history.forEach((event, index) => {
    const before = history[index - 1];
    expect(event.from).toBe(before?.to ?? null);
    expect([sender, event.receiver]).toContain(event.owner);
    expect(event.receiver).not.toBe(sender);
    if (before && before.owner !== sender && event.owner === sender) expect(event.action).toBe("withdraw");
    if (before) expect(Date.parse(event.at)).toBeGreaterThanOrEqual(Date.parse(before.at));
  });
}

/** The history is a path through the table of transitions, to where the referral stands. */
export function expectPathOfTable({ history, consultation, ...referral }: ReferralRecord): void {
  let position: Position = {
    state: "SUBMITTED",
    sender: referral.sender,
    receiver: history[0]!.receiver,
    owner: referral.sender,
    coOwner: null,
    coOwnerAccepted: false,
    objected: false,
    termOver: false,
  };
  for (const event of history.slice(1)) {
    if (event.action === "split") continue;
    const next = take(
      { ...position, termOver: event.party === "CHAIR" },
      stepOf(event, history),
      event.party,
    );
    expect(next).toMatchObject({ state: event.to, owner: event.owner, receiver: event.receiver });
    position = next!;
  }
  const { state, receiver, owner, coOwner, coOwnerAcceptedAt, objected } = referral;
  expect(position).toMatchObject({ state, receiver, owner, coOwner, objected });
  expect(position.coOwnerAccepted).toBe(coOwnerAcceptedAt !== null);
  expect(consultation?.state ?? null).not.toBe(state === "IN_CONSULTATION" ? "RESOLVED" : "OPEN");
}

/** The step of an event; after an assignment together the second owner is whom the objection proposed. */
function stepOf(event: EventRecord, history: readonly EventRecord[]): Step {
  const { action, owner, codes } = event;
  if (action === "submit" || action === "split") throw new Error("No step of the table.");
  if (action !== "assign" && action !== "merge") return { action };
  const together = codes.includes("ASSIGN_TOGETHER");
  const proposal = history.find((one) => one.action === "object")?.proposal ?? null;
  return { action, assigned: { owner, coOwner: together ? proposal : null } };
}

/** What is not over can go on: somebody has a step that leads further, and its sender still finds it. */
export function expectNotLost(referral: ReferralRecord): void {
  const position = positionOf(referral);
  const open = Object.values(Party).flatMap((party) => openSteps(position, party));
  const isOver = referral.state === "COMPLETED" || referral.state === "WITHDRAWN";
  expect(open.length > 0).toBe(!isOver);
}

/** Every child that was referred is in exactly one of what the referral was split into, with one clock. */
export function expectChildrenKept(referrals: readonly ReferralRecord[], children: readonly string[]): void {
  const rootOf = (one: ReferralRecord): ReferralRecord => {
    const from = referrals.find(({ id }) => id === one.splitFrom);
    return from ? rootOf(from) : one;
  };
  for (const root of referrals.filter(({ splitFrom }) => splitFrom === null)) {
    const parts = referrals.filter((one) => rootOf(one) === root);
    expect(parts.flatMap((one) => one.children).toSorted()).toEqual(children.toSorted());
    for (const { createdAt, receivedAt } of parts) {
      expect({ createdAt, receivedAt }).toEqual({ createdAt: root.createdAt, receivedAt: root.receivedAt });
    }
  }
}

interface Wait {
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
}

/** Seconds in which at least one of the waits ran, up to `now`: by going along the beginnings. */
export function unionOf(waits: readonly Wait[], now: number): number {
  let sum = 0;
  let reached = -Infinity;
  for (const { from, to } of waits.toSorted((one, other) => one.from - other.from)) {
    const end = to ?? now;
    sum += Math.max(0, end - Math.max(from, reached));
    reached = Math.max(reached, end);
  }
  return sum;
}

/** Seconds by which two sums of the same moments may differ in floating point. */
const ROUNDING_SECONDS = 1e-4;

/**
 * The clock of the family is the union of its waits: each from sending to the first moment at which somebody accepted or
 * it was over. While a wait runs the product's answer lies between what it was just before and just after.
 */
export async function expectOneClock(pool: Pool, familyId: string): Promise<void> {
  const { rows: waits } = await pool.query<Wait>(
    `select extract(epoch from r.created_at)::float8 as from,
       (select extract(epoch from min(e.at))::float8 from hub.referral_event e
         where e.referral_id = r.id and e.to_state = any ($2)) as to
     from hub.referral r where r.family_id = $1 and r.type <> $3`,
    [familyId, TAKEN_OR_OVER, QUESTION],
  );
  const clock = async (): Promise<number> => {
    const { rows } = await pool.query<{ now: number }>(
      "select extract(epoch from clock_timestamp())::float8 as now",
    );
    return rows[0]!.now;
  };
  const before = unionOf(waits, await clock());
  const nobody = { visible: "true", organisation: "nobody", worker: "nobody" };
  const told = (await findFamilyWaiting(pool, [familyId], nobody)).get(familyId)?.seconds ?? 0;
  const after = unionOf(waits, await clock());
  expect(told).toBeGreaterThanOrEqual(before - ROUNDING_SECONDS);
  expect(told).toBeLessThanOrEqual(after + ROUNDING_SECONDS);
}

/** Each change that succeeded is in the history once, and nothing else is. */
export async function expectChangesOnce(pool: Pool, familyId: string, succeeded: number): Promise<void> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from hub.referral_event e join hub.referral r on r.id = e.referral_id
     where r.family_id = $1 and e.party <> 'HUB' and e.action <> 'split'`,
    [familyId],
  );
  expect(rows[0]?.count).toBe(succeeded);
}
