// A source that lies, breaks or talks too much costs its own part of a view: never another part, never a word of it.

import type { ServerResponse } from "node:http";
import { entitiesAnswer, startFakeSource, type AskedOfFake, type FakeSource } from "../../kit/fake-source";
import type { Answer } from "../../kit/hub";
import { startSecondGateway } from "../../kit/second-gateway";
import { sharedHub } from "../../kit/shared-hub";
import { askTraced, type LoggedEntry } from "../../kit/traced";
import { at, withheldOf } from "../../kit/view";

const hub = sharedHub();
/** What the hostile source would like to get out. */
const SECRET = "Jan Verzonnen 999910000";
const DOSSIER = "__typename involvement { since } carePlan { summary agreements } reporters { name }";
const QUERY = `{ family(id: "OVV-06") {
  id status
  save { involvement { since } carePlan { summary } }
  members { id role save { goals { text } } }
  lokalis { ${DOSSIER} concernReports { edges { node { summary } } totalCount } }
} }`;
const GOOD = {
  __typename: "LokalisFamilyDossier",
  involvement: { since: "2020-01-01" },
  carePlan: { summary: "Plan", agreements: ["Afspraak"] },
  concernReports: { edges: [], totalCount: 0 },
};

let source: FakeSource;
let gateway: { port: number; stop: () => Promise<void> };
let rest: unknown;

const look = async (query = QUERY): Promise<{ answer: Answer; entries: LoggedEntry[] }> =>
  askTraced(hub, { persona: "lokalis.worker", purpose: "CARE", query }, gateway.port);

/** The view without what the fake is asked for. */
const withoutLokalis = (answer: Answer): unknown => {
  const family = at(answer, ["family"]) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(family).filter(([field]) => field !== "lokalis"));
};
const lokalisOf = (answer: Answer): unknown => at(answer, ["family", "lokalis"]);

beforeAll(async () => {
  source = await startFakeSource();
  gateway = await startSecondGateway(hub, { lokalis: source.url }, { SCHAKEL_SOURCE_TIMEOUT_MS: "1500" });
  source.answerWith((asked) => entitiesAnswer(asked, () => ({ lokalis: GOOD })));
  const { answer } = await look();
  expect(lokalisOf(answer)).toEqual({ ...GOOD, reporters: null });
  rest = withoutLokalis(answer);
});
afterAll(async () => {
  await gateway.stop();
  await source.stop();
});

const dossier = (value: unknown) => (asked: AskedOfFake) => entitiesAnswer(asked, () => ({ lokalis: value }));
const beside = (more: object) => (asked: AskedOfFake) =>
  entitiesAnswer(asked, () => ({ lokalis: GOOD, ...more }));
const nested = (open: string, close: string): string => `${open.repeat(100_000)}1${close.repeat(100_000)}`;

test.each<[string, (asked: AskedOfFake, response: ServerResponse) => unknown]>([
  ["a field that was withheld", dossier({ ...GOOD, reporters: [{ name: SECRET }] })],
  ["a field that was not asked for", dossier({ ...GOOD, carePlan: { summary: "Plan", note: SECRET } })],
  ["a part of another source", beside({ save: { carePlan: { summary: SECRET } } })],
  ["a field of the register of families", beside({ status: "CLOSED" })],
  ["another id for the family", beside({ id: "OVV-01" })],
  ["the hub's own name for the family", beside({ _schakel_Family: "OVV-01" })],
  ["other members", beside({ members: [{ id: "OVV-01-1", _schakel_Person: "OVV-01-1" }] })],
  ["another type for the family", beside({ __typename: "Person" })],
  ["another type of dossier", dossier({ ...GOOD, __typename: "SaveFamilyDossier" })],
  ["a type name that is no text", dossier({ ...GOOD, __typename: { name: SECRET } })],
  ["text where a dossier belongs", dossier(SECRET)],
  ["a list where a dossier belongs", dossier([GOOD])],
  ["text where an object belongs", dossier({ ...GOOD, carePlan: SECRET })],
  ["text where a list belongs", dossier({ ...GOOD, carePlan: { summary: "Plan", agreements: SECRET } })],
  ["an object where text belongs", dossier({ ...GOOD, carePlan: { summary: { name: SECRET } } })],
  ["an object where a date belongs", dossier({ ...GOOD, involvement: { since: { name: SECRET } } })],
  ["a number where text belongs", dossier({ ...GOOD, carePlan: { summary: 999910000 } })],
  ["nothing where something must be", dossier({ ...GOOD, concernReports: { edges: null, totalCount: 0 } })],
  [
    "keys that reach for prototypes",
    (asked) =>
      JSON.stringify(beside({})(asked)).replace(
        '"lokalis":{',
        `"__proto__":{"polluted":"${SECRET}"},"constructor":{"prototype":{"polluted":"${SECRET}"}},"lokalis":{`,
      ),
  ],
  [
    "a key in a dossier that reaches for its prototype",
    (asked) =>
      JSON.stringify(beside({})(asked)).replace(
        '"lokalis":{',
        `"lokalis":{"__proto__":{"reporters":[{"name":"${SECRET}"}]},`,
      ),
  ],
  [
    "lists nested too deep",
    (asked) => JSON.stringify(dossier(0)(asked)).replace(":0", `:${nested("[", "]")}`),
  ],
  [
    "objects nested too deep",
    (asked) => JSON.stringify(dossier(0)(asked)).replace(":0", `:${nested('{"a":', "}")}`),
  ],
  [
    "two hundred thousand keys",
    () => `{"data":{"g0":[{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":1`).join()}}]}}`,
  ],
  [
    "more entities than were asked for",
    (asked) => {
      const answer = dossier(GOOD)(asked);
      answer.data["g0"]?.push({ lokalis: { ...GOOD, carePlan: { summary: SECRET } } });
      return answer;
    },
  ],
  ["fewer entities than were asked for", () => ({ data: { g0: [] } })],
  ["no list of entities", () => ({ data: { g0: { lokalis: GOOD } } })],
  ["text for an entity", () => ({ data: { g0: [SECRET] } })],
  ["data that are a list", () => ({ data: [SECRET] })],
  ["JSON that is no object", () => `"${SECRET}"`],
  ["no JSON", () => `<html>${SECRET}</html>`],
  [
    "an answer without end",
    (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"data":{"g0":[{"lokalis":{"carePlan":{"summary":"');
      const more = (): void => {
        while (response.write(SECRET.repeat(10_000)));
        response.once("drain", more);
      };
      more();
    },
  ],
])("what it answers with %s is dropped, and it is named", async (_what, reply) => {
  source.answerWith(reply);
  const { answer, entries } = await look();
  expect(answer.body.errors).toBeUndefined();
  expect(answer.body.extensions?.["unavailable"]).toMatchObject([
    { organisation: "lokalis", cause: "INVALID_ANSWER" },
  ]);
  expectNothingOfIt(answer, entries);
});

test.each<[string, string, (asked: AskedOfFake, response: ServerResponse) => unknown]>([
  ["errors without data", "ERROR", () => ({ errors: [{ message: SECRET }] })],
  [
    "an error status, whatever comes with it",
    "ERROR",
    (asked, response) => {
      response.statusCode = 500;
      return dossier(GOOD)(asked);
    },
  ],
  [
    "a text of an error page",
    "ERROR",
    (_asked, response) => {
      response.statusCode = 502;
      return SECRET;
    },
  ],
  [
    "a way to somewhere else",
    "ERROR",
    (_asked, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${hub.port + 3}/graphql` });
      return "";
    },
  ],
  ["no answer", "TIMEOUT", () => undefined],
  [
    "half an answer",
    "TIMEOUT",
    (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write(`{"data":{"g0":[{"lokalis":{"carePlan":{"summary":"${SECRET}`);
    },
  ],
  ["a broken line", "UNREACHABLE", (_asked, response) => void response.socket?.destroy()],
])("where it gives %s, it is named with the cause %s", async (_what, cause, reply) => {
  source.answerWith(reply);
  const { answer, entries } = await look();
  expect(answer.body.errors).toBeUndefined();
  expect(answer.body.extensions?.["unavailable"]).toMatchObject([{ organisation: "lokalis", cause }]);
  expectNothingOfIt(answer, entries);
});

function expectNothingOfIt(answer: Answer, entries: readonly LoggedEntry[]): void {
  expect(answer.status).toBe(200);
  expect(withoutLokalis(answer)).toEqual(rest);
  expect(lokalisOf(answer)).toEqual({
    __typename: "LokalisFamilyDossier",
    involvement: null,
    carePlan: null,
    reporters: null,
    concernReports: null,
  });
  const text = JSON.stringify(answer.body);
  expect(text).not.toContain("Verzonnen");
  expect(text).not.toContain("999910000");
  expect(entries.filter(({ family }) => family !== "OVV-06")).toEqual([]);
  expect(entries.filter((entry) => entry.source === "lokalis")).toMatchObject([
    { subject: "OVV-06", outcome: "UNAVAILABLE", delivered: [], withheld: ["REPORTER"] },
  ]);
  expect(withheldOf(answer).filter((line) => line.organisation === "lokalis")).toHaveLength(1);
}

test.each([
  ["with a person's name", [{ message: SECRET, path: [SECRET], extensions: { code: SECRET, name: SECRET } }]],
  ["that are no errors", [null, 5, SECRET]],
  ["that are no list", { message: SECRET }],
])("errors beside its data, %s, are not repeated", async (_what, errors) => {
  source.answerWith((asked) => ({
    ...entitiesAnswer(asked, () => ({ lokalis: { ...GOOD, carePlan: null } })),
    errors,
  }));
  const { answer } = await look();
  expect(answer.body.errors).toBeUndefined();
  expect(answer.body.extensions?.["unavailable"]).toMatchObject([
    { organisation: "lokalis", cause: "ERROR" },
  ]);
  expect(at(answer, ["family", "lokalis", "involvement", "since"])).toBe("2020-01-01");
  expect(JSON.stringify(answer.body)).not.toContain("Verzonnen");
});

describe("a source that is asked twice in a request and answers once", () => {
  const TWICE = `{ family(id: "OVV-06") { lokalis { carePlan { summary } } members { family { lokalis { carePlan { summary } } } } } }`;

  test.each([
    ["first", 0],
    ["last", 1],
  ])("is on record with what it gave (%s)", async (_which, good) => {
    let turn = -1;
    source.answerWith((asked, response) => {
      turn += 1;
      if (turn === good) return entitiesAnswer(asked, () => ({ lokalis: { carePlan: { summary: "Plan" } } }));
      response.statusCode = 500;
      return "";
    });
    const { answer, entries } = await look(TWICE);
    expect(answer.status).toBe(200);
    expect(source.asked).toHaveLength(2);
    expect(JSON.stringify(answer.body.data)).toContain('"summary":"Plan"');
    expect(entries.filter((entry) => entry.source === "lokalis")).toMatchObject([
      { subject: "OVV-06", outcome: "PARTIAL", delivered: ["CARE_PLAN", "INVOLVEMENT"] },
    ]);
  });
});

test("nothing reached a prototype", () => {
  expect(Object.prototype).not.toHaveProperty("polluted");
});
