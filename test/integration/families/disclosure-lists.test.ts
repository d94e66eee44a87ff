// The lists of requests for disclosure: to whom a request is there, what each side sees of it, page by page.

import { randomUUID } from "node:crypto";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { findDisclosures } from "../../../subgraphs/families/source/disclosure/find-disclosures";
import { requestDisclosure } from "../../../subgraphs/families/source/disclosure/request-disclosure";
import type { DisclosureSide } from "../../../subgraphs/families/types/disclosure-enums";
import { withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import {
  aDecision,
  aRequest,
  ASKED,
  ASSESSOR,
  decide,
  heldFor,
  HOLDER,
  NECESSITY,
  request,
  WEIGHING,
} from "../../kit/disclosures";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";
import { deliver, newReferral } from "../referrals/arrange";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));
beforeEach(() => database.owner.query("truncate hub.disclosure"));

const stores = () => ({ pool: database.pool, region: UTRECHT });
const list = (
  side: DisclosureSide,
  requester: Requester,
  page: { first?: number; after?: string | null; state?: "REQUESTED" | "GRANTED" } = {},
) => findDisclosures(database.pool, aGrant(requester, "CARE"), { first: 10, side, ...page });
describe("the list", () => {
  test("shows the state to both sides, the weighing to the holder's side alone", async () => {
    const { result } = await request(stores());
    await decide(stores(), aDecision(result.id));
    const [held] = (await list("HELD", HOLDER)).edges;
    const [asked] = (await list("ASKED", ASSESSOR)).edges;
    expect(held?.node).toMatchObject({
      state: "GRANTED",
      necessity: NECESSITY,
      weighing: WEIGHING,
      decidedBy: "lokalis.worker",
    });
    expect(asked?.node).toMatchObject({
      state: "GRANTED",
      necessity: NECESSITY,
      grantedCategories: ASKED,
      familyTold: "TOLD",
      weighing: null,
      decidedBy: null,
      secondProfessional: null,
    });
  });

  test.each<[string, DisclosureSide, Requester]>([
    ["the holder as the one who asks", "ASKED", HOLDER],
    ["the one who asks as the holder", "HELD", ASSESSOR],
    [
      "a colleague at the holder who does not work with the family",
      "HELD",
      aRequester("lokalis.colleague", "WORKER"),
    ],
    ["an organisation that is neither", "HELD", aRequester("rvdk.investigator", "INVESTIGATOR")],
    [
      "an organisation that is neither, on the other side",
      "ASKED",
      aRequester("save.voluntary", "VOLUNTARY_WORKER"),
    ],
  ])("is empty for %s", async (_, side, requester) => {
    await request(stores());
    expect(await list(side, requester)).toMatchObject({ edges: [], totalCount: 0 });
  });

  test.each<[string, DisclosureSide, Requester]>([
    ["an adviser", "ASKED", aRequester("veilig-thuis.advisor", "ADVISOR")],
    ["a privacy officer", "HELD", aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER")],
    ["a member of a duo at the holder", "HELD", { ...HOLDER, workerFunction: "DUO_MEMBER" }],
  ])("is not open to %s", async (_, side, requester) => {
    await expect(list(side, requester)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  });

  test("is not open for advice or oversight", async () => {
    await expect(
      findDisclosures(database.pool, aGrant(HOLDER, "CONSULT"), { first: 1, side: "HELD" }),
    ).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      details: { purposesNeeded: expect.arrayContaining(["CARE"]) as string[] },
    });
  });

  test("follows the assignment: from the end of it on there is nothing", async () => {
    const { result } = await request(stores(), { holder: "save" });
    const voluntary = aRequester("save.voluntary", "VOLUNTARY_WORKER");
    expect((await list("HELD", voluntary)).edges[0]?.node.id).toBe(result.id);
    await database.owner.query(
      "update hub.assignment set until_on = current_date - 2 where family_id = 'OVV-06' and worker_id = 'save.voluntary'",
    );
    expect((await list("HELD", voluntary)).totalCount).toBe(0);
  });

  test("gives pages: open ones in order of waiting, all of them newest first", async () => {
    const ids: string[] = [];
    for (const category of ["SAFETY", "CARE_PLAN", "EDUCATION"] as const) {
      ids.push((await request(stores(), { categories: [category] })).result.id);
    }
    const first = await list("HELD", HOLDER, { first: 2, state: "REQUESTED" });
    expect(first.edges.map(({ node }) => node.id)).toEqual(ids.slice(0, 2));
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    // The last one of the page leaves the list; the next page is there all the same.
    await decide(stores(), aDecision(ids[1] ?? ""));
    const after = first.pageInfo.endCursor;
    const second = await list("HELD", HOLDER, { first: 2, after, state: "REQUESTED" });
    expect(second.edges.map(({ node }) => node.id)).toEqual(ids.slice(2));
    expect((await list("HELD", HOLDER)).edges.map(({ node }) => node.id)).toEqual(ids.toReversed());
    expect((await list("HELD", HOLDER, { state: "GRANTED" })).totalCount).toBe(1);
  });

  test.each([
    [{ first: 0 }, "first"],
    [{ first: 101 }, "first"],
    [{ after: "nonsense" }, "after"],
  ])("refuses the page %j", async (page, argument) => {
    await expect(list("HELD", HOLDER, page)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument },
    });
  });
});

describe("about a child with two households", () => {
  const first = aRequester("lokalis.first", "WORKER");
  const second = aRequester("lokalis.second", "WORKER");
  beforeAll(async () => {
    await database.owner.query(
      "insert into hub.second_household (person_id, family_id, from_on) values ('OVV-03-3', 'OVV-09', current_date - 9)",
    );
    await database.owner.query(
      `update hub.assignment set worker_id = case family_id when 'OVV-03' then $1 else $2 end
       where family_id in ('OVV-03', 'OVV-09') and organisation = 'lokalis'`,
      [first.worker, second.worker],
    );
  });

  test("it is asked in the one that the requester works with, and each worker of the holder is named their own", async () => {
    const { familyId, result } = await request(stores(), { personId: "OVV-03-3" });
    expect({ familyId, named: result.familyId }).toEqual({ familyId: "OVV-09", named: "OVV-09" });
    const namedTo = async (worker: Requester) =>
      (await list("HELD", worker)).edges.map(({ node }) => node.familyId);
    expect(await namedTo(second)).toEqual(["OVV-09"]);
    expect(await namedTo(first)).toEqual(["OVV-03"]);
    const decided = await decide(stores(), aDecision(result.id), first);
    expect({ about: decided.familyId, named: decided.result.familyId }).toEqual({
      about: "OVV-03",
      named: "OVV-03",
    });
  });

  test("a request about the other household is there for its own workers alone", async () => {
    await request(stores(), { personId: null, familyId: "OVV-09" });
    expect((await list("HELD", second)).totalCount).toBe(1);
    expect((await list("HELD", first)).totalCount).toBe(0);
  });
});

test("who was sent a referral sees the own request as long as the referral is there", async () => {
  const asker = aRequester("save.intake", "VOLUNTARY_WORKER");
  await request(stores(), { personId: "OVV-01-1" }, { requester: asker });
  const mine = async () => (await list("ASKED", asker)).totalCount;
  expect(await mine()).toBe(0);
  const referrals = { pool: database.pool, region: UTRECHT };
  const sent = await refer(referrals, HOLDER, newReferral("OVV-01"));
  expect(await mine()).toBe(0);
  await deliver(referrals, sent.id);
  expect(await mine()).toBe(1);
  expect((await list("ASKED", aRequester("save.other", "VOLUNTARY_WORKER"))).totalCount).toBe(0);
  await withdrawReferral(referrals, HOLDER, {
    referralId: sent.id,
    reason: "NO_LONGER_NEEDED",
    idempotencyKey: randomUUID(),
  });
  expect(await mine()).toBe(0);
});

test("members of one family ask each for themselves and see each their own", async () => {
  const member = (worker: string) => {
    const requester: Requester = {
      worker: toWorkerId(worker),
      organisation: toOrganisationCode("family"),
      kind: "FAMILY",
      legalEntity: "family",
      workerFunction: "PARENT",
    };
    const grant = aGrant(requester, "SUBJECT_RIGHTS");
    const ask = () => {
      const input = aRequest();
      return requestDisclosure(stores(), { ...grant, held: heldFor(input) }, input);
    };
    const seen = async () => {
      const page = await findDisclosures(database.pool, grant, { first: 9, side: "ASKED" });
      return page.edges.map(({ node }) => node.requestedBy);
    };
    return { ask, seen };
  };
  const [one, other] = [member("OVV-06-1"), member("OVV-06-2")];
  await one.ask();
  await other.ask();
  await expect(one.ask()).rejects.toMatchObject({ code: "DISCLOSURE_ALREADY_ASKED" });
  expect([await one.seen(), await other.seen()]).toEqual([["OVV-06-1"], ["OVV-06-2"]]);
});
