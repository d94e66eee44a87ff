// The order of the outbox: each sender has its turn, safety goes first within it, and nothing waits forever.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { inTransaction } from "../../../shared/database/pool";
import { leaseDue, QUEUE_DEPTH } from "../../../subgraphs/referrals/source/delivery/lease";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, newReferral, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const RUNS = 40;

/** One delivery that waits: whose, and how many seconds ago its turn began. */
interface Waiting {
  readonly sender: string;
  readonly secondsAgo: number;
}
interface Row extends Waiting {
  readonly id: string;
}

let referralId = "";
beforeAll(async () => {
  const familyId = await arrangeFamily(database.pool);
  referralId = (await refer(stores(), worker("lokalis"), newReferral(familyId))).id;
});

/** Fills the outbox with exactly these, all due. A version of one referral each: the order looks at nothing else. */
async function fill(backlog: readonly Waiting[]): Promise<Row[]> {
  await database.owner.query(
    "update hub.referral_delivery set state = 'CANCELLED', ended_at = now() where state = 'PENDING'",
  );
  const rows = backlog.map((one) => ({ ...one, id: randomUUID() }));
  const { rows: last } = await database.owner.query<{ version: number }>(
    "select max(version) as version from hub.referral_delivery where referral_id = $1",
    [referralId],
  );
  await database.owner.query(
    `insert into hub.referral_delivery (id, referral_id, kind, version, organisation, owner_organisation, turn_at)
     select o.id, $1, 'REFERRAL', $2 + o.n, 'save', o.sender, now() - make_interval(secs => o.seconds)
     from unnest($3::uuid[], $4::text[], $5::float8[]) with ordinality as o (id, sender, seconds, n)`,
    [
      referralId,
      last[0]?.version ?? 0,
      rows.map(({ id }) => id),
      rows.map(({ sender }) => sender),
      rows.map(({ secondsAgo }) => secondsAgo),
    ],
  );
  return rows;
}

/** Takes the next ones, as a relay does, and makes them: they are delivered. In the order in which they are queued. */
async function takeNext(most: number): Promise<Row[]> {
  return inTransaction(database.pool, async (client) => {
    const keys = await leaseDue(client, most);
    const { rows } = await client.query<Row & { version: number }>(
      `update hub.referral_delivery set state = 'DELIVERED', ended_at = now(), queued_until = null
       where referral_id = $1 and version = any ($2::int[])
       returning id, version, owner_organisation as sender`,
      [referralId, keys.map(({ version }) => version)],
    );
    const found = new Map(rows.map((row) => [row.version, row]));
    return keys.flatMap(({ version }) => found.get(version) ?? []);
  });
}

const SENDERS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"];
const backlogs = fc.array(
  fc.record({ sender: fc.constantFrom(...SENDERS), secondsAgo: fc.integer({ min: 1, max: 5_000 }) }),
  { minLength: 1, maxLength: 120 },
);
const batches = fc.integer({ min: 1, max: 40 });

const countOf = (rows: readonly Waiting[], sender: string): number =>
  rows.filter((one) => one.sender === sender).length;

test("whatever waits, each sender gets its share of each batch, and of its own the oldest turn first", async () => {
  await fc.assert(
    fc.asyncProperty(backlogs, batches, async (backlog, most) => {
      let left = await fill(backlog);
      const known = new Map(left.map((row) => [row.id, row]));
      while (left.length > 0) {
        const taken = (await takeNext(most)).map(({ id }) => known.get(id) as Row);
        expect(taken).toHaveLength(Math.min(most, left.length));
        const senders = SENDERS.filter((sender) => countOf(left, sender) > 0);
        const share = Math.floor(most / senders.length);
        for (const sender of senders) {
          const mine = taken.filter((one) => one.sender === sender);
          expect(mine.length).toBeGreaterThanOrEqual(Math.min(share, countOf(left, sender)));
          const ages = left.filter((one) => one.sender === sender).map(({ secondsAgo }) => secondsAgo);
          const oldest = ages.toSorted((one, other) => other - one).slice(0, mine.length);
          expect(mine.map(({ secondsAgo }) => secondsAgo)).toEqual(oldest);
        }
        const gone = new Set(taken.map(({ id }) => id));
        left = left.filter(({ id }) => !gone.has(id));
      }
    }),
    { numRuns: RUNS },
  );
}, 120_000);

test("one sender's flood holds up another by no more than the batch under way", async () => {
  const flood = Array.from({ length: 500 }, () => ({ sender: "lokalis", secondsAgo: 4_000 }));
  await fill([...flood, { sender: "rvdk", secondsAgo: 1 }]);
  const taken = await takeNext(2);
  expect(taken.map(({ sender }) => sender).toSorted()).toEqual(["lokalis", "rvdk"]);
});

test("safety goes first, and yet nothing waits forever: what is older than the head start goes before it", async () => {
  const family = await arrangeFamily(database.pool);
  const send = (change: Parameters<typeof newReferral>[1]) =>
    refer(stores(), worker("lokalis"), newReferral(family, change));
  await fill([]);
  const plain = await send({});
  const report = await send({ type: "REPORT", receiver: "veilig-thuis", consentBasis: "SAFETY_TASK" });
  const urgent = await send({ urgency: "URGENT" });
  const waitedLong = await send({});
  await database.owner.query(
    "update hub.referral_delivery set turn_at = turn_at - interval '16 minutes' where referral_id = $1",
    [waitedLong.id],
  );
  const keys = await inTransaction(database.pool, (client) => leaseDue(client, 10));
  expect(keys.map((one) => one.referralId)).toEqual([waitedLong.id, urgent.id, report.id, plain.id]);
});

test("the queue is kept short, for what stands in it cannot be overtaken", async () => {
  await fill(Array.from({ length: QUEUE_DEPTH + 50 }, () => ({ sender: "save", secondsAgo: 10 })));
  const lease = () => inTransaction(database.pool, (client) => leaseDue(client));
  expect(await lease()).toHaveLength(QUEUE_DEPTH);
  expect(await lease()).toHaveLength(0);
  await database.owner.query(
    `update hub.referral_delivery set queued_until = null where id in (
       select id from hub.referral_delivery where state = 'PENDING' and queued_until is not null limit 30)`,
  );
  expect(await lease()).toHaveLength(30);
});
