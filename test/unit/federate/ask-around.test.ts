// Asking around: who may not be asked is never asked, and no answer tells who may not say from who does not know the person.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { askAround } from "../../../gateway/federate/ask-around";
import { NO_MAINTENANCE } from "../../../gateway/federate/maintenance";
import { holdersOf } from "../../../gateway/federate/region-parts";
import { RequestState } from "../../../gateway/federate/request-state";
import { indexSchema } from "../../../gateway/federate/schema-index";
import type { SubgraphAnswer, SubgraphRequest } from "../../../gateway/federate/subgraph-client";
import { dutiesOf } from "../../../gateway/record/duties";
import { NOTHING_BEFORE } from "../../../shared/database/requester-records";
import type { Purpose } from "../../../shared/kernel/codes";
import { toTraceId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import type { Requester } from "../../../shared/kernel/requester";
import { loadDecider } from "../../../gateway/policy-files";
import {
  aMeasure,
  anAssignment,
  anInvestigation,
  anInvolvement,
  aPerson,
  aRecord,
  aRequester,
  TODAY,
} from "../../kit/family-records";
import { UTRECHT } from "../../kit/requesters";

const decider = loadDecider();
const index = indexSchema(
  readFileSync(join(__dirname, "../../../shared/region/regions/utrecht/supergraph.graphql"), "utf8"),
);
const log = createLogger("test", "silent");
const OTHERS = ["lokalis", "rvdk", "save", "wss"];
const FIELDS: Readonly<Record<string, string>> = {
  lokalis: "lokalis",
  rvdk: "rvdk",
  save: "save",
  wss: "wss",
};

/** How a source answers. */
const REPLIES = {
  KNOWS: (type: string, field: string): SubgraphAnswer => ({
    ok: true,
    data: { _entities: [{ [field]: { __typename: type } }] },
    errors: [],
    extensions: { cases: [{ id: "P-1", caseReference: "CASE-1", birthDate: "2018-01-01", child: true }] },
  }),
  KNOWS_NOT: (_type: string, field: string): SubgraphAnswer => ({
    ok: true,
    data: { _entities: [{ [field]: null }] },
    errors: [],
    extensions: {},
  }),
  REFUSES: (_type: string, field: string): SubgraphAnswer => ({
    ok: true,
    data: { _entities: [{ [field]: null }] },
    errors: [
      {
        path: ["_entities", 0, field],
        extensions: { code: "SOURCE_REFUSED", reason: "SHIELDED_RECORD" },
      },
    ],
    extensions: {},
  }),
  BREAKS: (_type: string, field: string): SubgraphAnswer => ({
    ok: true,
    data: { _entities: [{ [field]: null }] },
    errors: [{ path: ["_entities", 0, field], extensions: { code: "SOURCE_UNAVAILABLE" } }],
    extensions: {},
  }),
  IS_AWAY: (): SubgraphAnswer => ({ ok: false, cause: "UNREACHABLE" }),
  LIES: (): SubgraphAnswer => ({
    ok: true,
    data: { _entities: [{ other: { name: "Somebody" } }] },
    errors: [],
    extensions: {},
  }),
} as const;
type Reply = keyof typeof REPLIES;
const REPLY_NAMES = Object.keys(REPLIES) as Reply[];
const OUTCOME_OF: Readonly<Record<Reply, string>> = {
  KNOWS: "KNOWN",
  KNOWS_NOT: "NOT_KNOWN",
  REFUSES: "NOT_KNOWN",
  BREAKS: "UNAVAILABLE",
  IS_AWAY: "UNAVAILABLE",
  LIES: "UNAVAILABLE",
};

interface World {
  readonly requester: Requester;
  readonly purpose: Purpose;
  readonly isAssessing: boolean;
  readonly isAssigned: boolean;
  readonly hasMeasure: boolean;
  readonly isInvolved: boolean;
}

const aWorld: fc.Arbitrary<World> = fc.record({
  requester: fc.constantFrom(
    aRequester("veilig-thuis", "ASSESSOR"),
    aRequester("veilig-thuis", "ADVISOR"),
    aRequester("lokalis", "WORKER"),
    aRequester("save", "GUARDIAN"),
    aRequester("rvdk", "INVESTIGATOR"),
  ),
  purpose: fc.constantFrom<Purpose[]>("SAFETY_ASSESSMENT", "INVESTIGATION", "CARE", "CONSULT", "REFERRAL"),
  isAssessing: fc.boolean(),
  isAssigned: fc.boolean(),
  hasMeasure: fc.boolean(),
  isInvolved: fc.boolean(),
});

function stateOf({
  requester,
  purpose,
  isAssessing,
  isAssigned,
  hasMeasure,
  isInvolved,
}: World): RequestState {
  const { organisation } = requester;
  const record = aRecord({
    members: [aPerson("P-1", "CHILD", "2018-01-01")],
    involvements: [
      anInvolvement(organisation),
      ...(isInvolved ? OTHERS.filter((one) => one !== organisation).map((one) => anInvolvement(one)) : []),
    ],
    assignments: isAssigned ? [anAssignment(requester.organisation)] : [],
    investigations: isAssessing ? [anInvestigation(organisation, "ASSESSMENT")] : [],
    measures: hasMeasure ? [aMeasure("P-1", "save")] : [],
  });
  return new RequestState(
    { requester, purpose, traceId: toTraceId("0".repeat(31) + "1"), origin: "-", today: TODAY },
    {
      loadRecords: async () => [record],
      loadRequester: async () => NOTHING_BEFORE,
      loadTeams: async () => [],
      decider,
      holders: holdersOf(UTRECHT),
    },
  );
}

async function run(world: World, replies: Readonly<Record<string, Reply>>) {
  const state = stateOf(world);
  const asked: (SubgraphRequest & { readonly source: string })[] = [];
  const client = {
    ask: async (source: string, what: SubgraphRequest) => {
      asked.push({ source, ...what });
      const field = FIELDS[source] ?? "";
      const type = index.fields.get("Person")?.get(field)?.type ?? "";
      return REPLIES[replies[source] ?? "LIES"](type, field);
    },
    close: async () => undefined,
  };
  const people = OTHERS.filter((one) => one !== world.requester.organisation).map((organisation) => ({
    organisation,
    key: `key-of-${organisation}`,
  }));
  const question = { subject: { personId: "P-1", familyId: "FAM-1" }, people };
  const around = { by: "RULES", operation: "checkKnownHere" } as const;
  const answered = await askAround(
    { source: "families", index, client, inMaintenance: NO_MAINTENANCE, log },
    state,
    question,
    around,
  );
  return { state, asked, answered };
}

const replies = fc.record(Object.fromEntries(OTHERS.map((one) => [one, fc.constantFrom(...REPLY_NAMES)])));

/** Rows 20 and 23: to assess a report, a local team and the board may be asked; agencies never are (row 22 is held). */
const mayAsk = ({ requester, purpose, isAssessing, isAssigned }: World): readonly string[] =>
  requester.workerFunction === "ASSESSOR" && purpose === "SAFETY_ASSESSMENT" && isAssessing && isAssigned
    ? ["lokalis", "rvdk"]
    : [];

test("nobody is asked but who may be, under its own pseudonym, for whether it knows the person and no more", async () => {
  await fc.assert(
    fc.asyncProperty(aWorld, replies, async (world, given) => {
      const { asked } = await run(world, given);
      // With consent and the like there are other ways for other askers; this world has none of them.
      expect(asked.map(({ source }) => source).toSorted()).toEqual(mayAsk(world));
      for (const { source, grant, variables, query } of asked) {
        expect(grant.subjects).toEqual([
          { type: "Person", id: "P-1", key: `key-of-${source}`, categories: ["INVOLVEMENT"], withCase: true },
        ]);
        expect(JSON.stringify([variables, query])).not.toContain("key-of");
      }
    }),
  );
});

test("what is answered depends on who may be asked alone: who may not say is told as who does not know", async () => {
  await fc.assert(
    fc.asyncProperty(aWorld, replies, async (world, given) => {
      const { answered, state } = await run(world, given);
      const open = mayAsk(world);
      if ("closedBy" in answered) {
        expect(open).toEqual([]);
        return;
      }
      for (const { organisation, outcome, caseReference, ...more } of answered.answers) {
        // Not even when a source tells it unasked.
        expect(Object.keys(more)).toEqual(["rule"]);
        const reply = given[organisation] ?? "LIES";
        expect(outcome).toBe(open.includes(organisation) ? OUTCOME_OF[reply] : "NOT_KNOWN");
        expect(caseReference).toBe(outcome === "KNOWN" ? "CASE-1" : undefined);
      }
      const down = open.filter((one) => OUTCOME_OF[given[one] ?? "LIES"] === "UNAVAILABLE");
      expect([...state.unavailable.keys()].toSorted()).toEqual(down);
    }),
  );
});

test("work is made for who knows the person, and for nobody else", async () => {
  const world: World = {
    requester: aRequester("veilig-thuis", "ASSESSOR"),
    purpose: "SAFETY_ASSESSMENT",
    isAssessing: true,
    isAssigned: true,
    hasMeasure: false,
    isInvolved: false,
  };
  for (const reply of REPLY_NAMES) {
    const { state } = await run(world, { lokalis: reply, rvdk: "KNOWS_NOT" });
    const { tasks } = dutiesOf(state.asking, state.ledger.accesses);
    expect([reply, tasks.map(({ organisation }) => organisation)]).toEqual([
      reply,
      reply === "KNOWS" ? ["lokalis"] : [],
    ]);
  }
});
