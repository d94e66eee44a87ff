// Asking a holder for what it holds: what the gateway found and nothing else, once.

import { randomUUID } from "node:crypto";
import { addDays, today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { findDisclosures } from "../../../subgraphs/families/source/disclosure/find-disclosures";
import {
  requestDisclosure,
  type NewDisclosure,
} from "../../../subgraphs/families/source/disclosure/request-disclosure";
import { withdrawDisclosureRequest } from "../../../subgraphs/families/source/disclosure/withdraw-disclosure-request";
import type { DisclosureSide } from "../../../subgraphs/families/types/disclosure-enums";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import {
  aDecision,
  aRequest,
  ASKED,
  ASSESSOR,
  decide,
  grantFor,
  heldFor,
  HOLDER,
  NECESSITY,
  request,
  WEIGHING,
} from "../../kit/disclosures";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));
beforeEach(() => database.owner.query("truncate hub.disclosure"));

const stores = () => ({ pool: database.pool, region: UTRECHT });
const list = (
  side: DisclosureSide,
  requester: Requester,
  page: { first?: number; after?: string | null; state?: "REQUESTED" | "GRANTED" } = {},
) => findDisclosures(database.pool, aGrant(requester, "CARE"), { first: 10, side, ...page });
const withdraw = (disclosureId: string, requester = ASSESSOR) =>
  withdrawDisclosureRequest(stores(), aGrant(requester, "CARE"), {
    disclosureId,
    idempotencyKey: randomUUID(),
  });

test("puts before the holder what the gateway found to be held, with a term of two working days", async () => {
  const { familyId, personId, result } = await request(stores());
  expect({ familyId, personId }).toEqual({ familyId: "OVV-06", personId: "OVV-06-3" });
  expect(result).toMatchObject({
    holder: "lokalis",
    recipient: "veilig-thuis",
    requestedBy: "veilig-thuis.assessor",
    requestedAs: "ASSESSOR",
    purpose: "SAFETY_ASSESSMENT",
    categories: ASKED,
    rules: ["safe-home-asks-local-team"],
    necessity: NECESSITY,
    secondProfessionalNeeded: false,
    dueOn: addWorkingDays(today(), 2),
    state: "REQUESTED",
    weighing: null,
    grantedCategories: [],
  });
});

test("about the household as a whole names no person", async () => {
  const { result, ...about } = await request(stores(), { personId: null, familyId: "OVV-06" });
  expect(about).toEqual({ familyId: "OVV-06" });
  expect(result).toMatchObject({ familyId: "OVV-06", personId: null });
});

test("one category that takes four eyes makes the whole decision take four", async () => {
  const { result } = await request(stores(), {}, { secondProfessional: true });
  expect(result.secondProfessionalNeeded).toBe(true);
});

describe("nothing is stored that the gateway did not find", () => {
  const input = aRequest();
  test.each<[string, Partial<ReturnType<typeof heldFor>> | undefined]>([
    ["no word of the gateway", undefined],
    ["another holder", { source: "save" }],
    ["another person", { subject: { type: "Person", id: "OVV-06-4" } }],
    ["the household instead of the person", { subject: { type: "Family", id: "OVV-06-3" } }],
    ["one of the two categories", { categories: heldFor(input).categories.slice(0, 1) }],
    ["no category", { categories: [] }],
  ])("%s", async (_, change) => {
    const grant = aGrant(ASSESSOR, "SAFETY_ASSESSMENT");
    const held = change && { held: { ...heldFor(input), ...change } };
    await expect(requestDisclosure(stores(), { ...grant, ...held }, input)).rejects.toMatchObject({
      code: "DISCLOSURE_NOT_POSSIBLE",
    });
    expect((await list("HELD", HOLDER)).totalCount).toBe(0);
  });
});

test.each<[string, Partial<NewDisclosure>, string]>([
  ["neither family nor person", { personId: null }, "input.personId"],
  ["family and person", { familyId: "OVV-06" }, "input.personId"],
  ["a holder that the region does not have", { holder: "elsewhere" }, "input.holder"],
  ["no category", { categories: [] }, "input.categories"],
  ["a sentence that says too little", { necessity: "Needed." }, "input.necessity"],
  ["a text that is filled up with spaces", { necessity: `Needed ${" ".repeat(40)} now.` }, "input.necessity"],
  ["a text of more than 500 characters", { necessity: "a".repeat(501) }, "input.necessity"],
  ["a BSN in the text", { necessity: `${NECESSITY} It is about 999900006.` }, "input.necessity"],
  ["a BSN with dots", { necessity: `${NECESSITY} It is about 9999.00.006.` }, "input.necessity"],
  ["a day that is past", { wantedUntil: addDays(today(), -1) }, "input.wantedUntil"],
  ["more than 90 days", { wantedUntil: addDays(today(), 91) }, "input.wantedUntil"],
  ["a day that no calendar has", { wantedUntil: "2099-02-30" }, "input.wantedUntil"],
  ["an empty key", { idempotencyKey: "" }, "idempotencyKey"],
])("refuses %s and names the argument, not what was typed", async (_, change, argument) => {
  const refused = await request(stores(), change).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: "INPUT_INVALID",
    details: { argument, expected: expect.any(String) as string },
  });
  expect(JSON.stringify((refused as { details: unknown }).details)).not.toMatch(/Needed|9999/);
});

test("the longest sentence is taken, also in characters that take two places", async () => {
  const { result } = await request(stores(), {
    necessity: "𝒶".repeat(500),
    wantedUntil: addDays(today(), 90),
  });
  expect(Array.from(result.necessity)).toHaveLength(500);
});

describe("asking again", () => {
  test("for one of the categories is refused while the request is open", async () => {
    const { result } = await request(stores());
    const again = () => request(stores(), { categories: ["SAFETY", "EDUCATION"] });
    await expect(again()).rejects.toMatchObject({ code: "DISCLOSURE_ALREADY_ASKED" });
    await withdraw(result.id);
    await expect(again()).resolves.toMatchObject({ result: { state: "REQUESTED" } });
  });

  test.each<[string, Partial<NewDisclosure>]>([
    ["other categories", { categories: ["EDUCATION"] }],
    ["another person", { personId: "OVV-06-4" }],
    ["the household", { personId: null, familyId: "OVV-06" }],
    ["another holder", { holder: "save" }],
  ])("for %s is another request", async (_, change) => {
    await request(stores());
    await expect(request(stores(), change)).resolves.toMatchObject({ result: { state: "REQUESTED" } });
  });

  test("at the same moment stores one", async () => {
    const asked = await Promise.allSettled([1, 2, 3].map(() => request(stores())));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(asked.filter(({ status }) => status === "rejected")).toEqual(
      [1, 2].map(() => ({
        status: "rejected",
        reason: expect.objectContaining({ code: "DISCLOSURE_ALREADY_ASKED" }) as object,
      })),
    );
    expect((await list("ASKED", ASSESSOR)).totalCount).toBe(1);
  });

  test("under the same key gives the same answer", async () => {
    const input = aRequest();
    const ask = () => requestDisclosure(stores(), grantFor(input), input);
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second).toEqual(first);
    expect(await ask()).toEqual(first);
    await expect(
      requestDisclosure(stores(), grantFor(input), { ...input, necessity: `${NECESSITY} Really.` }),
    ).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  });
});

test("no text is kept under a key", async () => {
  const { result } = await request(stores());
  await decide(stores(), aDecision(result.id));
  const { rows } = await database.owner.query<{ kept: string }>(
    "select result::text as kept from hub.idempotency",
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const { kept } of rows) {
    expect(kept).not.toContain(NECESSITY);
    expect(kept).not.toContain(WEIGHING);
  }
});

describe("taking a request back", () => {
  test("closes it for both sides, once", async () => {
    const { result } = await request(stores());
    const first = await withdraw(result.id);
    expect(first.result).toMatchObject({ state: "WITHDRAWN", endedAt: expect.any(String) as string });
    expect((await withdraw(result.id)).result.endedAt).toBe(first.result.endedAt);
    await expect(decide(stores(), aDecision(result.id))).rejects.toMatchObject({
      code: "DISCLOSURE_ALREADY_DECIDED",
    });
  });

  test("is too late after the decision", async () => {
    const { result } = await request(stores());
    await decide(stores(), aDecision(result.id));
    await expect(withdraw(result.id)).rejects.toMatchObject({ code: "DISCLOSURE_ALREADY_DECIDED" });
  });

  test.each([
    ["the holder", HOLDER],
    ["an organisation that is neither", aRequester("rvdk.investigator", "INVESTIGATOR")],
    ["a colleague who does not work with the family", aRequester("veilig-thuis.colleague", "ASSESSOR")],
  ])("does not find it for %s", async (_, requester) => {
    const { result } = await request(stores());
    await expect(withdraw(result.id, requester)).rejects.toMatchObject({ code: "DISCLOSURE_NOT_FOUND" });
  });

  test.each([randomUUID(), "1; drop table", ""])("does not find what is not there: %#", async (id) => {
    await expect(withdraw(id)).rejects.toMatchObject({ code: "DISCLOSURE_NOT_FOUND" });
  });
});
