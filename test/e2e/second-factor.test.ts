// What goes around the ordinary rules, and what shows who looked, is open to who signed in with a second factor alone.

import { randomUUID } from "node:crypto";
import { type Ask } from "../kit/hub";
import { sharedHub } from "../kit/shared-hub";
import { askTraced, linesOf } from "../kit/traced";

const hub = sharedHub();

const declare: Ask = {
  persona: "veilig-thuis.assessor",
  purpose: "ACUTE_SAFETY",
  query: "mutation ($input: DeclareEmergencyInput!) { declareEmergency(input: $input) { id } }",
  variables: {
    input: {
      familyId: "OVV-13",
      reason: "A child called that there is fighting in the house right now.",
      idempotencyKey: randomUUID(),
    },
  },
};
const review: Ask = {
  persona: "veilig-thuis.privacy-officer",
  purpose: "OVERSIGHT",
  query: "mutation ($input: ReviewEmergencyInput!) { reviewEmergency(input: $input) { id } }",
  variables: {
    input: { emergencyId: randomUUID(), outcome: "JUSTIFIED", idempotencyKey: randomUUID() },
  },
};
const setHours: Ask = {
  persona: "veilig-thuis.privacy-officer",
  purpose: "OVERSIGHT",
  query: "mutation ($input: SetWorkingHoursInput!) { setWorkingHours(input: $input) { __typename } }",
  variables: {
    input: { opens: "07:00", closes: "20:00", exceptedFunctions: [], idempotencyKey: randomUUID() },
  },
};
const readLog: Ask = { ...setHours, query: "{ accessLog { edges { node { id } } } }", variables: {} };

test.each<[string, Ask, string]>([
  ["to declare an emergency", declare, "UPDATE REFUSED declareEmergency OVV-13 families"],
  ["to review one", review, "UPDATE REFUSED reviewEmergency - families"],
  ["to change a setting of the log", setHours, "OVERSIGHT REFUSED setWorkingHours - access-log"],
  ["to read the access log", readLog, "OVERSIGHT REFUSED accessLog - access-log"],
])("a second factor is needed %s, and its lack is on record", async (_what, what, line) => {
  const { answer, entries } = await askTraced(hub, { ...what, secondFactor: false });
  expect(answer.body.errors?.map((one) => one.extensions["code"])).toEqual(["SECOND_FACTOR_REQUIRED"]);
  expect(Object.values(answer.body.data ?? {}).filter((one) => one !== null)).toEqual([]);
  expect(linesOf(entries)).toEqual([`${line} [] [] SECOND_FACTOR_REQUIRED`]);
});

test("no second factor is told of to who could not do it with one either", async () => {
  const { answer } = await askTraced(hub, { ...readLog, persona: "hub.operator", secondFactor: false });
  expect(answer.body.errors?.map((one) => one.extensions["code"])).toEqual(["ACCESS_DENIED"]);
});

test("ordinary work needs none", async () => {
  const { answer } = await askTraced(hub, {
    persona: "lokalis.worker",
    purpose: "CARE",
    query: '{ family(id: "OVV-06") { lokalis { carePlan { summary } } } }',
    secondFactor: false,
  });
  expect(answer.body.data).toMatchObject({ family: { lokalis: { carePlan: expect.anything() as object } } });
});
