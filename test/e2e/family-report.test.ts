// A mother asks who looked, through the door: she sees the look of a minute ago, in her language, and nothing that tells of
// the other parent, of a report or of who looked by name. An access can be held back from it, and that shows nowhere.

import { randomUUID } from "node:crypto";
import { entriesOf, newTrace } from "../kit/access-log";
import { ask, type Answer } from "../kit/hub";
import { sharedHub } from "../kit/shared-hub";
import { at, FAMILY_VIEW } from "../kit/view";

const hub = sharedHub();
const REPORT = `query ($personId: ID, $language: ReportLanguage, $after: String) {
  myAccessReport(personId: $personId, language: $language, first: 100, after: $after) {
    title explanation
    edges { node { day hour organisationCode purpose what { how categories } text } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Line {
  readonly day: string;
  readonly hour: number;
  readonly organisationCode: string;
  readonly purpose: string;
  readonly what: readonly { readonly how: string; readonly categories: readonly string[] }[];
  readonly text: string;
}

const report = (
  persona: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
) => ask(hub, { persona, purpose: "SUBJECT_RIGHTS", query: REPORT, variables, headers });
const linesIn = (answer: Answer): Line[] =>
  (at(answer, ["myAccessReport", "edges"]) as { node: Line }[]).map(({ node }) => node);
const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map(({ extensions }) => extensions["code"]);
const look = (persona: string, purpose: string, headers: Record<string, string> = {}) =>
  ask(hub, { persona, purpose, query: FAMILY_VIEW, variables: { id: "OVV-06" }, headers });

beforeAll(async () => {
  await look("lokalis.worker", "CARE");
});

test("she sees the look of a minute ago, in Dutch when she says nothing", async () => {
  const answer = await report("family.parent");
  expect(answer.body.errors).toBeUndefined();
  expect(at(answer, ["myAccessReport", "title"])).toBe("Wie heeft gekeken naar gegevens over u?");
  const line = linesIn(answer).find(
    ({ organisationCode, purpose }) => organisationCode === "lokalis" && purpose === "CARE",
  );
  expect(line?.text).toMatch(/Lokalis: een medewerker van het buurtteam\./);
  expect(line?.what.map(({ how }) => how)).toEqual(expect.arrayContaining(["ASKED_OF_HOUSEHOLD"]));
  const english = await report("family.parent", { language: "EN" });
  expect(
    linesIn(english)
      .map(({ text }) => text)
      .join(" "),
  ).toMatch(/a worker of the neighbourhood team/);
});

test("it names no worker, and no kind of information that tells of a report, the police or a shelter", async () => {
  const text = JSON.stringify((await report("family.parent")).body);
  expect(text).not.toMatch(
    /lokalis\.worker|assessor|CONCERN_REPORT|REPORTER|CRIMINAL|SECRET_ADDRESS|INVESTIGATION_REPORT/,
  );
});

test("a look by Veilig Thuis shows only after the term in which it tells the family itself", async () => {
  await look("veilig-thuis.assessor", "SAFETY_ASSESSMENT");
  const lines = linesIn(await report("family.parent"));
  expect(lines.filter(({ organisationCode }) => organisationCode === "veilig-thuis")).toEqual([]);
});

test("what is looked for and changed about others, and what the father looks at himself, changes nothing in it", async () => {
  // One look more of her own first, so that the hour in which it is asked makes no difference.
  const before = linesIn(await report("family.parent"));
  await ask(hub, {
    persona: "family.parent-without-authority",
    purpose: "SUBJECT_RIGHTS",
    query: "{ me { person { id } } }",
  });
  await report("family.parent-without-authority");
  await ask(hub, {
    persona: "lokalis.worker",
    purpose: "CARE",
    query: "{ caseload { edges { node { id } } } }",
  });
  expect(linesIn(await report("family.parent"))).toEqual(before);
});

test.each([
  ["her girl of thirteen", "family.parent", "OVV-06-4"],
  ["the father", "family.parent", "OVV-06-2"],
  ["somebody of another family", "family.parent", "OVV-07-1"],
  ["nobody", "family.parent", "OVV-99-1"],
  ["the child over whom he has no authority", "family.parent-without-authority", "OVV-06-3"],
  ["a parent", "family.young-person", "OVV-06-1"],
])("about %s there is none for %s, with one and the same answer", async (_whom, persona, personId) => {
  const { traceId, headers } = newTrace();
  const answer = await report(persona, { personId }, headers);
  expect(codesOf(answer)).toEqual(["ACCESS_DENIED"]);
  expect(at(answer, ["myAccessReport"])).toBeNull();
  expect(answer.body.extensions?.["traceId"]).toBe(traceId);
});

test("the young person and the parent of a child of seven have theirs", async () => {
  const young = await report("family.young-person");
  expect(linesIn(young).length).toBeGreaterThan(0);
  const child = await report("family.parent", { personId: "OVV-06-3" });
  expect(at(child, ["myAccessReport", "title"])).toBe("Wie heeft gekeken naar gegevens over uw kind?");
  const told = linesIn(child).flatMap(({ what }) => what.map(({ how }) => how));
  expect(told).toContain("ASKED");
  expect(told).not.toContain("GIVEN");
});

test("a worker has no report, and a parent cannot have one for another purpose", async () => {
  const query = "{ myAccessReport { title } }";
  expect(codesOf(await ask(hub, { persona: "lokalis.worker", purpose: "CARE", query }))).toEqual([
    "ACCESS_DENIED",
  ]);
  expect(codesOf(await ask(hub, { persona: "family.parent", purpose: "CARE", query }))).toEqual([
    "PURPOSE_NOT_OPEN",
  ]);
});

test("a look is proposed to be held back, confirmed, gone, and shown again, and every step is on record", async () => {
  const traces = [newTrace(), newTrace(), newTrace(), newTrace()] as const;
  const [looked, proposed, confirmed, ended] = traces;
  // A look of a purpose for which no other test looks at this family from here: the only one of its kind in this hour.
  await look("lokalis.worker", "CONSULT", looked.headers);
  const shows = async (): Promise<boolean> =>
    linesIn(await report("family.parent")).some(
      ({ organisationCode, purpose }) => organisationCode === "lokalis" && purpose === "CONSULT",
    );
  const shownBefore = await shows();
  expect(shownBefore).toBe(true);
  const others = linesIn(await report("family.parent")).filter(({ purpose }) => purpose !== "CONSULT");
  const change = async (
    persona: string,
    purpose: string,
    field: string,
    input: object,
    headers: Record<string, string>,
  ) =>
    ask(hub, {
      persona,
      purpose,
      query: `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { id state } }`,
      variables: { input: { ...input, idempotencyKey: randomUUID() } },
      headers,
    });
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const proposal = await change(
    "lokalis.worker",
    "CARE",
    "holdBackEntry",
    { traceId: looked.traceId, ground: "SAFETY_OF_PERSON", until },
    proposed.headers,
  );
  expect(at(proposal, ["holdBackEntry", "state"])).toBe("PROPOSED");
  expect(await shows()).toBe(true);
  const holdBackId = at(proposal, ["holdBackEntry", "id"]);
  const officer = "lokalis.privacy-officer";
  await change(officer, "OVERSIGHT", "confirmHoldBack", { holdBackId }, confirmed.headers);
  expect(await shows()).toBe(false);
  expect(linesIn(await report("family.parent"))).toEqual(others);
  await change(officer, "OVERSIGHT", "endHoldBack", { holdBackId }, ended.headers);
  expect(await shows()).toBe(true);
  const about = {
    source: "access-log",
    subjectId: expect.any(String) as string,
    familyId: "OVV-06",
    outcome: "DELIVERED",
  };
  expect(await entriesOf(hub, "lokalis", proposed.traceId)).toMatchObject([
    { ...about, act: "CREATE", operation: "holdBackEntry", worker: "lokalis.worker" },
  ]);
  for (const [trace, operation] of [
    [confirmed, "confirmHoldBack"],
    [ended, "endHoldBack"],
  ] as const) {
    expect(await entriesOf(hub, "lokalis", trace.traceId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...about, act: "UPDATE", operation, worker: officer }),
      ]),
    );
  }
}, 60_000);
