// me: a worker is who the employer says; a member of a family is a person of the register, with their own children.

import type { WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { aRequester } from "../../kit/requesters";
import { withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);

const memberOf = (personId: string, workerFunction: WorkerFunction): Requester => ({
  worker: toWorkerId(personId),
  organisation: toOrganisationCode("family"),
  kind: "FAMILY",
  legalEntity: "family",
  workerFunction,
});
const ME = "{ me { function organisation { code name } person { id } children { id } } }";

test("a parent is a person of the register, and sees which children are theirs", async () => {
  const answer = await ask(memberOf("OVV-06-1", "PARENT"), ME, "SUBJECT_RIGHTS");
  expect(answer.data).toEqual({
    me: {
      function: "PARENT",
      organisation: { code: "family", name: "Gezin" },
      person: { id: "OVV-06-1" },
      children: [{ id: "OVV-06-3" }, { id: "OVV-06-4" }],
    },
  });
  expect(answer.deliveries).toEqual(
    ["OVV-06-1", "OVV-06-3", "OVV-06-4"].map((personId) => ({
      familyId: "OVV-06",
      personId,
      act: "READ",
    })),
  );
});

test("so is a parent without authority", async () => {
  const { data } = await ask(memberOf("OVV-06-2", "PARENT"), ME, "SUBJECT_RIGHTS");
  expect(data).toMatchObject({ me: { children: [{ id: "OVV-06-3" }, { id: "OVV-06-4" }] } });
});

test("a young person is themselves, without children", async () => {
  const { data } = await ask(memberOf("OVV-06-4", "YOUNG_PERSON"), ME, "SUBJECT_RIGHTS");
  expect(data).toMatchObject({ me: { person: { id: "OVV-06-4" }, children: [] } });
});

test.each<[string, string, WorkerFunction]>([
  ["a child under 12", "OVV-06-3", "YOUNG_PERSON"],
  ["a child who asks as a parent", "OVV-06-4", "PARENT"],
  ["a parent who asks as a young person", "OVV-06-1", "YOUNG_PERSON"],
  ["an unborn child", "OVV-09-3", "YOUNG_PERSON"],
  ["somebody who is not in the register", "OVV-99-1", "PARENT"],
])("%s is nobody there, and nothing is delivered", async (_, personId, workerFunction) => {
  const answer = await ask(memberOf(personId, workerFunction), ME, "SUBJECT_RIGHTS");
  expect(answer.data).toMatchObject({ me: { person: null, children: [] } });
  expect(answer.deliveries).toEqual([]);
});

test("a worker has neither, also one with the id of a person", async () => {
  const worker = { ...aRequester("lokalis.worker", "WORKER"), worker: toWorkerId("OVV-06-1") };
  const answer = await ask(worker, ME);
  expect(answer.data).toMatchObject({
    me: { organisation: { code: "lokalis" }, person: null, children: null },
  });
  expect(answer.deliveries).toEqual([]);
});

test("names the municipality and the hub, which are no organisations of the region", async () => {
  const municipality = toOrganisationCode("municipality");
  const lead = {
    ...memberOf("p", "PROCESS_LEAD"),
    organisation: municipality,
    kind: "MUNICIPALITY",
  } as const;
  const operator = {
    ...memberOf("o", "OPERATOR"),
    organisation: toOrganisationCode("hub"),
    kind: "HUB",
  } as const;
  const names = await Promise.all(
    [lead, operator].map(async (requester) => (await ask(requester, ME, "OVERSIGHT")).data),
  );
  expect(names).toMatchObject([
    { me: { organisation: { name: "Gemeente Utrecht" }, person: null, children: null } },
    { me: { organisation: { name: "Schakel Utrecht" }, person: null, children: null } },
  ]);
});
