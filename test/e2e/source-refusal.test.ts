// An organisation is stricter than the hub: what it refuses by rules of its own is a gap that says so, everywhere it was
// asked, and the hub cannot open it.

import { join } from "node:path";
import type { FamilyDossierData } from "../../shared/contract/dossiers/family-dossier";
import { createLogger } from "../../shared/kernel/logger";
import { buildSubgraphSchema } from "../../shared/subgraph-kit/build-subgraph-schema";
import { createGrantVerifier } from "../../shared/subgraph-kit/grant";
import type { LocalRule } from "../../shared/subgraph-kit/local-rules";
import { serveSubgraph } from "../../shared/subgraph-kit/serve";
import { definition } from "../../subgraphs/lokalis/schema";
import type { Answer } from "../kit/hub";
import { startSecondGateway } from "../kit/second-gateway";
import { sharedHub } from "../kit/shared-hub";
import { askTraced, type LoggedEntry } from "../kit/traced";
import { at, FAMILY_VIEW, nullsOf, withheldOf, type WithheldLine } from "../kit/view";

const hub = sharedHub();
const REFUSED = "refused-by-source";

const pathOf = (line: WithheldLine): string => line.path.join(".");
const refusedIn = (answer: Answer): WithheldLine[] =>
  withheldOf(answer).filter(({ rule }) => rule === REFUSED);

describe("SAVE and a shielded stay (OVV-10)", () => {
  const QUERY = `{
    family(id: "OVV-10") { members {
      id
      save { goals { text } other: goals { status } ...Plan ... on SavePersonDossier { safetyAssessments { score } } }
      again: save { goals { text } }
      family { members { id save { goals { text } } } }
    } }
  }
  fragment Plan on PersonDossier { goals { organisation } }`;
  const shielded = {
    organisation: "save",
    subject: { type: "Person", id: "OVV-10-1" },
    category: "CARE_PLAN",
  };
  let answer: Answer;
  let entries: LoggedEntry[];
  beforeAll(async () => {
    ({ answer, entries } = await askTraced(hub, {
      persona: "lokalis.worker",
      purpose: "CARE",
      query: QUERY,
    }));
  });

  test("the plan of who stays there is refused, once for each place where it was asked", () => {
    const places = refusedIn(answer).map(pathOf);
    const ofMembers = [0, 1, 2, 3].map((index) => `family.members.${index}.family.members.0.save.goals`);
    expect(places.toSorted()).toEqual(
      [
        "family.members.0.save.goals",
        "family.members.0.save.other",
        "family.members.0.again.goals",
        ...ofMembers,
      ].toSorted(),
    );
    for (const { path } of refusedIn(answer)) expect(at(answer, path)).toBeNull();
    expect(new Set(withheldOf(answer).map(pathOf)).size).toBe(withheldOf(answer).length);
  });

  test("each line says that the source refused, on whose responsibility, and what can be done", () => {
    for (const line of refusedIn(answer)) {
      expect(line).toEqual({
        ...shielded,
        path: line.path,
        outcome: "DENY",
        rule: REFUSED,
        citation: expect.stringContaining("AVG 5(2), 24") as string,
        certainty: "PROPOSED",
        reason: {
          // Not a word of why: that somebody stays at a shielded place is what has to stay unknown.
          nl: "Geweigerd door de bron: de organisatie staat dit volgens haar eigen regels niet toe.",
          en: "Refused by the source: the organisation's own rules do not allow this.",
        },
        next: ["CALL_HOLDER"],
      });
    }
  });

  test("it is no failure of the source", () => {
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.extensions?.["unavailable"]).toEqual([]);
  });

  test("it is on record as withheld by the source, beside the hub's permission", () => {
    const [entry, ...others] = entries.filter(
      ({ source, subject }) => source === "save" && subject === "OVV-10-1",
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      outcome: "PARTIAL",
      delivered: ["INVOLVEMENT"],
      withheld: ["CARE_PLAN", "SAFETY"],
      rules: expect.arrayContaining(["consent-involvement-and-plan", REFUSED]) as string[],
    });
  });

  test("SAVE's own worker reads it", async () => {
    const own = await askTraced(hub, { persona: "save.voluntary", purpose: "CARE", query: QUERY });
    expect(at(own.answer, ["family", "members", 0, "save", "goals", 0, "text"])).toEqual(expect.any(String));
    expect(refusedIn(own.answer)).toEqual([]);
  });
});

describe("a source with other rules of its own", () => {
  const origin = { organisation: "lokalis", authorRole: null, recordedOn: null };
  const household = {
    involvement: { ...origin, since: "2020-01-01" },
    household: null,
    carePlan: { ...origin, summary: "Plan.", agreements: [] },
    contactNotes: [],
    safetyPlan: null,
    concernReports: [],
    reporters: [],
    criminalRecords: [],
    livingSituation: null,
    measures: [],
    investigationReports: [],
  } as unknown as FamilyDossierData;

  let rule: LocalRule;
  let asked: number;
  let source: { url: string; stop: () => Promise<void> };
  let gateway: { port: number; stop: () => Promise<void> };
  beforeAll(async () => {
    source = await serveSubgraph({
      schema: await buildSubgraphSchema(definition),
      backing: {
        kind: "organisation",
        source: {
          findFamilies: async (keys) => {
            asked += 1;
            return new Map(keys.map((key) => [key, household]));
          },
          findPersons: async () => {
            asked += 1;
            return new Map();
          },
          ready: async () => undefined,
          close: async () => undefined,
        },
      },
      verifyGrant: await createGrantVerifier(
        join(hub.folder, "data", "keys", "grant-public.jwks.json"),
        "lokalis",
      ),
      // One that asks the rule of the moment, whatever that looks at.
      localRules: [
        {
          name: "on-request",
          looksAt: "REQUEST",
          refuses: (question) => (rule.looksAt === "REQUEST" ? rule.refuses(question) : undefined),
        },
        {
          name: "on-record",
          looksAt: "RECORD",
          refuses: (question, marks) =>
            rule.looksAt === "RECORD" ? rule.refuses(question, marks) : undefined,
        },
      ],
      log: createLogger("lokalis", "silent"),
      host: "127.0.0.1",
      port: 0,
    });
    gateway = await startSecondGateway(hub, { lokalis: source.url });
  });
  afterAll(async () => {
    await gateway.stop();
    await source.stop();
  });
  beforeEach(() => {
    asked = 0;
  });

  const look = async (query: string): Promise<{ answer: Answer; entries: LoggedEntry[] }> =>
    askTraced(
      hub,
      { persona: "lokalis.worker", purpose: "CARE", query, variables: { id: "OVV-06" } },
      gateway.port,
    );
  const lokalisEntries = (entries: readonly LoggedEntry[]): LoggedEntry[] =>
    entries.filter((entry) => entry.source === "lokalis");

  test("that refuses one function everything: every field that the hub opens is a gap that says so", async () => {
    rule = {
      name: "workers",
      looksAt: "REQUEST",
      refuses: ({ requester }) => (requester.workerFunction === "WORKER" ? "OWN_POLICY" : undefined),
    };
    const usual = await askTraced(hub, {
      persona: "lokalis.worker",
      purpose: "CARE",
      query: FAMILY_VIEW,
      variables: { id: "OVV-06" },
    });
    const { answer, entries } = await look(FAMILY_VIEW);

    expect(answer.body.extensions?.["unavailable"]).toEqual([]);
    const byHub = withheldOf(usual.answer);
    const explained = withheldOf(answer);
    expect(explained.filter(({ rule: by }) => by !== REFUSED)).toEqual(byHub);
    const nulls = nullsOf(answer).filter((path) => path.includes(".lokalis."));
    expect(
      explained
        .filter(({ organisation }) => organisation === "lokalis")
        .map(pathOf)
        .toSorted(),
    ).toEqual(nulls.toSorted());
    expect(refusedIn(answer).length).toBeGreaterThan(20);
    expect(new Set(refusedIn(answer).map(({ subject }) => subject.type))).toEqual(
      new Set(["Family", "Person"]),
    );
    expect(asked).toBe(0);

    // The others' parts are what they were.
    const others = (from: Answer): string =>
      JSON.stringify(from.body.data, (name, value: unknown) => (name === "lokalis" ? undefined : value));
    expect(others(answer)).toBe(others(usual.answer));
    const own = lokalisEntries(entries);
    expect(own.length).toBeGreaterThan(1);
    for (const entry of own) {
      expect(entry).toMatchObject({ outcome: "WITHHELD", delivered: [], errorCode: null });
      expect(entry.rules).toContain(REFUSED);
    }
  });

  test("that refuses whether there is a dossier says so in the place of the dossier", async () => {
    rule = { name: "all", looksAt: "REQUEST", refuses: () => "OWN_POLICY" };
    const { answer, entries } = await look(
      "query ($id: ID!) { family(id: $id) { lokalis { __typename } same: lokalis { kind: __typename } } }",
    );
    expect(at(answer, ["family"])).toEqual({ lokalis: null, same: null });
    expect(withheldOf(answer)).toMatchObject([
      { path: ["family", "lokalis"], category: "INVOLVEMENT", rule: REFUSED },
      { path: ["family", "same"], category: "INVOLVEMENT", rule: REFUSED },
    ]);
    expect(lokalisEntries(entries)).toMatchObject([
      { outcome: "WITHHELD", delivered: [], withheld: ["INVOLVEMENT"] },
    ]);
  });

  test("that refuses one category of a household gives the rest of it", async () => {
    rule = {
      name: "plans",
      looksAt: "RECORD",
      refuses: ({ subject, category }) =>
        subject.type === "Family" && category === "CARE_PLAN" ? "IN_DISPUTE" : undefined,
    };
    const { answer, entries } = await look(
      "query ($id: ID!) { family(id: $id) { lokalis { involvement { since } carePlan { summary } contactNotes { totalCount } } } }",
    );
    expect(at(answer, ["family", "lokalis"])).toEqual({
      involvement: { since: "2020-01-01" },
      carePlan: null,
      contactNotes: null,
    });
    expect(withheldOf(answer)).toMatchObject(
      ["carePlan", "contactNotes"].map((field) => ({
        path: ["family", "lokalis", field],
        rule: REFUSED,
        reason: { nl: expect.stringContaining("betwist") as string },
      })),
    );
    expect(lokalisEntries(entries)).toMatchObject([
      { outcome: "PARTIAL", delivered: ["INVOLVEMENT"], withheld: ["CARE_PLAN"] },
    ]);
    expect(asked).toBe(1);
  });

  test("whose rule fails gives nothing", async () => {
    rule = {
      name: "broken",
      looksAt: "RECORD",
      refuses: () => {
        throw new Error("Jan Verzonnen");
      },
    };
    const { answer } = await look(
      "query ($id: ID!) { family(id: $id) { lokalis { carePlan { summary } involvement { since } } } }",
    );
    expect(at(answer, ["family", "lokalis"])).toEqual({ carePlan: null, involvement: null });
    expect(refusedIn(answer)).toHaveLength(2);
    expect(JSON.stringify(answer.body)).not.toContain("Verzonnen");
  });
});
