// The queue without names, and counts of at least ten: what they tell, what they do not, and to whom.

import { randomUUID } from "node:crypto";
import { inTransaction } from "../../../shared/database/pool";
import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { toPlainDate, today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import type { WithNorms } from "../../../shared/region/referral-norms";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { countReferrals, findQueue, SMALLEST_COUNT } from "../../../subgraphs/referrals/source/overview";
import { ReferralState } from "../../../subgraphs/referrals/source/referral-codes";
import { REFERRAL_TYPES, ROUTES } from "../../../subgraphs/referrals/source/routes";
import { withDatabase } from "../../kit/database";
import { aGrant, aRequester } from "../../kit/requesters";
import { arrangeFamily, REGION } from "./arrange";

const database = withDatabase();
const DAY_MS = 86_400_000;

const staff = (workerFunction: WorkerFunction): Requester => ({
  worker: toWorkerId("municipality.someone"),
  organisation: toOrganisationCode("municipality"),
  kind: "MUNICIPALITY",
  legalEntity: "municipality",
  workerFunction,
});
const queue = (page: { first?: number; after?: string | null } = {}, region: WithNorms = REGION) =>
  findQueue(database.pool, aGrant(staff("PROCESS_LEAD"), "OVERSIGHT"), { first: 100, ...page }, region);

/** A statement that the guards of the register would refuse: what is looked at here is what stands in it. */
const unguarded = (statement: string, values: unknown[] = []): Promise<unknown> =>
  inTransaction(database.owner, async (client) => {
    await client.query("set local session_replication_role = replica");
    return client.query(statement, values);
  });

interface Arranged {
  readonly type?: string;
  readonly state?: ReferralState;
  readonly urgency?: string;
  /** Days ago. */
  readonly sent?: number;
  readonly received?: number | null;
}

/** A referral as it stands in the register; how it came there is not looked at here. */
async function arrange({
  type = "GUIDANCE",
  state = "RECEIVED",
  urgency = "NORMAL",
  sent = 1,
  received = sent,
}: Arranged = {}): Promise<{ readonly id: string; readonly familyId: string }> {
  const familyId = await arrangeFamily(database.pool);
  const id = randomUUID();
  const ago = (days: number | null) =>
    days === null ? null : new Date(Date.now() - days * DAY_MS).toISOString();
  await unguarded(
    `insert into hub.referral (id, family_id, type, mode, urgency, reason_code, consent_basis, family_informed,
       family_informed_on, sender_organisation, sender_worker, receiver_organisation, owner_organisation,
       sight_on_safety, state, version, created_at, received_at, decided_at, expected_on, outcome)
     values ($1, $2, $3, 'JOIN', $4, 'EXPERTISE_NEEDED', 'CONSENT_GIVEN', 'SPOKEN', current_date, 'lokalis',
       'lokalis.worker', 'save', case when $5 in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED') then 'save' else 'lokalis' end,
       'lokalis', $5, 1, $6, $7,
       case when $5 in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED') then now() end,
       case when $5 = 'WAITLISTED' then current_date + 9 end,
       case when $5 in ('COMPLETED', 'WITHDRAWN') then 'ANSWERED' end)`,
    [id, familyId, type, urgency, state, ago(sent), ago(received)],
  );
  return { id, familyId };
}

beforeEach(() => unguarded("delete from hub.referral"));

describe("the queue", () => {
  test("is in order of urgency and waiting, and tells nothing of whom it is about", async () => {
    const late = await arrange({ sent: 30 });
    const urgent = await arrange({ urgency: "URGENT", type: "URGENT_INQUIRY_REQUEST", sent: 1 });
    await arrange({ state: "COMPLETED" });
    await arrange({ state: "WITHDRAWN" });
    const { edges, totalCount } = await queue();
    expect(totalCount).toBe(2);
    const receivedLong = new Date(Date.now() - 30 * DAY_MS);
    expect(edges.map(({ node }) => node)).toEqual([
      {
        reference: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        type: "URGENT_INQUIRY_REQUEST",
        state: "RECEIVED",
        urgency: "URGENT",
        receiver: "save",
        since: today(new Date(Date.now() - DAY_MS)),
        // At once.
        due: today(new Date(Date.now() - DAY_MS)),
        overdue: true,
      },
      {
        reference: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        type: "GUIDANCE",
        state: "RECEIVED",
        urgency: "NORMAL",
        receiver: "save",
        since: today(receivedLong),
        due: addWorkingDays(toPlainDate(today(receivedLong)), ROUTES.GUIDANCE.norm?.workingDays ?? 0),
        overdue: true,
      },
    ]);
    const told = JSON.stringify(edges) + edges.map(({ cursor }) => Buffer.from(cursor, "base64url")).join("");
    for (const { id, familyId } of [late, urgent]) {
      expect(told).not.toContain(id.slice(0, 8));
      expect(told).not.toContain(familyId);
    }
    expect(told).not.toContain("lokalis");
  });

  test.each<[string, Arranged]>([
    ["was accepted", { state: "ACCEPTED", sent: 60 }],
    ["is accepted for later", { state: "WAITLISTED", sent: 60 }],
    ["was not delivered yet", { state: "SUBMITTED", received: null }],
    ["has no term in the region", { type: "AGENCY_HANDOVER", sent: 60 }],
  ])("has no day for what %s", async (_, arranged) => {
    await arrange(arranged);
    expect((await queue()).edges.map(({ node }) => [node.due, node.overdue])).toEqual([[null, false]]);
  });

  test("counts by what the region settled, to the hour", async () => {
    await arrange({ sent: 2 });
    const queued = async (norm: { workingDays?: number; hours?: number }) => {
      const { edges } = await queue({}, { norms: { GUIDANCE: { ...norm, by: "afspraak" } } });
      return edges.map(({ node }) => [node.due, node.overdue]);
    };
    const received = new Date(Date.now() - 2 * DAY_MS);
    expect(await queued({ workingDays: 20 })).toEqual([[addWorkingDays(today(received), 20), false]]);
    expect(await queued({ hours: 47 })).toEqual([[today(new Date(Date.now() - DAY_MS / 24)), true]]);
    expect(await queued({ hours: 49 })).toEqual([[today(new Date(Date.now() + DAY_MS / 24)), false]]);
  });

  test("a referral keeps its reference, and another has another", async () => {
    await arrange();
    await arrange();
    const references = async () => (await queue()).edges.map(({ node }) => node.reference);
    const first = await references();
    expect(new Set(first).size).toBe(2);
    expect(await references()).toEqual(first);
  });

  test("goes on page by page, also when the last one of a page has left it", async () => {
    for (const sent of [5, 4, 3]) await arrange({ sent });
    const first = await queue({ first: 1 });
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    await unguarded(
      "update hub.referral set state = 'WITHDRAWN', outcome = 'NO_LONGER_NEEDED' where created_at = (select min(created_at) from hub.referral)",
    );
    const rest = await queue({ after: first.pageInfo.endCursor });
    expect(rest.edges).toHaveLength(2);
    expect(rest.edges[0]?.node.reference).not.toBe(first.edges[0]?.node.reference);
  });

  test.each([
    ["nothing", { first: 0 }, "first"],
    ["more than a page holds", { first: 101 }, "first"],
    ["a cursor of another list", { after: Buffer.from(`r:${randomUUID()}`).toString("base64url") }, "after"],
  ])("refuses to page with %s", async (_, page, argument) => {
    await expect(queue(page)).rejects.toMatchObject({ code: "INPUT_INVALID", details: { argument } });
  });
});

describe("counts", () => {
  const counts = () => countReferrals(database.pool, aGrant(staff("POLICY_STAFF"), "OVERSIGHT"));
  /** A referral of 40 days ago, before the month that runs, with the step that brought it where it was then. */
  const arrangeThen = async (what: Arranged = {}): Promise<string> => {
    const { id } = await arrange({ sent: 40, ...what });
    await step(id, 1, what.state ?? "RECEIVED", 40);
    return id;
  };
  const step = (id: string, version: number, state: ReferralState, ago: number) =>
    unguarded(
      `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, owner_organisation,
         receiver_organisation, at)
       values ($1, $2, case when $2 > 1 then 'review' else 'deliver' end, case when $2 > 1 then 'RECEIVED' end, $3, 'HUB', 'lokalis', 'save',
         now() - make_interval(days => $4))`,
      [id, version, state, ago],
    );
  const told = async () => (await counts()).filter(({ count }) => count !== null);

  test("are told from ten on, and look alike below: one, nine and none", async () => {
    for (let number = 0; number < SMALLEST_COUNT; number += 1) await arrangeThen();
    for (let number = 0; number < SMALLEST_COUNT - 1; number += 1) await arrangeThen({ type: "REPORT" });
    await arrangeThen({ type: "STEP_DOWN" });
    expect(await counts()).toHaveLength(REFERRAL_TYPES.length * Object.keys(ReferralState).length);
    expect(await told()).toEqual([{ type: "GUIDANCE", state: "RECEIVED", count: SMALLEST_COUNT }]);
  });

  test("tell nothing of this month, and nothing by one more or less", async () => {
    const ids: string[] = [];
    for (let number = 0; number < SMALLEST_COUNT + 1; number += 1) ids.push(await arrangeThen());
    const before = await counts();
    expect(before.filter(({ count }) => count !== null)).toHaveLength(1);
    for (const id of ids) await step(id, 2, "IN_REVIEW", 0);
    for (let number = 0; number < SMALLEST_COUNT; number += 1) {
      const { id } = await arrange({ sent: 0 });
      await step(id, 1, "RECEIVED", 0);
    }
    await arrangeThen();
    expect(await counts()).toEqual(before);
  });

  test("are of each type in each state, in one order", async () => {
    const pairs = (await counts()).map(({ type, state }) => `${type} ${state}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(pairs[0]).toBe("REPORT SUBMITTED");
  });
});

test.each<[string, Requester, Purpose]>([
  ["a worker", aRequester("lokalis.worker", "WORKER"), "REFERRAL"],
  ["a privacy officer", aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER"), "OVERSIGHT"],
  ["a process lead for another purpose", staff("PROCESS_LEAD"), "REFERRAL"],
])("neither is open to %s", async (_, requester, purpose) => {
  const grant = aGrant(requester, purpose);
  await expect(findQueue(database.pool, grant, { first: 10 }, REGION)).rejects.toMatchObject({
    code: "ACCESS_DENIED",
  });
  await expect(countReferrals(database.pool, grant)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
});

test("the queue is not for policy staff, and counts are not for a process lead", async () => {
  await expect(
    findQueue(database.pool, aGrant(staff("POLICY_STAFF"), "OVERSIGHT"), { first: 10 }, REGION),
  ).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  await expect(
    countReferrals(database.pool, aGrant(staff("PROCESS_LEAD"), "OVERSIGHT")),
  ).rejects.toMatchObject({ code: "ACCESS_DENIED" });
});
