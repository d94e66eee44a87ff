// What goes with a referral: a selection of live categories per person, shown to both, enforced at the gateway.

import { loadFamilyRecords } from "../../../shared/database/family-records";
import type { Category } from "../../../shared/kernel/codes";
import { acceptReferral, waitlistReferral } from "../../../subgraphs/referrals/source/decide";
import { getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer, type NewReferral } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { arrangeHousehold, deliver, newReferral, REGION, worker } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const sender = worker("lokalis");
const receiver = worker("veilig-thuis");
const REPORTED = ["CONCERN_REPORT", "HOUSEHOLD", "IDENTITY", "SAFETY"];

const household = () => arrangeHousehold(database, [{ role: "PARENT", birthDate: "1988-02-03" }, {}, {}]);
const report = (familyId: string, change: Partial<NewReferral> = {}) =>
  newReferral(familyId, { type: "REPORT", receiver: "veilig-thuis", consentBasis: "SAFETY_TASK", ...change });
/** What the gateway knows of the content of each referral about a family. */
async function known(familyId: string) {
  const [record] = await loadFamilyRecords(database.pool, { familyIds: [familyId], personIds: [] });
  return record?.referrals.map(({ content }) => content);
}

test("is all that the route opens when nothing is selected, of everybody whom it is about", async () => {
  const { familyId, persons } = await household();
  const { content, id } = await refer(stores(), sender, report(familyId, { children: [persons[1] ?? ""] }));
  const all = persons.slice(0, 2).map((personId) => ({ personId, categories: REPORTED }));
  expect(content).toEqual(all);
  await deliver(stores(), id);
  expect(await known(familyId)).toEqual([all]);
});

test("is nothing for a referral that opens no data", async () => {
  const { familyId } = await household();
  expect((await refer(stores(), sender, newReferral(familyId))).content).toEqual([]);
});

test("is what was selected, the same for sender, receiver and gateway", async () => {
  const { familyId, persons } = await household();
  const [, child = ""] = persons;
  const selected = [{ personId: child, categories: ["SAFETY", "IDENTITY", "SAFETY"] as Category[] }];
  const { id } = await refer(stores(), sender, report(familyId, { content: selected }));
  await deliver(stores(), id);
  const stored = [{ personId: child, categories: ["IDENTITY", "SAFETY"] }];
  expect((await getReferral(database.pool, sender, id)).content).toEqual(stored);
  expect((await getReferral(database.pool, receiver, id)).content).toEqual(stored);
  expect(await known(familyId)).toEqual([stored]);
});

test("can be nothing at all", async () => {
  const { familyId } = await household();
  const { id, content } = await refer(stores(), sender, report(familyId, { content: [] }));
  expect(content).toEqual([]);
  await deliver(stores(), id);
  expect(await known(familyId)).toEqual([[]]);
});

test.each<[string, (own: readonly string[], other: string) => NewReferral["content"]]>([
  ["of another household", (_own, other) => [{ personId: other, categories: ["SAFETY"] }]],
  ["of nobody", () => [{ personId: "nobody", categories: ["SAFETY"] }]],
  ["of a child whom it is not about", (own) => [{ personId: own[2] ?? "", categories: ["SAFETY"] }]],
  [
    "that the route does not open",
    (own) => [{ personId: own[1] ?? "", categories: ["SAFETY", "CARE_PLAN"] }],
  ],
  ["that is sealed: who reported", (own) => [{ personId: own[1] ?? "", categories: ["REPORTER"] }]],
  ["that is sealed: a secret address", (own) => [{ personId: own[1] ?? "", categories: ["SECRET_ADDRESS"] }]],
])("is not what is %s", async (_what, select) => {
  const { familyId, persons } = await household();
  const { persons: others } = await household();
  const content = select(persons, others[1] ?? "");
  const input = report(familyId, { children: [persons[1] ?? ""], content });
  await expect(refer(stores(), sender, input)).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "input.content" },
  });
  expect(await known(familyId)).toEqual([]);
});

test("is chosen once: nobody adds to it, changes it or takes from it", async () => {
  const { familyId, persons } = await household();
  const { id } = await refer(stores(), sender, report(familyId, { content: [] }));
  const add = "insert into hub.referral_content (referral_id, person_id, category) values ($1, $2, 'SAFETY')";
  const late = { code: "23514" };
  await expect(database.pool.query(add, [id, persons[1]])).rejects.toMatchObject(late);
  await expect(database.owner.query(add, [id, persons[1]])).rejects.toMatchObject(late);
  await expect(database.owner.query("delete from hub.referral_content")).rejects.toMatchObject({
    code: "55000",
  });
  await expect(database.pool.query("delete from hub.referral_content")).rejects.toMatchObject({
    code: "42501",
  });
});

test("goes with each child when they are split, and of a child only with its own half", async () => {
  const { familyId, persons } = await household();
  const [parent, first, second] = persons as readonly [string, string, string];
  const { id } = await refer(stores(), sender, report(familyId));
  await deliver(stores(), id);
  await acceptReferral(stores(), receiver, {
    referralId: id,
    children: [first],
    idempotencyKey: "split-content",
  });
  const of = (child: string) => [parent, child].map((personId) => ({ personId, categories: REPORTED }));
  expect(await known(familyId)).toEqual(expect.arrayContaining([of(first), of(second)]));
  expect(await known(familyId)).toHaveLength(2);
});

test("of what was sent before there was a selection is all that its kind opens, also after a split", async () => {
  const { familyId, persons } = await household();
  const { id } = await refer(stores(), sender, report(familyId));
  await deliver(stores(), id);
  const client = await database.owner.connect();
  await client.query("begin; set local session_replication_role = replica");
  await client.query("update hub.referral set content = 'ROUTE' where id = $1", [id]);
  await client.query("commit");
  client.release();
  expect((await getReferral(database.pool, sender, id)).content).toBeNull();
  await waitlistReferral(stores(), receiver, {
    referralId: id,
    children: [persons[1] ?? ""],
    expectedOn: "2199-01-01",
    idempotencyKey: "split-route",
  });
  expect(await known(familyId)).toEqual([null, null]);
});
