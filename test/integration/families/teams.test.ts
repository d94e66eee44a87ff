// Teams: who belongs to one works with its families, for exactly as long as they belong to it.

import { assignTeam, assignWorker } from "../../../subgraphs/families/source/assign-worker";
import { endAssignment } from "../../../subgraphs/families/source/end-assignment";
import {
  addTeamMember,
  endTeamMembership,
  findTeam,
  type NewTeamMember,
} from "../../../subgraphs/families/source/team-members";
import { aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
const lokalis = aRequester("lokalis.worker", "WORKER");
const member = (name: string) => aRequester(`lokalis.${name}`, "WORKER");

const add = (team: string, workerId: string, requester = lokalis, change: Partial<NewTeamMember> = {}) =>
  addTeamMember(register.stores(), requester, { team, workerId, ...aKey(), ...change });
const give = (familyId: string, team: string, requester = lokalis) =>
  assignTeam(register.stores(), requester, { familyId, team, ...aKey() });
const leave = (memberId: string, requester = lokalis) =>
  endTeamMembership(register.stores(), requester, { memberId, ...aKey() });

test("who belongs to a team works with its families, from the next request", async () => {
  await add("north", "lokalis.worker");
  await add("north", "lokalis.ann");
  expect(await register.caseload(member("ann"))).toBe("");
  const { familyId, result } = await give("OVV-01", "north");
  expect(familyId).toBe("OVV-01");
  expect(result).toMatchObject({
    workerId: null,
    team: "north",
    organisation: "lokalis",
    relation: "ASSIGNED",
  });
  expect(await register.caseload(member("ann"))).toBe("01");
  const joined = await add("north", "lokalis.ben", member("ann"));
  expect(joined).toMatchObject({ familyIds: ["OVV-01"], result: { team: "north", endedAt: null } });
  expect(await register.caseload(member("ben"))).toBe("01");
});

test("a membership that ends opens nothing from the next request", async () => {
  await add("east", "lokalis.worker");
  await give("OVV-02", "east");
  const { result } = await add("east", "lokalis.cas");
  expect(await register.caseload(member("cas"))).toBe("02");
  const ended = await leave(result.id);
  expect(ended.familyIds).toEqual(["OVV-02"]);
  expect(ended.result.endedAt).not.toBeNull();
  expect(await register.caseload(member("cas"))).toBe("");
  const { assignments } = await register.recordOf("OVV-02");
  const team = assignments.find((one) => one.workerId === null);
  expect(team?.members).toContainEqual(
    expect.objectContaining({ workerId: "lokalis.cas", endedAt: expect.any(String) as string }),
  );
  await expect(leave(result.id)).rejects.toMatchObject({ code: "TEAM_NOT_FOUND" });
});

test("a team that has the family no more opens it to nobody", async () => {
  await add("south", "lokalis.worker");
  await add("south", "lokalis.dee");
  const { result } = await give("OVV-03", "south");
  expect(await register.caseload(member("dee"))).toBe("03");
  await endAssignment(register.stores(), lokalis, { assignmentId: result.id, ...aKey() });
  expect(await register.caseload(member("dee"))).toBe("");
  await expect(give("OVV-03", "south")).resolves.toMatchObject({ familyId: "OVV-03" });
});

test("the same request under the same key adds one member", async () => {
  await add("once", "lokalis.worker");
  const key = aKey();
  const answers = await Promise.all([1, 2].map(() => add("once", "lokalis.eva", lokalis, key)));
  expect(answers[0]).toEqual(answers[1]);
  expect(await findTeam(register.database.pool, lokalis, "once")).toHaveLength(2);
});

test("two who add the same worker at the same time add one member", async () => {
  await add("pair", "lokalis.worker");
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => add("pair", "lokalis.fay")));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await findTeam(register.database.pool, lokalis, "pair")).toHaveLength(2);
});

test("shows a team to its members only", async () => {
  await add("seen", "lokalis.worker");
  const members = await findTeam(register.database.pool, lokalis, "seen");
  expect(members.map(({ workerId }) => workerId)).toEqual(["lokalis.worker"]);
  const elsewhere = { ...aRequester("save.guardian", "GUARDIAN"), worker: lokalis.worker };
  for (const [requester, team] of [
    [member("colleague"), "seen"],
    [lokalis, "nowhere"],
    [elsewhere, "seen"],
  ] as const) {
    await expect(findTeam(register.database.pool, requester, team)).rejects.toMatchObject({
      code: "TEAM_NOT_FOUND",
    });
  }
});

describe("nobody opens a family to another that is not open to themselves", () => {
  test("a stranger to a team cannot join it", async () => {
    await add("closed", "lokalis.worker");
    await give("OVV-04", "closed");
    const stranger = member("stranger");
    await expect(add("closed", "lokalis.stranger", stranger)).rejects.toMatchObject({
      code: "TEAM_NOT_FOUND",
    });
    expect(await register.caseload(stranger)).toBe("");
  });

  test("nor a team that everybody left while it has families", async () => {
    const { result } = await add("left", "lokalis.worker");
    await give("OVV-04", "left");
    await leave(result.id);
    await expect(add("left", "lokalis.stranger", member("stranger"))).rejects.toMatchObject({
      code: "TEAM_NOT_FOUND",
    });
    // Who works with all of its families may bring it back to life.
    await expect(add("left", "lokalis.gus")).resolves.toMatchObject({ familyIds: ["OVV-04"] });
  });

  test("nor for longer than they are there", async () => {
    await add("timed", "lokalis.worker");
    await add("timed", "lokalis.hal", lokalis, { until: daysFromToday(5) });
    const hal = member("hal");
    for (const until of [undefined, daysFromToday(6)]) {
      await expect(add("timed", "lokalis.ida", hal, { until })).rejects.toMatchObject({
        code: "INPUT_INVALID",
        details: { argument: "input.until" },
      });
    }
    await expect(add("timed", "lokalis.ida", hal, { until: daysFromToday(5) })).resolves.toBeDefined();
  });

  test("a stand-in gives a family to no team", async () => {
    await assignWorker(register.stores(), lokalis, {
      familyId: "OVV-06",
      workerId: "lokalis.joe",
      relation: "STAND_IN",
      until: daysFromToday(5),
      ...aKey(),
    });
    await add("joes", "lokalis.joe", member("joe"));
    await expect(give("OVV-06", "joes", member("joe"))).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "input.familyId" },
    });
  });

  test("a team of another organisation with the same name is another team", async () => {
    await add("name", "lokalis.worker");
    await give("OVV-07", "name");
    const guardian = aRequester("save.guardian", "GUARDIAN");
    await add("name", "save.guardian", guardian);
    const other = await add("name", "save.kim", guardian);
    expect(other.familyIds).toEqual([]);
    expect(await register.caseload(aRequester("save.kim", "GUARDIAN"))).toBe("");
  });
});

test.each<[string, () => Promise<unknown>, string, string]>([
  ["a team name that is a sentence", () => add("a sentence", "lokalis.x"), "INPUT_INVALID", "input.team"],
  ["a worker id that is none", () => add("fresh", "not an id"), "INPUT_INVALID", "input.workerId"],
  [
    "a last day that is past",
    () => add("fresh", "lokalis.x", lokalis, { until: "2020-01-01" }),
    "INPUT_INVALID",
    "input.until",
  ],
  ["a team without members", () => give("OVV-01", "empty"), "INPUT_INVALID", "input.team"],
])("refuses %s and names the argument", async (_, attempt, code, argument) => {
  await expect(attempt()).rejects.toMatchObject({ code, details: { argument } });
});

test("refuses a team that has the family already", async () => {
  await add("double", "lokalis.worker");
  await give("OVV-08", "double");
  await expect(give("OVV-08", "double")).rejects.toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "input.team" },
  });
});

test("is not open to who works with no families", async () => {
  const officer = aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER");
  await expect(add("officers", "lokalis.privacy-officer", officer)).rejects.toMatchObject({
    code: "ACCESS_DENIED",
  });
});

test.each(["6f1b7ba0-3a52-4b43-8c4b-6ce4a7f0c001", "1; drop table", ""])(
  "does not find a membership that is not there: %#",
  async (id) => {
    await expect(leave(id)).rejects.toMatchObject({ code: "TEAM_NOT_FOUND" });
  },
);

test("through the contract: a team, its family and its members, each change on record of the family", async () => {
  const joined = await ask(
    lokalis,
    `mutation { addTeamMember(input: { team: "contract", workerId: "lokalis.worker", idempotencyKey: "t1" }) { id } }`,
  );
  expect(joined).toMatchObject({ codes: [], deliveries: [] });
  const given = await ask(
    lokalis,
    `mutation { assignTeam(input: { familyId: "OVV-09", team: "contract", idempotencyKey: "t2" }) { id team workerId } }`,
  );
  expect(given).toMatchObject({
    data: { assignTeam: { team: "contract", workerId: null } },
    deliveries: [{ familyId: "OVV-09", act: "CREATE" }],
  });
  const { id } = (given.data as { assignTeam: { id: string } }).assignTeam;
  const second = await ask(
    lokalis,
    `mutation { addTeamMember(input: { team: "contract", workerId: "lokalis.lee", idempotencyKey: "t3" }) { id } }`,
  );
  expect(second.deliveries).toEqual([{ familyId: "OVV-09", act: "UPDATE" }]);
  const seen = await ask(
    member("lee"),
    `{ team(name: "contract") { workerId } family(id: "OVV-09") { workers { id team workerId endedAt } } }`,
  );
  expect(seen.data).toEqual({
    team: [{ workerId: "lokalis.worker" }, { workerId: "lokalis.lee" }],
    family: {
      workers: [
        expect.objectContaining({ team: "overvecht", workerId: "lokalis.worker" }),
        { id, team: "contract", workerId: null, endedAt: null },
      ],
    },
  });
  const membership = (second.data as { addTeamMember: { id: string } }).addTeamMember.id;
  const left = await ask(
    member("lee"),
    `mutation {
      endTeamMembership(input: { memberId: "${membership}", idempotencyKey: "t4" }) { endedAt }
      endAssignment(input: { assignmentId: "${id}", idempotencyKey: "t5" }) { id }
    }`,
  );
  // Who has left the team cannot end what it has.
  expect(left.codes).toEqual(["ASSIGNMENT_NOT_FOUND"]);
  expect(left.deliveries).toEqual([{ familyId: "OVV-09", act: "UPDATE" }]);
});

test("shows a family no workers of another organisation", async () => {
  const assessor = aRequester("veilig-thuis.assessor", "ASSESSOR");
  const { data } = await ask(assessor, `{ family(id: "OVV-06") { workers { organisation workerId } } }`);
  expect(data).toEqual({
    family: { workers: [{ organisation: "veilig-thuis", workerId: "veilig-thuis.assessor" }] },
  });
});
