// Who sees that a term of a referral is over: those whom the referral concerns, at both organisations, and nobody else.

import { randomUUID } from "node:crypto";
import type { Requester } from "../../../shared/kernel/requester";
import { findTasks } from "../../../subgraphs/families/source/tasks/find-tasks";
import { taskWords } from "../../../subgraphs/families/mapping/task-words";
import { acceptReferral } from "../../../subgraphs/referrals/source/decide";
import { ReferralDuty } from "../../../subgraphs/referrals/source/deadlines/duties";
import { fireDeadline } from "../../../subgraphs/referrals/source/deadlines/fire";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { aGrant, aRequester } from "../../kit/requesters";
import { arrangeFamily, arrangeReceived, newReferral, REGION, SILENT, worker } from "./arrange";
import { letPass } from "./clocks";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const fire = (referralId: string, kind: "DECIDE" | "DELIVER", version: number): Promise<void> =>
  fireDeadline({ pool: database.pool, region: REGION, log: SILENT }, { referralId, kind, version });

const dutiesOf = async (requester: Requester, familyId: string): Promise<string[]> => {
  const grant = aGrant(requester, requester.workerFunction === "PRIVACY_OFFICER" ? "OVERSIGHT" : "CARE");
  const page = await findTasks(database.pool, grant, { first: 100, state: "OPEN" });
  return page.edges.filter(({ node }) => node.familyId === familyId).map(({ node }) => node.obligation);
};
const assign = (familyId: string, organisation: string, of: string): Promise<unknown> =>
  database.owner.query(
    `with involved as (insert into hub.involvement (family_id, organisation, case_reference, began_on)
       values ($1, $2, $3, current_date) returning family_id)
     insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
     select $4, family_id, $2, $5, 'ASSIGNED', current_date from involved`,
    [familyId, organisation, `CASE-${familyId.slice(2, 10)}`, randomUUID(), of],
  );

test("both organisations see it: who works with the family, and at the receiver everybody", async () => {
  const { id, familyId } = await arrangeReceived(stores());
  await assign(familyId, "lokalis", "lokalis.worker");
  await letPass(database, id, "end");
  await fire(id, "DECIDE", 2);
  expect(await dutiesOf(aRequester("lokalis.worker", "WORKER"), familyId)).toEqual(["REFERRAL_OVERDUE"]);
  expect(await dutiesOf(aRequester("save.voluntary", "VOLUNTARY_WORKER"), familyId)).toEqual([
    "REFERRAL_OVERDUE",
  ]);
  expect(await dutiesOf(aRequester("save.privacy-officer", "PRIVACY_OFFICER"), familyId)).toEqual([
    "REFERRAL_OVERDUE",
  ]);
  expect(await dutiesOf(aRequester("lokalis.colleague", "WORKER"), familyId)).toEqual([]);
  expect(await dutiesOf(aRequester("wss.guardian", "GUARDIAN"), familyId)).toEqual([]);
  await acceptReferral(stores(), worker("save"), { referralId: id, idempotencyKey: randomUUID() });
  expect(await dutiesOf(aRequester("save.voluntary", "VOLUNTARY_WORKER"), familyId)).toEqual([]);
});

test("the receiver sees nothing of a referral that is not delivered", async () => {
  const familyId = await arrangeFamily(database.pool);
  const { id } = await refer(stores(), worker("lokalis"), newReferral(familyId));
  await letPass(database, id, "end");
  await fire(id, "DELIVER", 1);
  expect(await dutiesOf(aRequester("save.voluntary", "VOLUNTARY_WORKER"), familyId)).toEqual([]);
  expect(await dutiesOf(aRequester("save.privacy-officer", "PRIVACY_OFFICER"), familyId)).toEqual([]);
  expect(await dutiesOf(aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER"), familyId)).toEqual([
    "REFERRAL_OVERDUE",
  ]);
});

test.each(Object.keys(ReferralDuty))("says what %s asks, in Dutch and in English", (duty) => {
  const words = taskWords(duty);
  for (const sentence of [words?.nl, words?.en]) expect(sentence).toMatch(/^[A-Z].{20,180}\.$/);
  expect(words?.nl).not.toBe(words?.en);
});
