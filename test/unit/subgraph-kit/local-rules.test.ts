// An organisation's own rules close what the hub opened, fail closed, and can open nothing.

import { graphql, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import type { Category } from "../../../shared/kernel/codes";
import { formatError } from "../../../shared/kernel/format-error";
import { describeError } from "../../../shared/kernel/logger";
import type { GivenReason } from "../../../shared/kernel/refusal-reason";
import type { GrantedSubject } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import {
  applyLocalRules,
  type LocalQuestion,
  type LocalRule,
} from "../../../shared/subgraph-kit/local-rules";
import { definition } from "../../../subgraphs/save/schema";
import { aGrant, aRequester } from "../../kit/requesters";

const SECRET = "Jan Verzonnen";
const QUERY = `query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Person { save { __typename goals { text } safetyAssessments { sentence } } } }
}`;
const PLAN_AND_SAFETY: readonly Category[] = ["CARE_PLAN", "SAFETY"];
const origin = { organisation: "save", authorRole: null, recordedOn: null };
const RECORD = {
  goals: [{ ...origin, text: "Doel.", status: null }],
  safetyAssessments: [{ ...origin, score: 7, sentence: "Zin.", instrument: null, assessedOn: null }],
};

interface Told {
  readonly data: unknown;
  readonly errors: readonly unknown[];
}

let schema: GraphQLSchema;
let asked: string[][];
let logged: { readonly rule?: string; readonly error?: unknown }[];
beforeAll(async () => {
  schema = await buildSubgraphSchema(definition);
});
beforeEach(() => {
  asked = [];
  logged = [];
});

const subject = (id: string, categories: readonly Category[]): GrantedSubject => ({
  type: "Person",
  id,
  key: `pseudonym-of-${id}`,
  categories,
});

/** Asks the plan and the safety of these people, of whom those with marks are on record. */
async function tell(
  localRules: readonly LocalRule[],
  records: Readonly<Record<string, readonly string[]>>,
  subjects: readonly GrantedSubject[],
): Promise<Told> {
  const grant = { ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"), subjects };
  const source = {
    findFamilies: async () => new Map(),
    findPersons: async (keys: readonly string[]) => {
      asked.push([...keys]);
      const known = keys.flatMap((key) => {
        const marks = records[key.slice("pseudonym-of-".length)];
        return marks ? [[key, { ...RECORD, marks } as unknown as PersonDossierData] as const] : [];
      });
      return new Map(known);
    },
    ready: async () => undefined,
    close: async () => undefined,
  };
  const log = { error: (line: object) => void logged.push(line) };
  const contextValue = createContext(
    grant,
    { kind: "organisation", source },
    applyLocalRules(localRules, grant, log),
  );
  const result: ExecutionResult = await graphql({
    schema,
    source: QUERY,
    variableValues: { r: subjects.map(({ type, id }) => ({ __typename: type, id })) },
    contextValue,
  });
  return {
    data: JSON.parse(JSON.stringify(result.data?.["_entities"] ?? null)) as unknown,
    errors: (result.errors ?? []).map((error) => {
      const { path, extensions } = formatError(error.toJSON(), error);
      return { path, extensions };
    }),
  };
}

const onRequest = (refuses: (question: LocalQuestion) => GivenReason | undefined): LocalRule => ({
  name: "on-request",
  looksAt: "REQUEST",
  refuses,
});
const shielded: LocalRule = {
  name: "shielded",
  looksAt: "RECORD",
  refuses: (_question, marks) => (marks.has("AFGESCHERMD") ? "SHIELDED_RECORD" : undefined),
};
const refusal = (path: readonly (string | number)[], reason: string) => ({
  path: ["_entities", ...path],
  extensions: { code: "SOURCE_REFUSED", reason },
});
const WHOLE = {
  save: {
    __typename: "SavePersonDossier",
    goals: [{ text: "Doel." }],
    safetyAssessments: [{ sentence: "Zin." }],
  },
};

test("without rules of its own an organisation gives what the hub grants", async () => {
  const told = await tell([], { a: ["AFGESCHERMD"] }, [subject("a", PLAN_AND_SAFETY)]);
  expect(told).toEqual({ data: [WHOLE], errors: [] });
});

describe("a rule on the request", () => {
  test("sees who asks, for what, about whom and which category", async () => {
    const seen: LocalQuestion[] = [];
    const rule = onRequest((question) => void seen.push(question));
    await tell([rule], { a: [] }, [subject("a", PLAN_AND_SAFETY)]);
    const { requester, purpose, traceId } = aGrant(aRequester("lokalis.worker", "WORKER"), "CARE");
    expect(seen).toEqual(
      PLAN_AND_SAFETY.map((category) => ({
        requester,
        purpose,
        traceId,
        subject: { type: "Person", id: "a", key: "pseudonym-of-a" },
        category,
      })),
    );
  });

  test("closes one category: that field is null with a refusal, the others stand", async () => {
    const rule = onRequest(({ category }) => (category === "SAFETY" ? "OWN_POLICY" : undefined));
    const told = await tell([rule], { a: [] }, [subject("a", PLAN_AND_SAFETY)]);
    expect(told).toEqual({
      data: [{ save: { ...WHOLE.save, safetyAssessments: null } }],
      errors: [refusal([0, "save", "safetyAssessments"], "OWN_POLICY")],
    });
  });

  test("closes one subject of several", async () => {
    const rule = onRequest(({ subject: { id } }) => (id === "b" ? "IN_DISPUTE" : undefined));
    const told = await tell([rule], { a: [], b: [] }, [
      subject("a", PLAN_AND_SAFETY),
      subject("b", PLAN_AND_SAFETY),
    ]);
    expect(told).toEqual({ data: [WHOLE, { save: null }], errors: [refusal([1, "save"], "IN_DISPUTE")] });
  });

  test("that closes everything refuses alike with a record and without one, and nothing is looked up", async () => {
    const rule = onRequest(({ requester }) =>
      requester.workerFunction === "WORKER" ? "OWN_POLICY" : undefined,
    );
    const granted = [subject("a", PLAN_AND_SAFETY)];
    const known = await tell([rule], { a: [] }, granted);
    expect(known).toEqual({ data: [{ save: null }], errors: [refusal([0, "save"], "OWN_POLICY")] });
    expect(await tell([rule], {}, granted)).toEqual(known);
    expect(asked).toEqual([]);
  });

  test("that closes a part refuses that part alike, where it may not be known whether there is a record", async () => {
    const rule = onRequest(({ category }) => (category === "SAFETY" ? "OWN_POLICY" : undefined));
    const [known, unknown] = [
      await tell([rule], { a: [] }, [subject("a", PLAN_AND_SAFETY)]),
      await tell([rule], {}, [subject("a", PLAN_AND_SAFETY)]),
    ];
    expect(unknown.errors).toEqual(known.errors);
    expect(unknown.data).toEqual([
      { save: { __typename: "SavePersonDossier", goals: null, safetyAssessments: null } },
    ]);
  });

  test("leaves it said that there is no record, where that may be known", async () => {
    const rule = onRequest(({ category }) => (category === "SAFETY" ? "OWN_POLICY" : undefined));
    const told = await tell([rule], {}, [subject("a", ["INVOLVEMENT", ...PLAN_AND_SAFETY])]);
    expect(told).toEqual({ data: [{ save: null }], errors: [] });
  });
});

describe("a rule on the record", () => {
  test("closes the record with the mark and no other, and the source is asked once", async () => {
    const told = await tell([shielded], { a: [], b: ["AFGESCHERMD"] }, [
      subject("a", PLAN_AND_SAFETY),
      subject("b", PLAN_AND_SAFETY),
      subject("c", PLAN_AND_SAFETY),
    ]);
    expect(told).toEqual({
      data: [WHOLE, { save: null }, { save: null }],
      errors: [refusal([1, "save"], "SHIELDED_RECORD")],
    });
    expect(asked).toEqual([["pseudonym-of-a", "pseudonym-of-b", "pseudonym-of-c"]]);
  });

  test("is not asked where there is no record", async () => {
    const always: LocalRule = { name: "always", looksAt: "RECORD", refuses: () => "OWN_POLICY" };
    const told = await tell([always], {}, [subject("a", PLAN_AND_SAFETY)]);
    expect(told).toEqual({ data: [{ save: null }], errors: [] });
  });

  test("does not change what a rule on the request says", async () => {
    const rule = onRequest(({ category }) => (category === "SAFETY" ? "OWN_POLICY" : undefined));
    const told = await tell([shielded, rule], { a: ["AFGESCHERMD"] }, [
      subject("a", ["SAFETY", "CARE_PLAN"]),
    ]);
    expect(told).toEqual({ data: [{ save: null }], errors: [refusal([0, "save"], "OWN_POLICY")] });
  });
});

describe("a rule that fails refuses", () => {
  const throwing = (thrown: unknown) => () => {
    throw thrown;
  };
  test.each<[string, () => unknown]>([
    ["throws", throwing(new Error(SECRET))],
    ["throws something else than an error", throwing(SECRET)],
    ["says yes", () => true],
    ["says no", () => false],
    ["says nothing in another way", () => null],
    ["gives a word of its own", () => SECRET],
    ["gives the name of what every object has", () => "constructor"],
    ["promises to say it later", () => Promise.resolve(undefined)],
    ["promises, and breaks the promise", () => Promise.reject(new Error(SECRET))],
  ])("when it %s", async (_what, refuses) => {
    const told = await tell(
      [{ name: "broken", looksAt: "REQUEST", refuses } as LocalRule],
      { a: [], b: [] },
      [subject("a", PLAN_AND_SAFETY), subject("b", PLAN_AND_SAFETY)],
    );
    expect(told).toEqual({
      data: [{ save: null }, { save: null }],
      errors: [refusal([0, "save"], "RULE_FAILED"), refusal([1, "save"], "RULE_FAILED")],
    });
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ rule: "broken" });
    expect(JSON.stringify({ ...logged[0], error: describeError(logged[0]?.error) })).not.toContain(
      "Verzonnen",
    );
  });

  test("also when it looks at the record", async () => {
    const rule = { name: "broken", looksAt: "RECORD", refuses: throwing(new Error(SECRET)) } as LocalRule;
    const told = await tell([rule], { a: [] }, [subject("a", PLAN_AND_SAFETY)]);
    expect(told).toEqual({ data: [{ save: null }], errors: [refusal([0, "save"], "RULE_FAILED")] });
  });
});

describe("a rule opens nothing", () => {
  test("what was not granted is not given, whatever a rule says", async () => {
    const told = await tell([onRequest(() => undefined)], { a: [] }, [subject("a", ["CARE_PLAN"])]);
    expect(told).toMatchObject({
      data: [{ save: { goals: [{ text: "Doel." }], safetyAssessments: null } }],
      errors: [{ extensions: { code: "GRANT_INVALID" } }],
    });
  });

  test("and it cannot change what it is shown", async () => {
    const rule = onRequest((question) => {
      (question as { category: Category }).category = "IDENTITY";
      return undefined;
    });
    const other = onRequest(({ requester }) => {
      (requester as { workerFunction: string }).workerFunction = "GUARDIAN";
      return undefined;
    });
    for (const one of [rule, other]) {
      const told = await tell([one], { a: [] }, [subject("a", ["CARE_PLAN"])]);
      expect(told.errors).toEqual([refusal([0, "save"], "RULE_FAILED")]);
    }
  });

  test("nor take a mark away from the next rule", async () => {
    const clearing: LocalRule = {
      name: "clearing",
      looksAt: "RECORD",
      refuses: (_question, marks) => {
        (marks as Set<string>).clear();
        return undefined;
      },
    };
    const told = await tell([clearing, shielded], { a: ["AFGESCHERMD"] }, [subject("a", PLAN_AND_SAFETY)]);
    expect(told.errors).toEqual([refusal([0, "save"], "SHIELDED_RECORD")]);
  });
});
