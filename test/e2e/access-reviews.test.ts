// An emergency becomes a signal, the signal a review, the worker justifies, the officer signs off: through the door, and each
// step on record.

import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf, newTrace, readLog } from "../kit/access-log";
import { ask, type Answer } from "../kit/hub";
import { asOwner, rowsOfTables } from "../kit/hub-database";
import { runLogCommand } from "../kit/log-command";
import { sharedHub } from "../kit/shared-hub";
import { at } from "../kit/view";

const hub = sharedHub();
const FAMILY = "OVV-13";
const WORKER = { persona: "rvdk.investigator", purpose: "ACUTE_SAFETY" };
const OFFICER = { persona: "rvdk.privacy-officer", purpose: "OVERSIGHT" };
const JUSTIFICATION = "Zonnewijzer: the police asked at night whether the children were safe.";

interface Who {
  readonly persona: string;
  readonly purpose: string;
  readonly secondFactor?: boolean;
}

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);
const query = (who: Who, text: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(hub, { ...who, query: text, headers });
async function change(
  who: Who,
  mutation: string,
  parts: string,
  input: object,
  headers = {},
): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return ask(hub, {
    ...who,
    headers,
    query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${parts} } }`,
    variables: { input: { idempotencyKey: randomUUID(), ...input } },
  });
}
const raise = () =>
  runLogCommand(["signals"], {
    SCHAKEL_DATA_DIR: join(hub.folder, "data"),
    SCHAKEL_PORT: String(hub.port),
  });

interface Review {
  readonly id: string;
  readonly origin: string;
  readonly state: string;
  readonly overdue: boolean;
  readonly worker: string | null;
  readonly signals: readonly { readonly kind: string }[];
}
interface Access {
  readonly familyId: string;
  readonly source: string;
}
async function reviewsOf(persona: string): Promise<Review[]> {
  const answer = await query(
    { ...OFFICER, persona },
    "{ reviews(first: 100) { edges { node { id origin state overdue worker signals { kind } } } } }",
  );
  expect(codesOf(answer)).toEqual([]);
  return (at(answer, ["reviews", "edges"]) as { node: Review }[]).map(({ node }) => node);
}
/** All that a review is about, page by page: other files of this project may have declared emergencies of the day. */
async function accessesOf(persona: string, { id }: Review): Promise<Access[]> {
  const found: Access[] = [];
  for (let after: string | null = null; ;) {
    const from: string = after === null ? "" : `, after: "${after}"`;
    const page = at(
      await query(
        { ...OFFICER, persona },
        `{ review(id: "${id}") { accesses(first: 100${from}) {
           edges { node { familyId source } } pageInfo { hasNextPage endCursor } } } }`,
      ),
      ["review", "accesses"],
    ) as { edges: { node: Access }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    found.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}
const ofEmergency = (reviews: readonly Review[]): Review => {
  const found = reviews.find(
    ({ worker, signals }) => worker === WORKER.persona && signals.some(({ kind }) => kind === "EMERGENCY"),
  );
  if (!found) throw new Error("There is no review of the emergency.");
  return found;
};

afterAll(async () => {
  // Taken out again: other files count on what the demo has.
  await asOwner(hub, async (owner) => {
    await owner.query("delete from hub.emergency where family_id = $1 and worker_id = $2", [
      FAMILY,
      WORKER.persona,
    ]);
    const made = "select id from hub.task where family_id = $1 and cause = 'EMERGENCY'";
    await owner.query(`delete from hub.task_event where task_id in (${made})`, [FAMILY]);
    await owner.query(`delete from hub.task where id in (${made})`, [FAMILY]);
  });
});

test("from the emergency to the signature", async () => {
  const reason = "The police asked whether the children are safe tonight.";
  expect(codesOf(await change(WORKER, "declareEmergency", "id", { familyId: FAMILY, reason }))).toEqual([]);
  const view = `{ family(id: "${FAMILY}") { members { id lokalis { safetyAssessments { score } } } } }`;
  expect(at(await query(WORKER, view), ["family", "members"])).not.toEqual([]);

  const raised = await raise();
  expect(raised).toMatchObject({ code: 0, err: "" });
  expect(raised.out).toMatch(/^rvdk: EMERGENCY on \d{4}-\d\d-\d\d, review [0-9a-f-]{36}$/m);
  expect(raised.out).not.toMatch(/OVV|investigator/);
  expect((await raise()).out).not.toContain("EMERGENCY");

  const review = ofEmergency(await reviewsOf(OFFICER.persona));
  expect(review).toMatchObject({ origin: "SIGNAL", state: "OPEN", overdue: false });
  const looked = (await accessesOf(OFFICER.persona, review)).filter(({ familyId }) => familyId === FAMILY);
  expect(looked.map(({ source }) => source)).toEqual(expect.arrayContaining(["families", "lokalis"]));
  // Lokalis, which gave something because of it, reviews that.
  const atSource = ofEmergency(await reviewsOf("lokalis.privacy-officer"));
  const given = await accessesOf("lokalis.privacy-officer", atSource);
  expect(new Set(given.map(({ source }) => source))).toEqual(new Set(["lokalis"]));

  const { id } = review;
  const traces = { asked: newTrace(), justified: newTrace(), signed: newTrace() };
  const question = "What did the police ask, and when was that?";
  const asked = await change(
    OFFICER,
    "askJustification",
    "state",
    { reviewId: id, question },
    traces.asked.headers,
  );
  expect(at(asked, ["askJustification"])).toEqual({ state: "ASKED" });
  const worker = { ...WORKER, purpose: "INVESTIGATION" };
  const seen = await query(worker, "{ justificationsAsked { reviewId question accesses { familyId } } }");
  expect(at(seen, ["justificationsAsked", 0])).toMatchObject({ reviewId: id, question });
  const justified = await change(
    worker,
    "justifyAccess",
    "reviewId",
    { reviewId: id, justification: JUSTIFICATION },
    traces.justified.headers,
  );
  expect(justified.body.data).toEqual({ justifyAccess: [] });
  const signed = await change(
    OFFICER,
    "signOffReview",
    "state outcome signedOffBy history { action words }",
    { reviewId: id, outcome: "IN_ORDER", reason: "The police confirmed that they asked that night." },
    traces.signed.headers,
  );
  expect(at(signed, ["signOffReview"])).toMatchObject({
    state: "SIGNED_OFF",
    outcome: "IN_ORDER",
    signedOffBy: OFFICER.persona,
    history: expect.arrayContaining([{ action: "JUSTIFIED", words: JUSTIFICATION }]) as unknown,
  });
  expect((await reviewsOf(OFFICER.persona)).some((one) => one.id === id)).toBe(false);

  for (const [operation, { traceId }, who] of [
    ["askJustification", traces.asked, OFFICER.persona],
    ["justifyAccess", traces.justified, WORKER.persona],
    ["signOffReview", traces.signed, OFFICER.persona],
  ] as const) {
    expect(await entriesOf(hub, "rvdk", traceId)).toMatchObject([
      { act: "OVERSIGHT", outcome: "DELIVERED", operation, worker: who, subjectType: "NONE" },
    ]);
  }
});

test("what is written in a review stands with the review alone: in no other table, and in no log file", async () => {
  const holding = [...(await rowsOfTables(hub))].filter(([, rows]) =>
    rows.some((row) => row.includes("Zonnewijzer")),
  );
  expect(holding.map(([table]) => table)).toEqual(["access_log.review_event"]);
  const folder = join(hub.folder, "data", "logs");
  for (const file of readdirSync(folder)) {
    expect([file, readFileSync(join(folder, file), "utf8")]).toEqual([
      file,
      expect.not.stringContaining("Zonnewijzer"),
    ]);
  }
});

test("a parent complains, and the employer looks into it", async () => {
  const parent = { persona: "family.parent", purpose: "SUBJECT_RIGHTS" };
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" }).format();
  const about = { organisation: "wss", on: today, purpose: "MEASURE_EXECUTION", ground: "KNOWS_US" };
  const { traceId, headers } = newTrace();
  const taken = await change(parent, "complainAboutAccess", "organisation on", about, headers);
  expect(taken.body.data).toEqual({ complainAboutAccess: { organisation: "wss", on: today } });
  const reviews = await reviewsOf("wss.privacy-officer");
  expect(reviews).toContainEqual(expect.objectContaining({ origin: "COMPLAINT", state: "OPEN" }));
  // Who complained is for the officer of that organisation; no other sees it in the log.
  const everywhere = await Promise.all(["lokalis", "rvdk"].map((one) => readLog(hub, one, {})));
  expect(everywhere.flat().filter((entry) => entry.traceId === traceId)).toEqual([]);
});

test.each<[string, Who, string]>([
  ["a worker", { persona: "rvdk.investigator", purpose: "INVESTIGATION" }, "ACCESS_DENIED"],
  ["who runs the hub", { persona: "hub.operator", purpose: "OVERSIGHT" }, "ACCESS_DENIED"],
  ["an officer without a second factor", { ...OFFICER, secondFactor: false }, "SECOND_FACTOR_REQUIRED"],
])("reviews, mandates and reports are closed to %s", async (_, who, code) => {
  for (const field of [
    "reviews { totalCount }",
    `review(id: "${randomUUID()}") { id }`,
    "mandates { id }",
    `workerReport(mandateId: "${randomUUID()}") { mandate { id } }`,
    'oversightReport(month: "2025-03") { month }',
    "workingHours { opens }",
  ]) {
    expect([field, codesOf(await query(who, `{ ${field} }`))]).toEqual([field, [code]]);
  }
});
