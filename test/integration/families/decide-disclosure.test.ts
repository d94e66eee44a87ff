// The holder's decision: by whom, once, for a limited time, and what the register of facts makes of it.

import { randomUUID } from "node:crypto";
import { loadFamilyRecords } from "../../../shared/database/family-records";
import { addDays, today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { decideDisclosure } from "../../../subgraphs/families/source/disclosure/decide-disclosure";
import { endDisclosure } from "../../../subgraphs/families/source/disclosure/end-disclosure";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import {
  aDecision,
  aRefusal,
  ASKED,
  ASSESSOR,
  decide,
  HOLDER,
  request,
  WANTED_UNTIL,
  WEIGHING,
} from "../../kit/disclosures";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));
beforeEach(() => database.owner.query("truncate hub.disclosure, hub.task, hub.task_event"));

const stores = () => ({ pool: database.pool, region: UTRECHT });
const asked = async (...change: Parameters<typeof request> extends [unknown, ...infer Rest] ? Rest : never) =>
  (await request(stores(), ...change)).result.id;
const end = (disclosureId: string, requester: Requester = HOLDER) =>
  endDisclosure(stores(), aGrant(requester, "CARE"), { disclosureId, idempotencyKey: randomUUID() });

/** What the gateway finds as facts. */
const disclosures = async () => {
  const [record] = await loadFamilyRecords(database.pool, { familyIds: ["OVV-06"], personIds: [] });
  return record?.disclosures ?? [];
};
const tasks = async () => {
  const { rows } = await database.pool.query(
    "select family_id, person_id, organisation, about, obligation, cause, cause_id, state, due_on from hub.task",
  );
  return rows as object[];
};

test("what two professionals weigh within one organisation too, a colleague decides and not who asked", async () => {
  const colleague = aRequester("veilig-thuis.second", "ASSESSOR");
  await database.owner.query(
    `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
     select gen_random_uuid(), 'OVV-06', 'veilig-thuis', $1, 'ASSIGNED', current_date
     where not exists (select from hub.assignment where worker_id = $1)`,
    [colleague.worker],
  );
  const id = await asked(
    { holder: "veilig-thuis", categories: ["SECRET_ADDRESS"] },
    { secondProfessional: true },
  );
  const grant = aDecision(id, { secondProfessional: "veilig-thuis.third" });
  await expect(decide(stores(), grant, ASSESSOR)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  expect((await decide(stores(), grant, colleague)).result).toMatchObject({ state: "GRANTED" });
});

test("a grant is a fact for the gateway from then on, with what was granted and until when", async () => {
  const id = await asked();
  expect(await disclosures()).toEqual([]);
  const until = addDays(today(), 7);
  const { result, ...about } = await decide(stores(), aDecision(id, { categories: ["SAFETY"], until }));
  expect(about).toEqual({ familyId: "OVV-06", personId: "OVV-06-3" });
  expect(result).toMatchObject({
    state: "GRANTED",
    decidedBy: "lokalis.worker",
    weighing: WEIGHING,
    grantedCategories: ["SAFETY"],
    grantedUntil: until,
    refusalReason: null,
    familyTold: "TOLD",
  });
  expect(await disclosures()).toMatchObject([
    {
      personId: "OVV-06-3",
      holder: "lokalis",
      recipient: "veilig-thuis",
      purpose: "SAFETY_ASSESSMENT",
      categories: ["SAFETY"],
      grantedUntil: until,
    },
  ]);
});

test("all that was asked for is granted when nothing is picked out", async () => {
  const { result } = await decide(stores(), aDecision(await asked()));
  expect(result).toMatchObject({ grantedCategories: ASKED, grantedUntil: WANTED_UNTIL });
});

test("a refusal has a reason and opens nothing", async () => {
  const { result } = await decide(stores(), aRefusal(await asked()));
  expect(result).toMatchObject({
    state: "REFUSED",
    refusalReason: "LESS_WILL_DO",
    grantedCategories: [],
    grantedUntil: null,
  });
  expect(await disclosures()).toEqual([]);
});

describe("who decides", () => {
  test("a stand-in does, at the holder", async () => {
    await database.owner.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on, until_on)
       values ($1, 'OVV-06', 'lokalis', 'lokalis.stand-in', 'STAND_IN', current_date - 1, current_date + 1)`,
      [randomUUID()],
    );
    await expect(
      decide(stores(), aDecision(await asked()), aRequester("lokalis.stand-in", "WORKER")),
    ).resolves.toMatchObject({ result: { decidedBy: "lokalis.stand-in" } });
  });

  test("a member of the team that has the family does", async () => {
    await database.owner.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, team, relation, from_on)
       values ($1, 'OVV-06', 'lokalis', null, 'zuilen', 'ASSIGNED', current_date - 1)`,
      [randomUUID()],
    );
    const member = aRequester("lokalis.member", "WORKER");
    const id = await asked();
    await expect(decide(stores(), aDecision(id), member)).rejects.toMatchObject({
      code: "DISCLOSURE_NOT_FOUND",
    });
    await database.owner.query(
      `insert into hub.team_member (id, organisation, team, worker_id, from_on, recorded_by)
       values ($1, 'lokalis', 'zuilen', 'lokalis.member', current_date - 1, 'test')`,
      [randomUUID()],
    );
    await expect(decide(stores(), aDecision(id), member)).resolves.toMatchObject({
      result: { state: "GRANTED" },
    });
  });

  test.each<[string, Requester, string]>([
    ["the one who asked", ASSESSOR, "DISCLOSURE_NOT_FOUND"],
    ["another organisation", aRequester("save.voluntary", "VOLUNTARY_WORKER"), "DISCLOSURE_NOT_FOUND"],
    [
      "a colleague who does not work with the family",
      aRequester("lokalis.colleague", "WORKER"),
      "DISCLOSURE_NOT_FOUND",
    ],
    ["a privacy officer", { ...HOLDER, workerFunction: "PRIVACY_OFFICER" }, "ACCESS_DENIED"],
    ["an operator", { ...HOLDER, workerFunction: "OPERATOR" }, "ACCESS_DENIED"],
    ["an adviser", { ...HOLDER, workerFunction: "ADVISOR" }, "ACCESS_DENIED"],
    ["a member of a duo", { ...HOLDER, workerFunction: "DUO_MEMBER" }, "ACCESS_DENIED"],
    ["a parent", { ...HOLDER, kind: "FAMILY", workerFunction: "PARENT" }, "ACCESS_DENIED"],
  ])("%s does not", async (_, requester, code) => {
    const id = await asked();
    await expect(decide(stores(), aDecision(id), requester)).rejects.toMatchObject({ code });
    await expect(decide(stores(), aDecision(id))).resolves.toMatchObject({ result: { state: "GRANTED" } });
  });

  test("who is in a duo with the family but not assigned does not", async () => {
    await database.owner.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on, until_on)
       values ($1, 'OVV-06', 'lokalis', 'lokalis.duo', 'DUO', current_date - 1, current_date + 1)`,
      [randomUUID()],
    );
    await expect(
      decide(stores(), aDecision(await asked()), aRequester("lokalis.duo", "WORKER")),
    ).rejects.toMatchObject({ code: "DISCLOSURE_NOT_FOUND" });
  });

  test("someone who works for both organisations does not answer their own question", async () => {
    const both = { ...ASSESSOR, worker: HOLDER.worker };
    const id = await asked({}, { requester: both });
    await expect(decide(stores(), aDecision(id))).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  });

  test("nobody does for a purpose that is no work with a family", async () => {
    const id = await asked();
    await expect(decideDisclosure(stores(), aGrant(HOLDER, "CONSULT"), aDecision(id))).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
  });
});

describe("one decision", () => {
  test("of two at the same moment one counts", async () => {
    const id = await asked();
    const answers = await Promise.allSettled([
      decide(stores(), aDecision(id)),
      decide(stores(), aRefusal(id)),
      decide(stores(), aDecision(id)),
    ]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(answers.filter(({ status }) => status === "rejected")).toEqual(
      [1, 2].map(() => ({
        status: "rejected",
        reason: expect.objectContaining({ code: "DISCLOSURE_ALREADY_DECIDED" }) as object,
      })),
    );
  });

  test("sent again under its key it gives the same answer", async () => {
    const decision = aDecision(await asked());
    const [first, second] = await Promise.all([decide(stores(), decision), decide(stores(), decision)]);
    expect(second).toEqual(first);
    expect(first.result.weighing).toBe(WEIGHING);
    await expect(decide(stores(), { ...decision, until: today() })).rejects.toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
  });

  test("a refused one leaves the request open and its key free", async () => {
    const decision = aDecision(await asked(), { categories: [] });
    await expect(decide(stores(), decision)).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(decide(stores(), { ...decision, categories: null })).resolves.toBeDefined();
  });
});

test("where the rule asks four eyes nobody decides alone, nor refuses alone", async () => {
  const id = await asked({}, { secondProfessional: true });
  for (const decision of [aDecision(id), aRefusal(id)]) {
    await expect(decide(stores(), decision)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      details: { argument: "input.secondProfessional" },
    });
  }
  const { result } = await decide(stores(), aDecision(id, { secondProfessional: "lokalis.colleague" }));
  expect(result).toMatchObject({ state: "GRANTED", secondProfessional: "lokalis.colleague" });
});

describe("telling the family", () => {
  test("later is a task of the holder, due on the day that was named", async () => {
    const id = await asked();
    const notYetUntil = addDays(today(), 14);
    const later = { familyTold: "NOT_YET", notYetReason: "SAFETY_OF_CHILD", notYetUntil } as const;
    const { result } = await decide(stores(), aRefusal(id, later));
    expect(result).toMatchObject(later);
    expect(await tasks()).toEqual([
      {
        family_id: "OVV-06",
        person_id: "OVV-06-3",
        organisation: "lokalis",
        about: "veilig-thuis",
        obligation: "INFORM_FAMILY",
        cause: "DISCLOSURE",
        cause_id: id,
        state: "OPEN",
        due_on: notYetUntil,
      },
    ]);
  });

  test("done leaves no task", async () => {
    await decide(stores(), aDecision(await asked()));
    expect(await tasks()).toEqual([]);
  });
});

describe("ending a grant early", () => {
  test("takes the fact away at once, and no second time", async () => {
    const id = await asked();
    await decide(stores(), aDecision(id));
    const first = await end(id);
    expect(first.result).toMatchObject({ state: "GRANTED", endedAt: expect.any(String) as string });
    expect(await disclosures()).toEqual([]);
    expect((await end(id)).result.endedAt).toBe(first.result.endedAt);
  });

  test("is for the holder's workers with the family alone", async () => {
    const id = await asked();
    await decide(stores(), aDecision(id));
    for (const requester of [ASSESSOR, aRequester("lokalis.colleague", "WORKER")]) {
      await expect(end(id, requester)).rejects.toMatchObject({ code: "DISCLOSURE_NOT_FOUND" });
    }
    expect(await disclosures()).toHaveLength(1);
  });

  test("needs a grant that still runs", async () => {
    const id = await asked();
    const refused = { code: "INPUT_INVALID", details: { argument: "input.disclosureId" } };
    await expect(end(id)).rejects.toMatchObject(refused);
    await decide(stores(), aDecision(id));
    await database.owner.query("update hub.disclosure set granted_until = current_date - 3");
    await expect(end(id)).rejects.toMatchObject(refused);
  });
});

test("the working role can delete no request and rewrite none of its question", async () => {
  for (const statement of [
    "delete from hub.disclosure",
    "update hub.disclosure set categories = '{REPORTER}'",
  ]) {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});
