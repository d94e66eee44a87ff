// Decides on facts with a set of Cedar rules: read, request, or neither. Decisions are remembered by their facts.

import { preparsePolicySet, statefulIsAuthorized, type Context } from "@cedar-policy/cedar-wasm/nodejs";
import { HubResource, isCode } from "../../shared/kernel/codes";
import { FACT_NAMES, factsNumber, type Facts, type Resource } from "./facts";
import { createExplainer, type Decision } from "./explain";
import { createMemory } from "./memory";
import { readPolicySet, type PolicySet, type PolicyText } from "./policy-set";

export type { Decision } from "./explain";

/** Decides; the same facts always give the same decision. */
export interface Decider {
  /** Version of the set of rules, such as 2026-01-01. */
  readonly version: string;
  /** Throws a RangeError for a value outside the lists, an Error when Cedar cannot evaluate; never opens on an error. */
  decide(facts: Facts): Decision;
  /**
   * The same for facts whose number is known: they are made only when nothing is remembered for it. Throws an Error when
   * they have another number.
   */
  decideNumbered(number: number, facts: () => Facts): Decision;
  /** About what is held, or asked, by an organisation of a kind that the rules do not know: default deny. */
  readonly unknownKind: Decision;
}

export interface DeciderOptions {
  /** Texts of the .cedar files of one set. */
  readonly policies: readonly PolicyText[];
  /** Text of its schema. */
  readonly schema: string;
  readonly version: string;
  /** How many decisions are remembered; those not used lately are forgotten first. */
  readonly memory?: number;
}

/** Enough for every combination that a region meets in a day; an entry is a number and a reference. */
export const DEFAULT_MEMORY = 20_000;

/** Makes a decider. Throws a PolicySetError when a rule of the set cannot be used. */
export function createDecider({
  policies,
  schema,
  version,
  memory = DEFAULT_MEMORY,
}: DeciderOptions): Decider {
  const set = readPolicySet(policies, schema, version);
  const evaluate = createEvaluator(set);
  const remembered = createMemory<Decision>(memory);
  const decideNumbered = (number: number, factsOf: () => Facts): Decision => {
    const known = remembered.find(number);
    if (known !== undefined) return known;
    const facts = factsOf();
    if (factsNumber(facts) !== number) throw new Error("Facts have another number than they were said to.");
    const decision = evaluate(facts);
    remembered.remember(number, decision);
    return decision;
  };
  return {
    version,
    unknownKind: createExplainer(set)("DENY", []),
    decide: (facts) => decideNumbered(factsNumber(facts), () => facts),
    decideNumbered,
  };
}

// Cedar keeps parsed sets under a name for the life of the process, so each decider needs a name of its own.
let parsedSets = 0;

/**
 * Asks Cedar: PERMIT when `read` is allowed, or `request` and `disclose` both are; else HOLD when `request` is, else
 * DENY. So a disclosure opens what is held and nothing else.
 */
function createEvaluator(set: PolicySet): (facts: Facts) => Decision {
  parsedSets += 1;
  const name = `${set.version}#${parsedSets}`;
  const parsed = preparsePolicySet(name, { staticPolicies: { ...set.policies } });
  if (parsed.type === "failure") throw new Error(parsed.errors.map((one) => one.message).join("; "));
  const explain = createExplainer(set);

  const ask = (action: "read" | "request" | "disclose", facts: Facts, context: Context) => {
    const answer = statefulIsAuthorized({
      principal: { type: "WorkerFunction", id: facts.requesterFunction },
      action: { type: "Action", id: action },
      resource: { type: resourceType(facts.category), id: facts.category },
      context,
      preparsedPolicySetId: name,
      entities: [],
    });
    if (answer.type === "failure") throw new Error(answer.errors.map((one) => one.message).join("; "));
    const { decision, diagnostics } = answer.response;
    // A rule that cannot be evaluated is passed over by Cedar; were it a forbid, that would open what it closes.
    if (diagnostics.errors.length > 0) {
      throw new Error(
        `Rules could not be evaluated: ${diagnostics.errors.map((one) => one.policyId).join(", ")}`,
      );
    }
    return { allowed: decision === "allow", matched: diagnostics.reason };
  };

  return (facts) => {
    const context = contextOf(facts);
    const read = ask("read", facts, context);
    if (read.allowed) return explain("PERMIT", read.matched);
    const request = ask("request", facts, context);
    if (!request.allowed) return explain("DENY", request.matched);
    const disclose = facts.disclosure ? ask("disclose", facts, context) : undefined;
    return disclose?.allowed ? explain("DISCLOSE", disclose.matched) : explain("HOLD", request.matched);
  };
}

/** The Cedar type of each fact that is a code; the others are Booleans. Function and category are principal and resource. */
const CEDAR_TYPES: Readonly<Partial<Record<keyof Facts, string>>> = {
  requesterKind: "OrganisationKind",
  holderKind: "OrganisationKind",
  purpose: "Purpose",
  subjectRole: "FamilyRole",
  ageBand: "AgeBand",
  framework: "Framework",
  measureByRequester: "MeasureBearing",
  consent: "ConsentState",
  relation: "Relation",
  exchange: "Exchange",
  emergency: "EmergencyState",
};

/** The Cedar type of what is asked for. */
const resourceType = (resource: Resource): "Category" | "HubResource" =>
  isCode(HubResource, resource) ? "HubResource" : "Category";

function contextOf(facts: Facts): Context {
  const context: Context = {};
  for (const name of FACT_NAMES) {
    if (name === "requesterFunction" || name === "category") continue;
    const value = facts[name];
    const type = CEDAR_TYPES[name];
    context[name] =
      typeof value === "string" && type !== undefined ? { __entity: { type, id: value } } : value;
  }
  return context;
}
