// The registers through the door: who a requester is, teams, a child in two households, tasks and the queue.

import { randomUUID } from "node:crypto";
import { ask, type Answer } from "../kit/hub";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();

const codesOf = (answer: Answer) => (answer.body.errors ?? []).map(({ extensions }) => extensions["code"]);
const asks = (persona: string, purpose: string, query: string, variables = {}): Promise<Answer> =>
  ask(hub, { persona, purpose, query, variables });
/** What a root field gave; fails with the codes when it gave nothing. */
function given(answer: Answer, field: string): unknown {
  const found = answer.body.data?.[field];
  if (!found) throw new Error(`${field}: ${codesOf(answer).join(" ")}`);
  return found;
}
/** Changes something in a register, as a worker for care, and gives what came of it. */
async function change(persona: string, name: string, type: string, parts: string, input: object) {
  const answer = await asks(
    persona,
    "CARE",
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${parts} } }`,
    { input: { ...input, idempotencyKey: randomUUID() } },
  );
  return given(answer, name) as { id: string };
}

describe("me", () => {
  const ME = "{ me { function organisation { code } person { id role } children { id } } }";

  test.each([
    ["family.parent", "OVV-06-1", "PARENT", ["OVV-06-3", "OVV-06-4"]],
    ["family.young-person", "OVV-06-4", "CHILD", []],
  ])("%s is a person of the register", async (persona, id, role, children) => {
    const answer = await asks(persona, "SUBJECT_RIGHTS", ME);
    expect(codesOf(answer)).toEqual([]);
    expect(answer.body.data?.["me"]).toMatchObject({
      organisation: { code: "family" },
      person: { id, role },
      children: children.map((child) => ({ id: child })),
    });
  });

  test("a parent without authority knows which children are theirs", async () => {
    const answer = await asks(
      "family.parent-without-authority",
      "SUBJECT_RIGHTS",
      "{ me { children { id } } }",
    );
    expect(answer.body.data?.["me"]).toEqual({ children: [{ id: "OVV-06-3" }, { id: "OVV-06-4" }] });
  });

  test("no member of a family changes a register", async () => {
    const answer = await asks(
      "family.parent",
      "SUBJECT_RIGHTS",
      `mutation { recordConsent(input: { personId: "OVV-06-4", givenBy: "OVV-06-4", holder: "save", recipient: "family",
        categories: [SAFETY], purpose: SUBJECT_RIGHTS, decision: GIVEN, how: DIGITAL, idempotencyKey: "${randomUUID()}" }) { id } }`,
    );
    expect(codesOf(answer)).toEqual(["ACCESS_DENIED"]);
  });
});

test("who joins a team sees its families, and from the moment of leaving no more", async () => {
  const team = `team-${randomUUID().slice(0, 8)}`;
  const sees = async () =>
    codesOf(await asks("lokalis.colleague", "CARE", `{ family(id: "OVV-04") { id } }`));
  expect(await sees()).toEqual(["FAMILY_NOT_FOUND"]);
  await change("lokalis.worker", "addTeamMember", "AddTeamMemberInput", "id", {
    team,
    workerId: "lokalis.worker",
  });
  const assigned = await change("lokalis.worker", "assignTeam", "AssignTeamInput", "id", {
    familyId: "OVV-04",
    team,
  });
  expect(await sees()).toEqual(["FAMILY_NOT_FOUND"]);
  const joined = await change("lokalis.worker", "addTeamMember", "AddTeamMemberInput", "id", {
    team,
    workerId: "lokalis.colleague",
  });
  expect(await sees()).toEqual([]);
  await change("lokalis.worker", "endTeamMembership", "EndTeamMembershipInput", "id", {
    memberId: joined.id,
  });
  expect(await sees()).toEqual(["FAMILY_NOT_FOUND"]);
  await change("lokalis.worker", "endAssignment", "EndAssignmentInput", "id", { assignmentId: assigned.id });
});

test("an examination is open and closed from the next request on", async () => {
  const kinds = async () => {
    const answer = await asks(
      "veilig-thuis.assessor",
      "SAFETY_ASSESSMENT",
      `{ family(id: "OVV-07") { investigations { id kind } } }`,
    );
    return (given(answer, "family") as { investigations: { id: string; kind: string }[] }).investigations;
  };
  expect(await kinds()).toEqual([]);
  const input = { familyId: "OVV-07", kind: "ASSESSMENT", idempotencyKey: randomUUID() };
  const opened = await asks(
    "veilig-thuis.assessor",
    "SAFETY_ASSESSMENT",
    "mutation ($input: OpenInvestigationInput!) { openInvestigation(input: $input) { id } }",
    { input },
  );
  const { id } = given(opened, "openInvestigation") as { id: string };
  expect(await kinds()).toEqual([{ id, kind: "ASSESSMENT" }]);
  await asks(
    "veilig-thuis.assessor",
    "SAFETY_ASSESSMENT",
    "mutation ($input: CloseInvestigationInput!) { closeInvestigation(input: $input) { id } }",
    { input: { investigationId: id, idempotencyKey: randomUUID() } },
  );
  expect(await kinds()).toEqual([]);
});

describe("a child with two households", () => {
  const MEMBERS = `members { id family { id } households { id } parents { parent { id } authority } framework { framework guardian } }`;
  type Member = {
    id: string;
    family: { id: string } | null;
    households: { id: string }[];
    parents: object[];
  };
  const wardIn = async (persona: string, purpose: string, familyId: string): Promise<Member | undefined> => {
    const answer = await asks(persona, purpose, `{ family(id: "${familyId}") { ${MEMBERS} } }`);
    expect(codesOf(answer)).toEqual([]);
    return (given(answer, "family") as { members: Member[] }).members.find(({ id }) => id === "OVV-12-4");
  };

  test("is seen in each, without the other one", async () => {
    const weekend = await wardIn("lokalis.worker", "CARE", "OVV-03");
    expect(weekend).toMatchObject({
      family: null,
      households: [{ id: "OVV-03" }],
      parents: [{ parent: { id: "OVV-03-1" }, authority: "NO" }],
      framework: { framework: "COMPULSORY", guardian: "save" },
    });
    const home = await wardIn("save.guardian", "MEASURE_EXECUTION", "OVV-12");
    expect(home).toMatchObject({
      family: { id: "OVV-12" },
      households: [{ id: "OVV-12" }],
      parents: [{ parent: null, authority: "NO" }],
    });
  });
});

test("a task of an own family is seen, put off with a reason and done", async () => {
  const tasks = async (persona: string, purpose: string) => {
    const answer = await asks(
      persona,
      purpose,
      "{ tasks(first: 100) { edges { node { id familyId obligation toDo { nl } } } } }",
    );
    expect(codesOf(answer)).toEqual([]);
    type Found = { edges: { node: { id: string; familyId: string; obligation: string } }[] };
    return (given(answer, "tasks") as Found).edges.map(({ node }) => node);
  };
  const measure = await asks(
    "save.guardian",
    "MEASURE_EXECUTION",
    "mutation ($input: RecordMeasureInput!) { recordMeasure(input: $input) { id } }",
    {
      input: {
        personId: "OVV-12-3",
        kind: "OTS",
        number: "C/16/990890",
        startsOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
        endsOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
        idempotencyKey: randomUUID(),
      },
    },
  );
  const { id: measureId } = given(measure, "recordMeasure") as { id: string };
  const found = (await tasks("save.guardian", "MEASURE_EXECUTION")).find(
    ({ obligation, familyId }) => obligation === "EXPLAIN_RIGHTS" && familyId === "OVV-12",
  );
  expect(found).toMatchObject({ toDo: { nl: expect.stringMatching(/kader/) as string } });
  const taskId = found?.id ?? "";
  const done = await asks(
    "save.guardian",
    "MEASURE_EXECUTION",
    `mutation ($redate: RedateTaskInput!, $meet: MeetTaskInput!, $end: EndMeasureInput!) {
      redateTask(input: $redate) { dueOn } meetTask(input: $meet) { state history { action } }
      endMeasure(input: $end) { endedOn }
    }`,
    {
      redate: {
        taskId,
        dueOn: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
        reason: "FAMILY_ASKED",
        idempotencyKey: randomUUID(),
      },
      meet: { taskId, idempotencyKey: randomUUID() },
      end: {
        measureId,
        endedOn: new Date().toISOString().slice(0, 10),
        idempotencyKey: randomUUID(),
      },
    },
  );
  expect(codesOf(done)).toEqual([]);
  expect(done.body.data?.["meetTask"]).toEqual({
    state: "MET",
    history: ["CREATED", "REDATED", "MET"].map((action) => ({ action })),
  });
  expect((await tasks("save.privacy-officer", "OVERSIGHT")).every(({ id }) => id !== taskId)).toBe(true);
});

test("the municipality sees how referrals move, and no family", async () => {
  const QUEUE = "{ referralQueue { totalCount edges { node { reference type state receiver since } } } }";
  const queue = await asks("municipality.process-lead", "OVERSIGHT", QUEUE);
  expect(codesOf(queue)).toEqual([]);
  expect(JSON.stringify(queue.body.data)).not.toContain("OVV-");
  const counts = await asks(
    "municipality.policy-staff",
    "OVERSIGHT",
    "{ referralCounts { type state count } }",
  );
  expect(codesOf(counts)).toEqual([]);
  for (const [persona, purpose] of [
    ["lokalis.worker", "CARE"],
    ["municipality.policy-staff", "OVERSIGHT"],
  ] as const) {
    expect(codesOf(await asks(persona, purpose, QUEUE))).toEqual(["ACCESS_DENIED"]);
  }
  const family = await asks("municipality.process-lead", "OVERSIGHT", `{ family(id: "OVV-06") { id } }`);
  expect(codesOf(family)).toEqual(["FAMILY_NOT_FOUND"]);
});

test("its process lead and policy staff get figures of a quarter that is over, and nobody else does", async () => {
  const FIGURES = `{ referralFigures { quarter { name } sent { name count } waitingPerFamily { count medianDays }
    norms { name kept broken } } }`;
  for (const persona of ["municipality.process-lead", "municipality.policy-staff"]) {
    const answer = await asks(persona, "OVERSIGHT", FIGURES);
    expect(codesOf(answer)).toEqual([]);
    expect(JSON.stringify(answer.body.data)).not.toContain("OVV-");
    const { sent } = given(answer, "referralFigures") as { sent: { count: number | null }[] };
    for (const { count } of sent) expect((count ?? 0) % 10).toBe(0);
  }
  for (const [persona, purpose] of [
    ["lokalis.worker", "CARE"],
    ["lokalis.privacy-officer", "OVERSIGHT"],
    ["municipality.process-lead", "CARE"],
  ] as const) {
    expect((await asks(persona, purpose, FIGURES)).body.data?.["referralFigures"] ?? null).toBeNull();
  }
});

test("a reviewer who had to do with the family hears how, and since when", async () => {
  const answer = await asks(
    "rvdk.reviewer",
    "INDEPENDENT_REVIEW",
    "mutation ($input: OpenInvestigationInput!) { openInvestigation(input: $input) { id } }",
    { input: { familyId: "OVV-08", kind: "REVIEW", idempotencyKey: randomUUID() } },
  );
  const [error] = answer.body.errors ?? [];
  expect(error?.extensions).toMatchObject({
    code: "REVIEWER_NOT_INDEPENDENT",
    earlier: [{ kind: "ASSIGNMENT", since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string }],
  });
});

describe("the demo has", () => {
  const view = async (persona: string, purpose: string, familyId: string, parts: string) => {
    const answer = await asks(persona, purpose, `{ family(id: "${familyId}") { ${parts} } }`);
    expect(codesOf(answer)).toEqual([]);
    return answer.body.data?.["family"];
  };
  const PLANS = "lokalis { carePlan { summary } } save { carePlan { summary } }";
  const plan = { carePlan: { summary: expect.any(String) as string } };

  test("a duo, each of whom reads the plan of the other's organisation", async () => {
    expect(await view("lokalis.duo-member", "CARE", "OVV-05", PLANS)).toMatchObject({ save: plan });
    expect(await view("save.duo-member", "CARE", "OVV-05", PLANS)).toMatchObject({ lokalis: plan });
  });

  test("a meeting about them, and that the family takes part", async () => {
    const parts = "participation { how } meetings { edges { node { participants } } }";
    expect(await view("lokalis.worker", "CARE", "OVV-05", parts)).toEqual({
      participation: { how: "WRITTEN" },
      meetings: { edges: [{ node: { participants: ["lokalis", "save"] } }] },
    });
  });

  test("a probation officer, who reads the own plan", async () => {
    const parts = "save { carePlan { summary } }";
    expect(await view("save.probation-officer", "MEASURE_EXECUTION", "OVV-13", parts)).toMatchObject({
      save: plan,
    });
  });
});
