// Faults that are planted in a gateway, to see that random operations find them: rules that open or close too much, and
// a gateway that asks, names or mixes up what it should not. What the client of the hub gets looks right for some.

import { Kind, parse, print, visit, type FieldNode, type InlineFragmentNode } from "graphql";
import type { Outcome } from "../../../shared/kernel/codes";
import type { Decider, Decision } from "../../../gateway/privacy/decide";
import type { Facts } from "../../../gateway/privacy/facts";
import type {
  SubgraphAnswer,
  SubgraphClient,
  SubgraphRequest,
} from "../../../gateway/federate/subgraph-client";
import { UTRECHT } from "../requesters";
import { caseReferenceOf } from "./make-family";
import type { Planted } from "./random-hub";

/** A planted fault, and as what it has to be found. */
export interface PlantedFault {
  readonly name: string;
  readonly found: RegExp;
  readonly planted: Planted;
}

/** Something is open that is not: it shows in the answer, at a source that is asked, or by a gap that nobody explains. */
const TOO_MUCH = /^(LEAK|ASKED|WRONG: not explained)/m;
/** Something is closed that is not: it is missing, or a gap is explained where there is none. */
const TOO_LITTLE = /^(WITHHELD|WRONG: explained and not due)/m;
const OTHER_OUTCOME = /^WRONG: not explained.*HOLD$/m;
const ASKED = /^ASKED/m;
const MIXED_UP = /^(WRONG: .* is "mark|LEAK|WITHHELD)/m;

/** Decides otherwise where a rule, or whatever `where` looks at, says so. */
const deciding = (outcome: Outcome, where: (decision: Decision, facts: Facts) => boolean): Planted => ({
  decider: (real: Decider) => ({
    version: real.version,
    decide: (facts) => {
      const decision = real.decide(facts);
      return where(decision, facts) ? { ...decision, outcome } : decision;
    },
  }),
});

/** Asks organisations otherwise, and gives on what came in the form that was asked for. */
const asking = (
  change: (source: string, what: SubgraphRequest) => SubgraphRequest,
  giveOn: (data: Record<string, unknown>) => void,
): Planted => ({
  client: (real: SubgraphClient) => ({
    close: async () => real.close(),
    ask: async (source, what): Promise<SubgraphAnswer> => {
      if (!UTRECHT.organisations.some((one) => one.code === source)) return real.ask(source, what);
      const answer = await real.ask(source, change(source, what));
      if (answer.ok && answer.data) giveOn(answer.data);
      return answer;
    },
  }),
});

const PLANTED_KEY = "planted";
const PLANTED_FIELDS = { Family: "carePlan { summary }", Person: "goals { text }" } as const;

function fieldNamed(text: string): FieldNode {
  const [operation] = parse(`{ ${PLANTED_KEY}: ${text} }`, { noLocation: true }).definitions;
  const field =
    operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections[0] : undefined;
  if (field?.kind !== Kind.FIELD) throw new Error("Not a field.");
  return field;
}

/** Asks the plan of everybody as well. */
function askMore(_source: string, what: SubgraphRequest): SubgraphRequest {
  const withPlan = (fragment: InlineFragmentNode): InlineFragmentNode => {
    const type = fragment.typeCondition?.name.value === "Family" ? "Family" : "Person";
    const selections = fragment.selectionSet.selections.map((dossier) =>
      dossier.kind === Kind.FIELD && dossier.selectionSet
        ? {
            ...dossier,
            selectionSet: {
              ...dossier.selectionSet,
              selections: [...dossier.selectionSet.selections, fieldNamed(PLANTED_FIELDS[type])],
            },
          }
        : dossier,
    );
    return { ...fragment, selectionSet: { ...fragment.selectionSet, selections } };
  };
  const document = visit(parse(what.query), {
    InlineFragment: {
      leave: (node) =>
        /^(Family|Person)$/.test(node.typeCondition?.name.value ?? "") ? withPlan(node) : undefined,
    },
  });
  const subjects = what.grant.subjects.map((one) => ({
    ...one,
    categories: [...new Set([...one.categories, "CARE_PLAN" as const])],
  }));
  return { ...what, query: print(document), grant: { ...what.grant, subjects } };
}

function withoutPlanted(value: unknown): void {
  if (Array.isArray(value)) value.forEach(withoutPlanted);
  if (typeof value !== "object" || value === null) return;
  Reflect.deleteProperty(value, PLANTED_KEY);
  Object.values(value).forEach(withoutPlanted);
}

/** Names somebody of the first family of the world as well. */
function nameMore(source: string, what: SubgraphRequest): SubgraphRequest {
  const somebody = { __typename: "Family", id: "RND-0-000" } as const;
  const list = what.variables["_schakel_r0"] as object[];
  const key = caseReferenceOf(source, somebody.id);
  return {
    ...what,
    variables: { ...what.variables, _schakel_r0: [...list, somebody] },
    grant: {
      ...what.grant,
      subjects: [
        ...what.grant.subjects,
        { type: "Family", id: somebody.id, key, categories: what.grant.subjects[0]?.categories ?? [] },
      ],
    },
  };
}

/** Tells an organisation under which number another one knows a family. */
function tellKey(source: string, what: SubgraphRequest): SubgraphRequest {
  const [id] = what.grant.subjects.map((one) => one.id);
  const other = source === "wss" ? "save" : "wss";
  return { ...what, variables: { ...what.variables, [PLANTED_KEY]: caseReferenceOf(other, id ?? "") } };
}

const firstOf = (data: Record<string, unknown>): unknown[] => data["g0"] as unknown[];

/** The faults. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    name: "a secret address that is read where it is held",
    found: TOO_MUCH,
    planted: deciding("PERMIT", ({ rule, outcome }) => rule === "secret-address" && outcome === "HOLD"),
  },
  {
    name: "voluntary help that needs no consent",
    found: TOO_MUCH,
    planted: deciding("PERMIT", ({ rule }) => rule === "consent-not-asked"),
  },
  {
    name: "a referral that opens more than was sent",
    found: TOO_MUCH,
    planted: deciding("PERMIT", ({ rule }) => rule === "referral-opens-what-was-sent"),
  },
  {
    name: "a family that is open to strangers",
    found: TOO_MUCH,
    planted: deciding(
      "PERMIT",
      (_, { relation, holderKind, category }) =>
        relation === "NONE" && holderKind === "HUB" && category === "HOUSEHOLD",
    ),
  },
  {
    name: "an own file without its schooling",
    found: TOO_LITTLE,
    planted: deciding("DENY", ({ rule }, { category }) => rule === "own-dossier" && category === "EDUCATION"),
  },
  {
    name: "young people who have to ask for their own data",
    found: TOO_LITTLE,
    planted: deciding("HOLD", ({ rule }) => rule === "young-person-own-data"),
  },
  {
    name: "a hold that is told as a refusal",
    found: OTHER_OUTCOME,
    planted: deciding("DENY", ({ outcome }) => outcome === "HOLD"),
  },
  {
    name: "a plan that is asked of everybody and left out of the answer",
    found: ASKED,
    planted: asking(askMore, withoutPlanted),
  },
  {
    name: "somebody who is named to a source without a question about them",
    found: ASKED,
    planted: asking(nameMore, (data) => firstOf(data).pop()),
  },
  { name: "a key of another organisation", found: ASKED, planted: asking(tellKey, () => undefined) },
  {
    name: "another purpose than was asked for",
    found: ASKED,
    planted: asking(
      (_, what) => ({ ...what, grant: { ...what.grant, purpose: "ACUTE_SAFETY" } }),
      () => undefined,
    ),
  },
  {
    name: "answers about people that are mixed up",
    found: MIXED_UP,
    planted: asking(
      (_, what) => what,
      (data) => {
        data["g0"] = firstOf(data).toReversed();
      },
    ),
  },
];
