// The outbox of requests for inquiry: when one is taken, by one gateway alone, and how it ends that was not taken by the node.

import { randomUUID } from "node:crypto";
import { buryTaken } from "../../../gateway/stuf/outbox";
import { postOnce } from "../../../gateway/stuf/post";
import { MOST_ATTEMPTS } from "../../../shared/database/delivery-pauses";
import { objectToReferral, resolveConsultation } from "../../../subgraphs/referrals/source/consult";
import { acceptReferral, withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import { withDatabase } from "../../kit/database";
import { nodeAnswer } from "../../kit/stuf/inquiries";
import type { SystemAnswer } from "../../kit/test-system";
import { worker } from "../referrals/arrange";
import {
  arrangeRequested,
  deliveryOf,
  postLater,
  referenceIn,
  startAfresh,
  tasksAbout,
  withChain,
} from "./arrange";

const database = withDatabase();
const chain = withChain(database);

const TAKEN: SystemAnswer = { body: nodeAnswer("Bv03") };
const REFUSED: SystemAnswer = { status: 500, body: nodeAnswer("Fo03", "StUF055") };
const UNDELIVERED = { obligation: "REFERRAL_UNDELIVERED", about: "rvdk", organisation: "lokalis" };
const undelivered = async (familyId: string) =>
  (await tasksAbout(database, familyId)).filter(({ obligation }) => obligation === UNDELIVERED.obligation);

beforeEach(() => startAfresh(database, chain));

test("waits its pause after a failure that nobody foresaw, and the next one is sent all the same", async () => {
  const { id } = await arrangeRequested(database, chain);
  const other = await arrangeRequested(database, chain);
  const { client } = chain.deps;
  let orders = 0;
  const order: typeof client.order = async (source, asked) => {
    orders += 1;
    if (orders === 1) throw new TypeError("nobody foresaw this");
    return client.order!(source, asked);
  };
  await postOnce({ ...chain.deps, client: { ...client, order } });
  const made = [await deliveryOf(database, id), await deliveryOf(database, other.id)];
  expect(new Set(made.map((one) => one?.fault))).toEqual(new Set(["INTERNAL", null]));
  expect(chain.node.asked).toHaveLength(1);
  await postLater(database, chain);
  expect(chain.node.asked).toHaveLength(2);
});

test("ends as a dead letter with a task of its sender, and is sent no more", async () => {
  const { id, familyId } = await arrangeRequested(database, chain);
  chain.node.answerWith(() => REFUSED);
  await postOnce(chain.deps);
  await database.owner.query(
    "update hub.referral_delivery set attempts = $2 where referral_id = $1 and kind = 'STUF'",
    [id, MOST_ATTEMPTS],
  );
  await postLater(database, chain);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "DEAD", fault: "REFUSED_STUF055" });
  expect(await undelivered(familyId)).toEqual([UNDELIVERED]);
  await postLater(database, chain);
  expect(chain.node.asked).toHaveLength(1);
});

test("that was taken and is found wrong later becomes a dead letter once", async () => {
  const { id, familyId } = await arrangeRequested(database, chain);
  await postOnce(chain.deps);
  const { id: reference = "" } = (await deliveryOf(database, id)) ?? {};
  expect(await buryTaken(database.pool, "wss", reference, "FO01")).toBe(false);
  expect(await buryTaken(database.pool, "rvdk", reference, "FO01_STUF055")).toBe(true);
  expect(await buryTaken(database.pool, "rvdk", reference, "FO01_STUF055")).toBe(true);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "DEAD", fault: "FO01_STUF055" });
  expect(await undelivered(familyId)).toEqual([UNDELIVERED]);
});

test("that was withdrawn before it was sent is not sent", async () => {
  const { id } = await arrangeRequested(database, chain);
  chain.node.answerWith(() => REFUSED);
  await postOnce(chain.deps);
  const stores = { pool: database.pool, region: chain.region };
  const input = { referralId: id, idempotencyKey: "w", reason: "ENTERED_BY_MISTAKE" } as const;
  await withdrawReferral(stores, worker("lokalis"), input);
  await postLater(database, chain);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "CANCELLED" });
  expect(chain.node.asked).toHaveLength(1);
});

test("that the board accepted in the hub while the node was away is not sent, and asks nobody for anything", async () => {
  const { id, familyId } = await arrangeRequested(database, chain);
  chain.node.answerWith(() => REFUSED);
  await postOnce(chain.deps);
  const stores = { pool: database.pool, region: chain.region };
  await acceptReferral(stores, worker("rvdk"), { referralId: id, idempotencyKey: randomUUID() });
  await postLater(database, chain);
  const { id: reference = "", ...cancelled } = (await deliveryOf(database, id)) ?? {};
  expect(cancelled).toMatchObject({ state: "CANCELLED" });
  // The node may have taken it all the same, and the board finds that it cannot deal with it.
  expect(await buryTaken(database.pool, "rvdk", reference, "FO01_STUF055")).toBe(true);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "CANCELLED", fault: "FO01_STUF055" });
  expect(await undelivered(familyId)).toEqual([]);
  expect(chain.node.asked).toHaveLength(1);
});

test.each([
  ["is sent when the board gets it back", "rvdk", "DELIVERED", 2],
  ["is not sent when another gets it", "save", "CANCELLED", 1],
])("that is consulted about rests, and %s", async (_what, owner, state, asked) => {
  const { id } = await arrangeRequested(database, chain);
  chain.node.answerWith(() => REFUSED);
  await postOnce(chain.deps);
  chain.node.answerWith(() => TAKEN);
  const stores = { pool: database.pool, region: chain.region };
  const { consultation } = await objectToReferral(stores, worker("rvdk"), {
    referralId: id,
    reason: "TASK_OF_ANOTHER",
    proposal: "save",
    idempotencyKey: randomUUID(),
  });
  await postLater(database, chain);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "PENDING", attempts: 1 });
  await resolveConsultation(stores, worker("rvdk"), {
    consultationId: consultation?.id ?? "",
    outcome: "ASSIGN",
    owner,
    idempotencyKey: randomUUID(),
  });
  await postLater(database, chain);
  expect(await deliveryOf(database, id)).toMatchObject({ state });
  expect(chain.node.asked).toHaveLength(asked);
});

test("waits for planned maintenance of its sender to end, and uses up no attempt", async () => {
  const { id } = await arrangeRequested(database, chain);
  await database.owner.query(
    `insert into hub.maintenance (id, organisation, from_at, until_at, announced_by)
     values (gen_random_uuid(), 'lokalis', now(), now() + interval '1 hour', 'client:lokalis.system')`,
  );
  await postOnce(chain.deps);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "PENDING", attempts: 0 });
  await database.owner.query("update hub.maintenance set ended_at = now(), ended_by = announced_by");
  await postOnce(chain.deps);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "DELIVERED", attempts: 1 });
});

test("several gateways at once send each request once", async () => {
  const made = [];
  for (let n = 0; n < 6; n += 1) made.push(await arrangeRequested(database, chain));
  await Promise.all([postOnce(chain.deps), postOnce(chain.deps), postOnce(chain.deps)]);
  const references = chain.node.asked.map(({ body }) => referenceIn(body));
  expect(new Set(references).size).toBe(made.length);
  expect(references).toHaveLength(made.length);
});
