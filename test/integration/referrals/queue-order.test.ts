// In which order what waits is taken, at which place it stands, and how long it is expected to take.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { inTransaction } from "../../../shared/database/pool";
import { today, toPlainDate } from "../../../shared/kernel/plain-date";
import { workingDaysAfter } from "../../../shared/kernel/working-days";
import {
  expectedWait,
  expectedWaits,
  FEWEST_DECISIONS,
  findPlaces,
} from "../../../subgraphs/referrals/source/expected-wait";
import { findReceived } from "../../../subgraphs/referrals/source/find-referrals";
import { MOST_AHEAD_DAYS, SAFETY_TYPES } from "../../../subgraphs/referrals/source/queue-order";
import { REFERRAL_TYPES, type ReferralType } from "../../../subgraphs/referrals/source/routes";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, worker } from "./arrange";

const database = withDatabase();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** One moment for all that is arranged and compared, so that no midnight lies in between. */
const NOW = Date.now();
let familyId = "";
beforeAll(async () => {
  familyId = await arrangeFamily(database.pool);
});

interface Arranged {
  readonly type?: ReferralType;
  readonly urgency?: string;
  readonly reason?: string;
  readonly receiver?: string;
  readonly state?: string;
  /** Milliseconds before now: sent, received, accepted. */
  readonly sent: number;
  readonly received?: number;
  readonly accepted?: number | null;
}

/** A referral as it stands in the register; how it came there is not looked at here. */
async function arrange(one: Arranged): Promise<string> {
  const id = randomUUID();
  const { type = "GUIDANCE", urgency = "NORMAL", reason = "EXPERTISE_NEEDED", receiver = "save" } = one;
  const { sent, received = sent, accepted = null } = one;
  const state = one.state ?? (accepted === null ? "RECEIVED" : "ACCEPTED");
  const at = (before: number | null) => (before === null ? null : new Date(NOW - before).toISOString());
  await inTransaction(database.owner, async (client) => {
    await client.query("set local session_replication_role = replica");
    await client.query(
      `insert into hub.referral (id, family_id, type, mode, urgency, reason_code, consent_basis, family_informed,
         family_informed_on, sender_organisation, sender_worker, receiver_organisation, owner_organisation,
         sight_on_safety, state, version, created_at, received_at, decided_at, expected_on)
       values ($1, $2, $3, 'JOIN', $4, $5, 'CONSENT_GIVEN', 'SPOKEN', current_date, 'lokalis', 'lokalis.worker', $6,
         case when $7 = 'ACCEPTED' then $6 else 'lokalis' end, 'lokalis', $7, 2, $8, $9, $10, current_date)`,
      [id, familyId, type, urgency, reason, receiver, state, at(sent), at(received), at(accepted)],
    );
    if (accepted === null) return;
    await client.query(
      `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, organisation, worker,
         owner_organisation, receiver_organisation, at) values
         ($1, 1, 'deliver', null, 'RECEIVED', 'HUB', null, null, 'lokalis', $2, $3),
         ($1, 2, 'accept', 'RECEIVED', 'ACCEPTED', 'RECEIVER', $2, 'someone', $2, $2, $4)`,
      [id, receiver, at(received), at(accepted)],
    );
  });
  return id;
}

beforeEach(() =>
  inTransaction(database.owner, async (client) => {
    await client.query("set local session_replication_role = replica");
    await client.query("delete from hub.referral");
  }),
);

const placesOf = async (ids: readonly string[]): Promise<(number | undefined)[]> => {
  const places = await findPlaces(database.pool, ids);
  return ids.map((id) => places.get(id));
};

describe("the order of a queue", () => {
  test("takes safety and urgency first, and then who waits longest", async () => {
    const ids = [
      await arrange({ sent: HOUR, type: "REPORT", urgency: "URGENT", receiver: "veilig-thuis" }),
      await arrange({ sent: 2 * HOUR, urgency: "URGENT", receiver: "veilig-thuis" }),
      await arrange({ sent: HOUR, reason: "SAFETY_CONCERN", receiver: "veilig-thuis" }),
      await arrange({ sent: 3 * DAY, receiver: "veilig-thuis" }),
      await arrange({ sent: 2 * DAY, receiver: "veilig-thuis" }),
    ];
    expect(await placesOf(ids)).toEqual([1, 2, 3, 4, 5]);
    const inbox = await findReceived(database.pool, worker("veilig-thuis"), { first: 10 });
    expect(inbox.edges.map(({ node }) => node.id)).toEqual(ids);
  });

  test("lets nothing starve: who waited long enough comes before whatever is new", async () => {
    const old = await arrange({ sent: MOST_AHEAD_DAYS * DAY + HOUR });
    const newest = await arrange({ sent: 0, type: SAFETY_TYPES[0]!, urgency: "URGENT" });
    expect(await placesOf([old, newest])).toEqual([1, 2]);
  });

  test("is one of all that waits at a receiver, whatever is asked for, and counts nobody else", async () => {
    const anything = fc.record({
      type: fc.constantFrom(...REFERRAL_TYPES),
      urgency: fc.constantFrom("NORMAL", "URGENT"),
      reason: fc.constantFrom("SAFETY_CONCERN", "FAMILY_REQUEST"),
      receiver: fc.constantFrom("save", "wss"),
      state: fc.constantFrom(
        "RECEIVED",
        "IN_REVIEW",
        "INFORMATION_REQUESTED",
        "WAITLISTED",
        "IN_CONSULTATION",
      ),
      sent: fc.integer({ min: 0, max: 40 }).map((days) => days * DAY),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 8 }), async (all) => {
        await inTransaction(database.owner, async (client) => {
          await client.query("set local session_replication_role = replica");
          await client.query("delete from hub.referral");
        });
        const ids: string[] = [];
        for (const one of all) ids.push(await arrange(one));
        const places = await placesOf(ids);
        for (const receiver of ["save", "wss"]) {
          const here = places.filter((_, index) => all[index]?.receiver === receiver);
          expect(here.toSorted((a, b) => a! - b!)).toEqual(here.map((_, index) => index + 1));
        }
        // Nobody stands before one that was sent so much earlier.
        all.forEach((one, index) => {
          all.forEach((other, against) => {
            if (one.receiver !== other.receiver || one.sent <= other.sent + MOST_AHEAD_DAYS * DAY) return;
            expect(places[index]).toBeLessThan(places[against]!);
          });
        });
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  test("has no place for what is not delivered, or was taken", async () => {
    const taken = await arrange({ sent: DAY, accepted: HOUR });
    const under = await arrange({ sent: DAY, state: "SUBMITTED" });
    expect(await placesOf([taken, under])).toEqual([undefined, undefined]);
  });
});

describe("the expected wait", () => {
  const arrangeDecisions = async (many: number, one: Omit<Arranged, "sent">): Promise<void> => {
    for (let index = 0; index < many; index += 1) await arrange({ sent: one.received ?? 0, ...one });
  };

  test("is the middle of what the receiver took for this kind, in working days", async () => {
    await arrangeDecisions(5, { received: 12 * DAY, accepted: 11 * DAY });
    await arrangeDecisions(1, { received: 30 * DAY, accepted: 20 * DAY });
    await arrangeDecisions(5, { received: 60 * DAY, accepted: 10 * DAY });
    const ago = (days: number) => toPlainDate(today(new Date(NOW - days * DAY)));
    expect(await expectedWait(database.pool, "save", "GUIDANCE")).toEqual({
      workingDays: workingDaysAfter(ago(30), ago(20)).length,
      reason: null,
    });
  });

  test("is not told of fewer than ten, of another kind or receiver, or of long ago", async () => {
    const few = { workingDays: null, reason: "TOO_FEW_DECISIONS" };
    await arrangeDecisions(FEWEST_DECISIONS - 1, { received: 5 * DAY, accepted: DAY });
    await arrangeDecisions(FEWEST_DECISIONS, { received: 120 * DAY, accepted: 100 * DAY });
    await arrangeDecisions(FEWEST_DECISIONS, { received: 5 * DAY, accepted: DAY, receiver: "wss" });
    const keys = [
      { receiver: "save", type: "GUIDANCE" },
      { receiver: "save", type: "PARTICIPATING_CONSULT" },
      { receiver: "wss", type: "GUIDANCE" },
    ] as const;
    const [here, otherKind, other] = await expectedWaits(database.pool, keys);
    expect([here, otherKind]).toEqual([few, few]);
    expect(other?.reason).toBeNull();
  });
});
