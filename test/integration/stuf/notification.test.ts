// A notification moves the referral that its request was about, once, and in its order. What is refused gets a code of the standard,
// is on record, and changes nothing.

import { randomUUID } from "node:crypto";
import { postOnce } from "../../../gateway/stuf/post";
import { takeNotification } from "../../../gateway/stuf/take-notification";
import { envelop } from "../../../shared/stuf/envelope";
import { readNotification } from "../../../shared/stuf/notification";
import { readDocument } from "../../../shared/stuf/read-xml";
import { writeStuurgegevens } from "../../../shared/stuf/stuurgegevens";
import { DECLARATIONS, element } from "../../../shared/stuf/write-xml";
import { acceptReferral, withdrawReferral } from "../../../subgraphs/referrals/source/decide";
import { withDatabase } from "../../kit/database";
import { BOARD, notification, SENDER } from "../../kit/stuf/inquiries";
import { worker } from "../referrals/arrange";
import { arrangeRequested, deliveryOf, withChain } from "./arrange";
import { about, NODE_USER, ofBoard, withDoor } from "./arrange-door";

const database = withDatabase();
const chain = withChain(database);
const door = withDoor(database, chain);

const accept = (id: string): Promise<unknown> =>
  acceptReferral({ pool: database.pool, region: chain.region }, worker("rvdk"), {
    referralId: id,
    idempotencyKey: randomUUID(),
  });

test("moves a referral through the inquiry, in the name of the board's own system", async () => {
  const id = await door.sent();
  expect(await door.notify(about(id, "Intake"))).toBe("200 Bv03");
  expect(await door.stateOf(id)).toMatchObject({ state: "IN_REVIEW" });
  const { rows } = await database.owner.query(
    "select worker, organisation from hub.referral_event where referral_id = $1 order by version desc limit 1",
    [id],
  );
  expect(rows).toEqual([{ worker: "client:stuf-jeugdzorg", organisation: "rvdk" }]);
  await accept(id);
  expect(await door.notify(about(id, "Onderzoek"))).toBe("200 Bv03");
  expect(await door.stateOf(id)).toMatchObject({ state: "IN_PROGRESS" });
  expect(await door.notify(about(id, "Zaak afgerond", { result: "Maatregel opgelegd" }))).toBe("200 Bv03");
  expect(await door.stateOf(id)).toMatchObject({ state: "COMPLETED", outcome: "NEXT_STEP_TAKEN" });
  expect(await door.refused()).toEqual([]);
});

test("is taken once, however often it comes: its acknowledgement was lost", async () => {
  const id = await door.sent();
  const one = about(id, "Intake");
  const answers = await Promise.all([door.notify(one), door.notify(one), door.notify(one)]);
  // Two at the same moment: the later one may be told that the referral just moved, and comes again.
  expect(answers).toContain("200 Bv03");
  const { version } = await door.stateOf(id);
  expect(await door.notify(one)).toBe("200 Bv03");
  await accept(id);
  const after = await door.stateOf(id);
  // Long after: what it said no longer holds, and it is acknowledged all the same.
  expect(await door.notify(one)).toBe("200 Bv03");
  expect(await door.stateOf(id)).toEqual(after);
  expect(after.version).toBe(version + 1);
});

test("another message under a used number is refused", async () => {
  const id = await door.sent();
  const one = about(id, "Intake");
  expect(await door.notify(one)).toBe("200 Bv03");
  const before = await door.stateOf(id);
  expect(await door.notify({ ...one, status: "Onderzoek" })).toBe("500 Fo03 StUF055 IDEMPOTENCY_KEY_REUSED");
  expect(await door.stateOf(id)).toEqual(before);
  expect(await door.refused()).toEqual([ofBoard("IDEMPOTENCY_KEY_REUSED")]);
});

test("out of order it is refused, and comes again when the order is there", async () => {
  const id = await door.sent();
  const before = await door.stateOf(id);
  const early = about(id, "Onderzoek");
  expect(await door.notify(early)).toBe("500 Fo03 StUF058 TRANSITION_NOT_ALLOWED");
  expect(await door.stateOf(id)).toEqual(before);
  await accept(id);
  expect(await door.notify(early)).toBe("200 Bv03");
  const started = await door.stateOf(id);
  expect(started.state).toBe("IN_PROGRESS");
  // Written before the inquiry began, and overtaken by it on the way.
  expect(await door.notify(about(id, "Intake"))).toBe("500 Fo03 StUF058 TRANSITION_NOT_ALLOWED");
  expect(await door.stateOf(id)).toEqual(started);
});

test("of a referral that was withdrawn it moves nothing", async () => {
  const id = await door.sent();
  await withdrawReferral({ pool: database.pool, region: chain.region }, worker("lokalis"), {
    referralId: id,
    idempotencyKey: randomUUID(),
    reason: "NO_LONGER_NEEDED",
  });
  const before = await door.stateOf(id);
  expect(await door.notify(about(id, "Intake"))).toMatch(/^500 Fo03 StUF058 /);
  expect(await door.stateOf(id)).toEqual(before);
});

test.each([
  [
    "a case that nobody knows",
    async () => about(randomUUID(), "Intake"),
    "REFERRAL_NOT_FOUND",
    "StUF064 REFERRAL_NOT_FOUND",
  ],
  [
    "an inquiry of the board's own",
    async () => ({ ...about(randomUUID(), "Intake"), caseNumber: undefined }),
    "REFERRAL_NOT_FOUND",
    "StUF064 REFERRAL_NOT_FOUND",
  ],
  [
    "a referral of which no message was sent",
    async () => about((await arrangeRequested(database, chain)).id, "Intake"),
    "REFERRAL_NOT_FOUND",
    "StUF064 REFERRAL_NOT_FOUND",
  ],
  [
    "a message for somebody else",
    async () =>
      about(await door.sent(), "Intake", { receiver: { ...SENDER, organisation: "00000099000000009999" } }),
    "REFERRAL_NOT_FOUND",
    "StUF064 ontvanger",
  ],
  [
    "a status that there is not",
    async () => about(await door.sent(), "Klaar"),
    "REQUEST_MALFORMED",
    "StUF055 ",
  ],
  [
    "another function",
    async () => about(await door.sent(), "Intake", { function: "vtoDi01" }),
    "REQUEST_MALFORMED",
    "StUF055 ",
  ],
])("%s is refused and on record", async (_what, arrange, code, expected) => {
  const message = await arrange();
  expect(await door.notify(message)).toContain(`500 Fo03 ${expected}`);
  expect(await door.refused()).toEqual([ofBoard(code)]);
});

test("what may pass is said to be so, and the same message is taken later", async () => {
  const id = await door.sent();
  const one = about(id, "Intake");
  door.recordIsAway = true;
  expect(await door.notify(one)).toBe("500 Fo03 StUF058 TRY_AGAIN");
  door.recordIsAway = false;
  expect(await door.notify(one)).toBe("200 Bv03");
  expect(await door.stateOf(id)).toMatchObject({ state: "IN_REVIEW" });
});

test.each([
  ["SOURCE_UNAVAILABLE", "TRY_AGAIN"],
  ["INTERNAL", "TRY_AGAIN"],
  ["LOG_UNAVAILABLE", "TRY_AGAIN"],
  ["ACCESS_DENIED", "ACCESS_DENIED"],
] as const)("a step that ends with %s is answered with %s", async (against, detail) => {
  const said = about(await door.sent(), "Intake");
  const read = readNotification(readDocument(notification(said).xml, 1 << 20));
  const deps = { ...door.deps(), takeStep: async () => against };
  const taking = takeNotification(deps, chain.deps.receivers.get("rvdk")!, read, "hub");
  await expect(taking).rejects.toMatchObject({ code: "StUF058", detail });
});

test("a Fo01 about a message that was taken makes it a dead letter, with a task for its sender", async () => {
  const { id, familyId } = await arrangeRequested(database, chain);
  await postOnce(chain.deps);
  const { id: reference } = (await deliveryOf(database, id))!;
  const heading = { sender: BOARD, receiver: SENDER, reference: randomUUID() };
  const stuurgegevens = writeStuurgegevens("StUF", "Fo01", heading, new Date());
  const crossed = stuurgegevens.xml.replace(
    "</StUF:stuurgegevens>",
    `<StUF:crossRefnummer>${reference}</StUF:crossRefnummer></StUF:stuurgegevens>`,
  );
  const body = element("StUF:body", {}, element("StUF:code", {}, "StUF058"));
  const fault = (): string =>
    envelop(element("StUF:Fo01Bericht", DECLARATIONS, { xml: crossed }, body), NODE_USER);
  expect(await door.hand(fault())).toBe("200 Bv03");
  expect(await door.hand(fault())).toBe("200 Bv03");
  expect(await deliveryOf(database, id)).toMatchObject({ state: "DEAD", fault: "FO01_STUF058" });
  const { rows } = await database.owner.query(
    "select obligation, organisation from hub.task where family_id = $1 and obligation = 'REFERRAL_UNDELIVERED'",
    [familyId],
  );
  expect(rows).toEqual([{ obligation: "REFERRAL_UNDELIVERED", organisation: "lokalis" }]);
});
