// A source that lies about what it refuses closes its own part and nothing else: no word of it gets out, no other part is
// touched, and what it refuses it cannot give as well.

import { entitiesAnswer, startFakeSource, type AskedOfFake, type FakeSource } from "../../kit/fake-source";
import type { Answer } from "../../kit/hub";
import { startSecondGateway } from "../../kit/second-gateway";
import { sharedHub } from "../../kit/shared-hub";
import { askTraced, type LoggedEntry } from "../../kit/traced";
import { at, withheldOf } from "../../kit/view";

const hub = sharedHub();
/** What the source would like to get out. */
const SECRET = "Jan Verzonnen 999910000";
const QUERY = `{ family(id: "OVV-06") {
  status
  save { involvement { since } carePlan { summary } }
  members { id role save { goals { text } } }
  lokalis { involvement { since } carePlan { summary } safetyPlan { summary } reporters { name } }
  again: lokalis { contactNotes { totalCount } }
} }`;
const GOOD = {
  lokalis: {
    involvement: { since: "2020-01-01" },
    carePlan: { summary: "Plan" },
    safetyPlan: { summary: "Veilig" },
  },
  again: { contactNotes: { totalCount: 1 } },
};
const WITHOUT_PLAN = { lokalis: { ...GOOD.lokalis, carePlan: null }, again: { contactNotes: null } };

let source: FakeSource;
let gateway: { port: number; stop: () => Promise<void> };
let usual: Answer;

const look = async (query = QUERY): Promise<{ answer: Answer; entries: LoggedEntry[] }> =>
  askTraced(hub, { persona: "lokalis.worker", purpose: "CARE", query }, gateway.port);
const linesOf = (answer: Answer, organisation: string) =>
  withheldOf(answer).filter((line) => line.organisation === organisation);
const refusedPaths = (answer: Answer): string[] =>
  withheldOf(answer)
    .filter(({ rule }) => rule === "refused-by-source")
    .map(({ path }) => path.join("."));
const lokalisEntries = (entries: readonly LoggedEntry[]): LoggedEntry[] =>
  entries.filter((entry) => entry.source === "lokalis");

/** The view without what the fake is asked for. */
const othersIn = (answer: Answer): unknown => {
  const { lokalis: _lokalis, again: _again, ...others } = at(answer, ["family"]) as Record<string, unknown>;
  return others;
};

const refused = (...path: (string | number)[]) => ({
  message: SECRET,
  path,
  extensions: { code: "SOURCE_REFUSED", reason: "SHIELDED_RECORD", name: SECRET },
});
const answering = (entity: unknown, ...errors: unknown[]) =>
  source.answerWith((asked: AskedOfFake) => ({ ...entitiesAnswer(asked, () => entity), errors }));

beforeAll(async () => {
  source = await startFakeSource();
  gateway = await startSecondGateway(hub, { lokalis: source.url });
  answering(GOOD);
  ({ answer: usual } = await look());
  expect(at(usual, ["family", "lokalis"])).toEqual({ ...GOOD.lokalis, reporters: null });
});
afterAll(async () => {
  await gateway.stop();
  await source.stop();
});

function expectOthersUntouched(answer: Answer): void {
  expect(answer.status).toBe(200);
  expect(answer.body.errors).toBeUndefined();
  expect(othersIn(answer)).toEqual(othersIn(usual));
  expect(linesOf(answer, "save")).toEqual(linesOf(usual, "save"));
  expect(JSON.stringify(answer.body)).not.toMatch(/Verzonnen|999910000/);
}

test("an honest refusal is believed for its category, under every alias, and its words are not repeated", async () => {
  answering(WITHOUT_PLAN, refused("g0", 0, "lokalis", "carePlan"), refused("g0", 0, "again", "contactNotes"));
  const { answer, entries } = await look();
  expectOthersUntouched(answer);
  expect(refusedPaths(answer)).toEqual(["family.lokalis.carePlan", "family.again.contactNotes"]);
  expect(answer.body.extensions?.["unavailable"]).toEqual([]);
  expect(lokalisEntries(entries)).toMatchObject([
    { outcome: "PARTIAL", delivered: ["INVOLVEMENT", "SAFETY"], withheld: ["CARE_PLAN", "REPORTER"] },
  ]);
});

test.each<[string, unknown, readonly unknown[]]>([
  [
    "refuses a field and gives it",
    { ...GOOD, lokalis: { ...GOOD.lokalis, carePlan: { summary: SECRET } } },
    [refused("g0", 0, "lokalis", "carePlan")],
  ],
  [
    "refuses a field and gives the same category elsewhere",
    { ...WITHOUT_PLAN, again: { contactNotes: { totalCount: 999_910_000 } } },
    [refused("g0", 0, "lokalis", "carePlan")],
  ],
  ["refuses a dossier and gives it", GOOD, [refused("g0", 0, "lokalis")]],
  ["refuses a dossier and gives an empty one", { ...GOOD, lokalis: {} }, [refused("g0", 0, "lokalis")]],
  [
    "refuses a dossier and gives part of it under another name",
    { lokalis: null, again: { contactNotes: { totalCount: 999_910_000 } } },
    [refused("g0", 0, "lokalis")],
  ],
])("a source that %s is dropped and named, and the view stands", async (_what, entity, errors) => {
  answering(entity, ...errors);
  const { answer, entries } = await look();
  expectOthersUntouched(answer);
  expect(at(answer, ["family", "lokalis"])).toEqual({
    involvement: null,
    carePlan: null,
    safetyPlan: null,
    reporters: null,
  });
  expect(answer.body.extensions?.["unavailable"]).toMatchObject([
    { organisation: "lokalis", cause: "INVALID_ANSWER" },
  ]);
  expect(refusedPaths(answer)).toEqual([]);
  expect(lokalisEntries(entries)).toMatchObject([{ outcome: "UNAVAILABLE", delivered: [] }]);
});

test.each<[string, unknown]>([
  ["a part of another source", refused("g0", 0, "save", "carePlan")],
  ["a field of the register", refused("g0", 0, "status")],
  ["what the hub had already closed", refused("g0", 0, "lokalis", "reporters")],
  ["a subject that it was not asked about", refused("g0", 1, "lokalis", "carePlan")],
  ["a group that it was not asked", refused("g1", 0, "lokalis", "carePlan")],
  ["a path of the client's own answer", refused("family", "save", "carePlan")],
  ["another family", refused("g0", "OVV-01", "lokalis", "carePlan")],
  ["a part of a field", refused("g0", 0, "lokalis", "carePlan", "summary")],
  ["everything", { ...refused(), path: undefined }],
])("a refusal of %s is an error of the source, and closes nothing", async (_what, error) => {
  answering(GOOD, error);
  const { answer } = await look();
  expectOthersUntouched(answer);
  expect(at(answer, ["family", "lokalis"])).toEqual({ ...GOOD.lokalis, reporters: null });
  expect(refusedPaths(answer)).toEqual([]);
  expect(linesOf(answer, "lokalis")).toEqual(linesOf(usual, "lokalis"));
  expect(answer.body.extensions?.["unavailable"]).toMatchObject([
    { organisation: "lokalis", cause: "ERROR" },
  ]);
});

test("a flood of refusals is read and changes nothing", async () => {
  answering(WITHOUT_PLAN, ...Array.from({ length: 50_000 }, () => refused("g0", 0, "lokalis", "carePlan")));
  const { answer } = await look();
  expectOthersUntouched(answer);
  expect(refusedPaths(answer)).toEqual(["family.lokalis.carePlan", "family.again.contactNotes"]);
});

describe("a source that is asked twice in a request", () => {
  const TWICE = `{ family(id: "OVV-06") { lokalis { carePlan { summary } } members { family { lokalis { carePlan { summary } } } } } }`;
  const plan = (summary: string) => ({ lokalis: { carePlan: { summary } } });
  const inTurn = (...entities: readonly unknown[]) => {
    let turn = -1;
    source.answerWith((asked) => {
      turn += 1;
      const entity = entities[turn];
      return {
        ...entitiesAnswer(asked, () => entity ?? { lokalis: null }),
        errors: entity ? [] : [refused("g0", 0, "lokalis")],
      };
    });
  };

  test("cannot give later what it refused: both places stay closed and say so", async () => {
    inTurn(undefined, plan(SECRET));
    const { answer, entries } = await look(TWICE);
    expect(source.asked).toHaveLength(2);
    expect(JSON.stringify(answer.body)).not.toContain("Verzonnen");
    expect(refusedPaths(answer)[0]).toBe("family.lokalis.carePlan");
    expect(refusedPaths(answer)).toContain("family.members.0.family.lokalis.carePlan");
    expect(answer.body.extensions?.["unavailable"]).toMatchObject([{ cause: "INVALID_ANSWER" }]);
    expect(lokalisEntries(entries)[0]).toMatchObject({ delivered: [] });
  });

  test("cannot take back what it gave: the place where it gave stands, the other is unavailable", async () => {
    inTurn(plan("Plan"), undefined);
    const { answer, entries } = await look(TWICE);
    expect(source.asked).toHaveLength(2);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body.data)).toContain('"summary":"Plan"');
    expect(refusedPaths(answer)).toEqual([]);
    expect(answer.body.extensions?.["unavailable"]).toMatchObject([{ cause: "INVALID_ANSWER" }]);
    expect(lokalisEntries(entries)).toMatchObject([
      { outcome: "PARTIAL", delivered: ["CARE_PLAN", "INVOLVEMENT"] },
    ]);
  });
});
