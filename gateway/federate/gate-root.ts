// Which root fields of a fetch may be asked: decided here, before any register is asked. A register trusts it.

import { Category, isCode, type HubResource, type Relation } from "../../shared/kernel/codes";
import type { ErrorCode } from "../../shared/kernel/errors";
import type { HeldQuestion } from "../../shared/kernel/requester";
import type { Decision } from "../privacy/explain";
import type { RootFetch } from "./fetch-shape";
import type { RequestState, SubjectKey } from "./request-state";
import type { AskedField } from "./root-arguments";

/** The register that knows who works with a family, and by whose rules a family is open to a requester at all. */
const FAMILY_REGISTER = "families";
/** The register that has the access log. */
const LOG_REGISTER = "access-log";
/** Who may change something about a family: those who work with it, not who was merely sent something. */
const WORKS_WITH: readonly Relation[] = ["ASSIGNED", "STAND_IN", "DUO"];
/** Obligation that asks for a second professional beside the one who decides. */
const FOUR_EYES = "SECOND_PROFESSIONAL";

/** What the gate says of a root field. */
export type Gate =
  | { readonly open: true; readonly held?: HeldQuestion; readonly by?: GateDecision }
  | { readonly open: false; readonly code: ErrorCode; readonly by?: GateDecision };

/** The decision behind a gate; with the category when it is about somebody. */
export interface GateDecision {
  readonly decision: Decision;
  readonly category?: Category;
}

const OPEN: Gate = Object.freeze({ open: true });
const NO_SECOND_FACTOR: Gate = Object.freeze({ open: false, code: "SECOND_FACTOR_REQUIRED" });

/** An organisation's system does what is its own by the issuers file, and asks nothing. */
const isOwnMutation = (shape: RootFetch, field: AskedField, own: readonly string[]): boolean =>
  shape.rootType === "Mutation" && own.includes(field.name);

/** Decides whether a root field may be asked; the record of its subject must be loaded. */
export function gateOf(state: RequestState, shape: RootFetch, field: AskedField): Gate {
  const { root, subject } = field;
  const { requester, mutations } = state.asking;
  if (mutations && !isOwnMutation(shape, field, mutations)) return { open: false, code: "ACCESS_DENIED" };
  if (root.secondFactor && requester.secondFactor !== true) return NO_SECOND_FACTOR;
  switch (root.about) {
    case "log":
      return ofLog(state);
    case "hub":
      return ofResources(state, root.or === undefined ? [root.resource] : [root.resource, root.or]);
    case "family":
    case "person":
      return subject ? ofSubject(state, shape, subject) : OPEN;
    case "report":
      return subject ? ofReport(state, subject) : refusedInput();
    // A system's own by the issuers file; people do not announce for it.
    case "service":
      return mutations ? OPEN : { open: false, code: "ACCESS_DENIED" };
    case "disclosure":
      return subject ? ofDisclosure(state, field, subject) : refusedInput();
    // The register says whom it delivered, or whether this worker may, after looking for itself.
    case "named":
    case "delivered":
    case "asked-around":
    case "review":
    case "nobody":
      return OPEN;
  }
}

const ofResource = (decision: Decision): Gate =>
  decision.outcome === "PERMIT"
    ? { open: true, by: { decision } }
    : { open: false, code: "ACCESS_DENIED", by: { decision } };

/** Open for who may have one of these; the refusal is that of the first. */
function ofResources(
  state: RequestState,
  [first, ...others]: readonly [HubResource, ...HubResource[]],
): Gate {
  const gate = ofResource(state.decideResource(first, false));
  const [next, ...rest] = others;
  if (gate.open || next === undefined) return gate;
  const other = ofResources(state, [next, ...rest]);
  return other.open ? other : gate;
}

/** The rules say whose log it is; that it is read with a second factor alone (NEN 7513) is no matter of facts. */
function ofLog(state: RequestState): Gate {
  const gate = ofResource(state.decideResource("ACCESS_LOG", true));
  if (!gate.open || state.asking.requester.secondFactor) return gate;
  return NO_SECOND_FACTOR;
}

/** Who may not have it is told the same of everybody, of who lives in the same house as of nobody. */
function ofReport(state: RequestState, subject: SubjectKey): Gate {
  const decision = state.decide(subject, LOG_REGISTER, "ACCESS_LOG");
  return ofResource(decision.outcome === "PERMIT" ? decision : state.decideResource("ACCESS_LOG", false));
}

const refusedInput = (): Gate => ({ open: false, code: "INPUT_INVALID" });

function ofSubject(state: RequestState, shape: RootFetch, subject: SubjectKey): Gate {
  const decision = state.decide(subject, FAMILY_REGISTER, "HOUSEHOLD");
  if (decision.outcome !== "PERMIT") {
    return { open: false, code: "FAMILY_NOT_FOUND", by: { decision, category: "HOUSEHOLD" } };
  }
  if (shape.rootType === "Mutation" && !WORKS_WITH.includes(state.relationTo(subject))) {
    return { open: false, code: "ACCESS_DENIED" };
  }
  return OPEN;
}

/**
 * What can be asked of a holder is what is held, every category of it; what may be read need not be asked, and what is
 * denied cannot be. The register is told what was found (`held`), and stores nothing else.
 */
function ofDisclosure(state: RequestState, field: AskedField, subject: SubjectKey): Gate {
  const household = state.decide(subject, FAMILY_REGISTER, "HOUSEHOLD");
  const relation = state.relationTo(subject);
  // A parent without authority sees no household and may ask for weighty facts all the same (BW 1:377c).
  const mayKnow = household.outcome === "PERMIT" || relation === "PARENT_WITHOUT_AUTHORITY";
  if (!mayKnow) {
    return { open: false, code: "FAMILY_NOT_FOUND", by: { decision: household, category: "HOUSEHOLD" } };
  }
  const { holder, categories } = (field.arguments["input"] ?? {}) as Readonly<Record<string, unknown>>;
  const asked = Array.isArray(categories) ? [...new Set<unknown>(categories)] : [categories];
  if (typeof holder !== "string" || !state.isOrganisation(holder)) return refusedInput();
  if (asked.length === 0 || !asked.every((one) => isCode(Category, one))) return refusedInput();
  const decided = asked.map((category) => ({
    category,
    decision: state.decide(subject, holder, category),
  }));
  const notHeld = decided.find(({ decision }) => decision.outcome !== "HOLD");
  if (notHeld) return { open: false, code: "DISCLOSURE_NOT_POSSIBLE", by: notHeld };
  return {
    open: true,
    held: {
      source: holder,
      subject,
      categories: decided.map(({ category, decision }) => ({
        category,
        rule: decision.rule,
        secondProfessional: decision.obligations.includes(FOUR_EYES),
      })),
    },
  };
}
