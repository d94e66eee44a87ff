// Who may do what with a review: the officer asks, the worker justifies, the officer signs off; overdue ones stand on top.

import { randomUUID } from "node:crypto";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import { addDays, today, toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { aLook, plant } from "../../kit/planted-log";
import { aRequester } from "../../kit/requesters";
import { aKey, given, OFFICER, OTHER_OFFICER, positions, withReviews, WORKER } from "./arrange-reviews";

const reviews = withReviews();
const { database, ask, aReview } = reviews;

const WHY = "The family called about an appointment of that evening.";
const REASON = "The worker stood in that evening, as the roster says.";
const askFor = (id: string, more = "") =>
  `mutation { askJustification(input: { reviewId: "${id}" ${more} ${aKey()} }) { id state } }`;
const justify = (id: string, words = WHY) =>
  `mutation { justifyAccess(input: { reviewId: "${id}", justification: "${words}", ${aKey()} }) { reviewId } }`;
const signOff = (id: string, words = REASON) =>
  `mutation { signOffReview(input: { reviewId: "${id}", outcome: IN_ORDER, reason: "${words}", ${aKey()} }) { id state outcome } }`;

beforeAll(async () => {
  await plant(database, [
    {
      at: "2025-03-10T20:00:00+01:00",
      entries: [
        aLook("lokalis.worker", "WORKER", "F-1", { source: "save" }),
        aLook("lokalis.worker", "WORKER", "F-1", { source: "rvdk" }),
      ],
    },
  ]);
});

interface Seen {
  readonly id: string;
  readonly overdue: boolean;
  readonly dueOn: string;
}
async function list(more = ""): Promise<Seen[]> {
  const { data, codes } = await ask(
    `{ reviews(first: 100 ${more}) { edges { node { id overdue dueOn } } } }`,
  );
  expect(codes).toEqual([]);
  return (given(data, "reviews") as { edges: { node: Seen }[] }).edges.map(({ node }) => node);
}

test("from the question by way of the justification to the signature, each a step", async () => {
  const id = await aReview();
  const question = "Why did you look in the evening of that day?";
  expect(await ask(askFor(id, `question: "${question}"`))).toMatchObject({
    data: { askJustification: { id, state: "ASKED" } },
  });
  const asked = await ask("{ justificationsAsked { reviewId question happenedOn } }", WORKER, "CARE");
  expect(asked.data).toEqual({ justificationsAsked: [{ reviewId: id, question, happenedOn: "2024-01-01" }] });
  expect((await ask(justify(id), WORKER, "REFERRAL")).data).toEqual({ justifyAccess: [] });
  expect(await ask(signOff(id))).toMatchObject({
    data: { signOffReview: { id, state: "SIGNED_OFF", outcome: "IN_ORDER" } },
  });
  const { data } = await ask(
    `{ review(id: "${id}") { signedOffBy worker signals { kind } history { action worker organisation words } } }`,
  );
  expect(data?.["review"]).toEqual({
    signedOffBy: OFFICER.worker,
    worker: WORKER.worker,
    signals: [{ kind: "OWN_FAMILY" }],
    history: [
      { action: "OPENED", worker: "hub.keeper", organisation: "hub", words: null },
      { action: "JUSTIFICATION_ASKED", worker: OFFICER.worker, organisation: "lokalis", words: question },
      { action: "JUSTIFIED", worker: WORKER.worker, organisation: "lokalis", words: WHY },
      { action: "SIGNED_OFF", worker: OFFICER.worker, organisation: "lokalis", words: REASON },
    ],
  });
});

test("shows the entries that it is about to the officer, and to the worker no more than is needed to remember", async () => {
  const id = await aReview({ kind: "OUTSIDE_WORKING_HOURS", entries: await positions(database) });
  const { data } = await ask(
    `{ review(id: "${id}") { accesses(first: 1) { totalCount pageInfo { hasNextPage endCursor } edges { node { source familyId worker } } } } }`,
  );
  const page = (given(data, "review") as { accesses: { pageInfo: { endCursor: string } } }).accesses;
  expect(page).toMatchObject({
    totalCount: 2,
    pageInfo: { hasNextPage: true },
    edges: [{ node: { source: "save", familyId: "F-1", worker: "lokalis.worker" } }],
  });
  const next = await ask(
    `{ review(id: "${id}") { accesses(first: 1, after: "${page.pageInfo.endCursor}") { edges { node { source } } } } }`,
  );
  expect(next.data).toEqual({ review: { accesses: { edges: [{ node: { source: "rvdk" } }] } } });
  await ask(askFor(id));
  const asked = await ask(
    "{ justificationsAsked { accesses { recordedAt familyId source purpose } } }",
    WORKER,
    "CARE",
  );
  expect(asked.data?.["justificationsAsked"]).toEqual([
    {
      accesses: ["save", "rvdk"].map((source) => ({
        recordedAt: expect.stringMatching(/^2025-03-10T19:0/) as unknown,
        familyId: "F-1",
        source,
        purpose: "CARE",
      })),
    },
  ]);
  await ask(justify(id), WORKER, "CARE");
});

test("what is overdue says so and stands on top, and what is signed off stands apart", async () => {
  const [late, soon] = [await aReview(), await aReview()];
  await database.owner.query("update access_log.review set due_on = $2 where id = $1", [
    late,
    addDays(today(), -1),
  ]);
  await database.owner.query("update access_log.review set due_on = $2 where id = $1", [soon, today()]);
  const open = await list();
  expect(open.slice(0, 2)).toEqual([
    { id: late, overdue: true, dueOn: addDays(today(), -1) },
    { id: soon, overdue: false, dueOn: today() },
  ]);
  expect(open.slice(2).every(({ overdue }) => !overdue)).toBe(true);
  await ask(signOff(late));
  expect((await list()).some(({ id }) => id === late)).toBe(false);
  expect(await list("state: SIGNED_OFF")).toContainEqual({
    id: late,
    overdue: false,
    dueOn: addDays(today(), -1),
  });
});

test("pages through the list, each review once", async () => {
  for (let n = 0; n < 3; n++) await aReview();
  const all = await list();
  const seen: string[] = [];
  for (let after = ""; ;) {
    const { data } = await ask(
      `{ reviews(first: 2 ${after}) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }`,
    );
    const page = data?.["reviews"] as {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      edges: { node: { id: string } }[];
    };
    expect(page.totalCount).toBe(all.length);
    seen.push(...page.edges.map(({ node }) => node.id));
    if (!page.pageInfo.hasNextPage) break;
    after = `after: "${page.pageInfo.endCursor}"`;
  }
  expect(seen).toEqual(all.map(({ id }) => id));
});

describe("is refused", () => {
  test.each<[string, Requester]>([
    ["a worker of the organisation", WORKER],
    ["who runs the hub", { ...OFFICER, organisation: toOrganisationCode("hub"), workerFunction: "OPERATOR" }],
    [
      "a privacy officer of no organisation of the region",
      { ...OFFICER, organisation: toOrganisationCode("elsewhere") },
    ],
  ])("to %s", async (_, requester) => {
    const id = await aReview();
    for (const document of [
      `{ reviews { totalCount } }`,
      `{ review(id: "${id}") { id } }`,
      askFor(id),
      signOff(id),
    ]) {
      expect((await ask(document, requester)).codes).toEqual(["ACCESS_DENIED"]);
    }
  });

  test("to an officer without a second factor", async () => {
    const id = await aReview();
    const requester = { ...OFFICER, secondFactor: false };
    for (const document of [
      `{ reviews { totalCount } }`,
      `{ review(id: "${id}") { id } }`,
      askFor(id),
      signOff(id),
    ]) {
      expect((await ask(document, requester)).codes).toEqual(["SECOND_FACTOR_REQUIRED"]);
    }
  });

  test("to the officer of another organisation, as if there were none", async () => {
    const id = await aReview();
    for (const document of [`{ review(id: "${id}") { id } }`, askFor(id), signOff(id)]) {
      expect((await ask(document, OTHER_OFFICER)).codes).toEqual(["REVIEW_NOT_FOUND"]);
      expect((await ask(document.replace(id, randomUUID()))).codes).toEqual(["REVIEW_NOT_FOUND"]);
    }
    const { data } = await ask("{ reviews { totalCount } }", OTHER_OFFICER);
    expect(data).toEqual({ reviews: { totalCount: 0 } });
  });

  test("to an officer about own accesses, and open to a colleague", async () => {
    const id = await aReview({ worker: OFFICER.worker, workerFunction: "PRIVACY_OFFICER" });
    expect((await ask(signOff(id))).codes).toEqual(["ACCESS_DENIED"]);
    expect((await ask(askFor(id))).codes).toEqual(["ACCESS_DENIED"]);
    const colleague = aRequester("lokalis.second-officer", "PRIVACY_OFFICER");
    expect((await ask(signOff(id), colleague)).codes).toEqual([]);
  });

  test("after the signature: what was concluded stays", async () => {
    const id = await aReview();
    await ask(signOff(id));
    for (const document of [askFor(id), signOff(id)]) {
      expect((await ask(document)).codes).toEqual(["REVIEW_STEP_NOT_POSSIBLE"]);
    }
  });

  test("while a question is open, and about who is employed elsewhere or is not one person", async () => {
    const id = await aReview();
    await ask(askFor(id));
    expect((await ask(askFor(id))).codes).toEqual(["REVIEW_STEP_NOT_POSSIBLE"]);
    await ask(signOff(id));
    const elsewhere = await aReview({
      employer: "save",
      worker: "save.guardian",
      workerFunction: "GUARDIAN",
    });
    const nobody = await aReview({ worker: null, workerFunction: null, kind: "RECONCILIATION_DIFFERENCE" });
    for (const one of [elsewhere, nobody]) {
      expect((await ask(askFor(one))).codes).toEqual(["REVIEW_STEP_NOT_POSSIBLE"]);
      expect((await ask(signOff(one))).codes).toEqual([]);
    }
  });

  test("to a worker who is not asked: a colleague, a namesake elsewhere, or before the question", async () => {
    const id = await aReview();
    expect((await ask(justify(id), WORKER, "CARE")).codes).toEqual(["REVIEW_NOT_FOUND"]);
    await ask(askFor(id));
    const namesake = { ...aRequester("save.guardian", "GUARDIAN"), worker: WORKER.worker };
    for (const other of [aRequester("lokalis.colleague", "WORKER"), namesake]) {
      expect((await ask(justify(id), other, "CARE")).codes).toEqual(["REVIEW_NOT_FOUND"]);
      expect((await ask("{ justificationsAsked { reviewId } }", other, "CARE")).data).toEqual({
        justificationsAsked: [],
      });
    }
    expect((await ask(justify(id), WORKER, "CARE")).codes).toEqual([]);
    expect((await ask(justify(id), WORKER, "CARE")).codes).toEqual(["REVIEW_NOT_FOUND"]);
  });

  test.each([
    ["too short", "Because."],
    ["too long", "a ".repeat(300)],
    ["a BSN", "This was about the child with 999990019 as number."],
  ])("with words that are %s", async (_, words) => {
    const id = await aReview();
    await ask(askFor(id));
    expect((await ask(justify(id, words), WORKER, "CARE")).codes).toEqual(["INPUT_INVALID"]);
    expect((await ask(signOff(id, words))).codes).toEqual(["INPUT_INVALID"]);
    await ask(signOff(id));
  });
});

test("sent again under its key, a step is done once", async () => {
  const id = await aReview();
  const document = signOff(id);
  const first = await ask(document);
  expect(await ask(document)).toEqual(first);
  const { data } = await ask(`{ review(id: "${id}") { history { action } } }`);
  expect(data).toEqual({ review: { history: [{ action: "OPENED" }, { action: "SIGNED_OFF" }] } });
});

test("holds no family and no name of its own: with the key of the subject, it is gone", async () => {
  await database.owner.query(
    "select access_log.destroy_subject_key(id, 'TEST', 'test') from access_log.subject_key where key is not null",
  );
  const [entry] = await positions(database);
  const id = await aReview({
    kind: "VOLUME",
    happenedOn: toPlainDate("2025-03-11"),
    entries: entry ? [entry] : [],
  });
  const { data } = await ask(
    `{ review(id: "${id}") { accesses { edges { node { familyId subjectId } } } } }`,
  );
  expect(data).toEqual({ review: { accesses: { edges: [{ node: { familyId: null, subjectId: null } }] } } });
});
