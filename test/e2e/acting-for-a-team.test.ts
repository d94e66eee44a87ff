// A worker acts for a team and is employed by an organisation: both stand in every entry, and what opens a family is the
// register of teams, never what a token says.

import { randomUUID } from "node:crypto";
import { newTrace } from "../kit/access-log";
import { tokenWith } from "../kit/attack-tokens";
import { post, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { startSecondGateway } from "../kit/second-gateway";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const TEAM = `team-${randomUUID().slice(0, 8)}`;
const FAMILY = "OVV-07";

/** Who asks: in the function of a persona, of the same employer. */
interface Asker {
  readonly as: string;
  readonly worker: string;
  /** Team that the token says. */
  readonly team?: string;
}
const LOKALIS: Asker = { as: "lokalis.worker", worker: "lokalis.team-ann", team: TEAM };
const SAVE: Asker = { as: "save.guardian", worker: "save.team-bob", team: TEAM };

/** What the work of a persona is for. */
const PURPOSES: Readonly<Record<string, string>> = {
  "lokalis.worker": "CARE",
  "save.guardian": "MEASURE_EXECUTION",
};

interface Traced {
  readonly answer: Answer;
  readonly codes: readonly unknown[];
  /** Team, employer and worker of each entry that the request left. */
  readonly entries: readonly Readonly<Record<string, string | null>>[];
}

async function asks(
  { as, worker, team }: Asker,
  query: string,
  { purpose = PURPOSES[as] ?? "", variables = {}, port = hub.port } = {},
): Promise<Traced> {
  const { traceId, headers } = newTrace();
  const token = await tokenWith(hub, as, { sub: worker, ...(team === undefined ? {} : { team }) });
  const answer = await post(port, JSON.stringify({ query, variables }), {
    authorization: `Bearer ${token}`,
    ...(purpose === "" ? {} : { purpose }),
    ...headers,
  });
  const entries = await asOwner(hub, async (owner) => {
    const { rows } = await owner.query<Record<string, string | null>>(
      "select team, organisation, worker from access_log.entry where trace_id = $1",
      [traceId],
    );
    return rows;
  });
  return { answer, codes: (answer.body.errors ?? []).map(({ extensions }) => extensions["code"]), entries };
}

/** Changes the register, in the name of the persona itself. */
async function change(
  as: string,
  field: string,
  input: string,
  what: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { answer, codes } = await asks(
    { as, worker: as },
    `mutation ($input: ${input}!) { ${field}(input: $input) { id } }`,
    { variables: { input: { ...what, idempotencyKey: randomUUID() } } },
  );
  expect(codes).toEqual([]);
  const changed = answer.body.data?.[field] as { id: string } | undefined;
  return changed?.id ?? "";
}
const join = (as: string, workerId: string) =>
  change(as, "addTeamMember", "AddTeamMemberInput", { team: TEAM, workerId });
const leave = (as: string, memberId: string) =>
  change(as, "endTeamMembership", "EndTeamMembershipInput", { memberId });

const LOOK = `{ family(id: "${FAMILY}") { id lokalis { carePlan { summary } } save { safetyPlan { summary } } } }`;
const NOT_OPEN = ["FAMILY_NOT_FOUND"];
const employerOf = (asker: Asker): string => asker.as.split(".")[0] ?? "";
const asMember = (asker: Asker) => ({ team: TEAM, organisation: employerOf(asker), worker: asker.worker });

/** Memberships and assignments that this file made, to be ended. */
const made: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  for (const as of ["lokalis.worker", "save.guardian"]) {
    const own = await join(as, as);
    const assignmentId = await change(as, "assignTeam", "AssignTeamInput", { familyId: FAMILY, team: TEAM });
    made.push(
      () => change(as, "endAssignment", "EndAssignmentInput", { assignmentId }),
      () => leave(as, own),
    );
  }
});
afterAll(async () => {
  for (const end of made) await end();
});

test("a team that a token says and the register does not know gives nothing", async () => {
  for (const asker of [LOKALIS, SAVE, { ...LOKALIS, team: "no-such-team" }]) {
    const { codes, entries } = await asks(asker, LOOK);
    expect(codes).toEqual(NOT_OPEN);
    expect(entries.length).toBeGreaterThan(0);
    for (const { team } of entries) expect(team).toBeNull();
  }
});

test("membership at one employer is none at the other, though the team has one name", async () => {
  const joined = await join("lokalis.worker", LOKALIS.worker);
  const namesake = { ...SAVE, worker: LOKALIS.worker };
  expect((await asks(namesake, LOOK)).codes).toEqual(NOT_OPEN);
  await leave("lokalis.worker", joined);
});

test("two employers in one team: every entry of a member has the team and the employer", async () => {
  const joined = [
    await join("lokalis.worker", LOKALIS.worker),
    await join("save.guardian", SAVE.worker),
  ] as const;
  try {
    for (const asker of [LOKALIS, SAVE]) {
      const looked = await asks(asker, LOOK);
      expect(looked.codes).toEqual([]);
      // Of nobody in particular, of a family that is not theirs, and refused at the door for want of a purpose.
      const others = [
        await asks(asker, "{ caseload { totalCount } }"),
        await asks(asker, `{ family(id: "OVV-13") { id } }`),
        await asks(asker, LOOK, { purpose: "" }),
      ];
      expect(others[1]?.codes).toEqual(NOT_OPEN);
      expect(others[2]?.codes).toEqual(["PURPOSE_REQUIRED"]);
      const entries = [looked, ...others].flatMap((one) => one.entries);
      expect(looked.entries.length).toBeGreaterThan(1);
      expect(others[2]?.entries).toHaveLength(1);
      for (const entry of entries) expect(entry).toEqual(asMember(asker));
      // The same without a word of it in the token: the register knows.
      const silent = await asks({ as: asker.as, worker: asker.worker }, LOOK);
      for (const entry of silent.entries) expect(entry).toEqual(asMember(asker));
    }
  } finally {
    await leave("lokalis.worker", joined[0]);
    await leave("save.guardian", joined[1]);
  }
});

test("a membership that ends is over with the next request, at every gateway, whatever the token says", async () => {
  const second = await startSecondGateway(hub);
  try {
    const joined = await join("save.guardian", SAVE.worker);
    for (const port of [hub.port, second.port]) expect((await asks(SAVE, LOOK, { port })).codes).toEqual([]);
    await leave("save.guardian", joined);
    for (const port of [second.port, hub.port]) {
      const { codes, entries } = await asks(SAVE, LOOK, { port });
      expect(codes).toEqual(NOT_OPEN);
      for (const { team } of entries) expect(team).toBeNull();
    }
  } finally {
    await second.stop();
  }
});

test("an assignment of the team that ends is over with the next request for all of its members", async () => {
  const joined = await join("lokalis.worker", LOKALIS.worker);
  const assignmentId = await change("lokalis.worker", "assignTeam", "AssignTeamInput", {
    familyId: "OVV-04",
    team: TEAM,
  });
  const look = `{ family(id: "OVV-04") { id } }`;
  expect((await asks(LOKALIS, look)).codes).toEqual([]);
  await change("lokalis.worker", "endAssignment", "EndAssignmentInput", { assignmentId });
  const { codes, entries } = await asks(LOKALIS, look);
  expect(codes).toEqual(NOT_OPEN);
  // Still a member of the team, which the entry says.
  for (const entry of entries) expect(entry).toEqual(asMember(LOKALIS));
  await leave("lokalis.worker", joined);
});
