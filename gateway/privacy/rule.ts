// A rule as the decider knows it: read from one Cedar policy and its annotations, with every fault named.

import type { PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import { Certainty, isCode, NextStep } from "../../shared/kernel/codes";
import { Obligation } from "./obligations";

/** What a rule does when it matches. */
export type RuleEffect =
  | "PERMIT"
  | "HOLD"
  | "DENY"
  /** What may be requested may be read where this matches too: the holder granted it. */
  | "DISCLOSE"
  /** Keeps a held category from being read where another rule would permit it. */
  | "KEEP_HELD"
  /** Never matches; carries the words for what no rule opens. */
  | "DEFAULT";

/** One rule of a policy set. */
export interface Rule {
  readonly id: string;
  readonly effect: RuleEffect;
  /** Of several rules that match with the same outcome, the lowest order explains; then the id. */
  readonly order: number;
  /** Rows of the decision table that it serves; none for a rule beyond the table. */
  readonly rows: readonly number[];
  /** H1 to H8 for a hard deny. */
  readonly hard: string | undefined;
  readonly citation: string;
  readonly certainty: Certainty;
  readonly obligations: readonly Obligation[];
  readonly next: readonly NextStep[];
  readonly reason: { readonly nl: string; readonly en: string };
  /** The rule that a KEEP_HELD rule belongs to. */
  readonly holds: string | undefined;
  /** The file it stands in. */
  readonly file: string;
}

const KNOWN = [
  "id",
  "order",
  "rows",
  "hard",
  "citation",
  "certainty",
  "obligations",
  "next",
  "nl",
  "en",
  "holds",
];
const MAX_SENTENCE = 240;
const LAST_ROW = 79;

/** Reads one policy; faults are added to `faults`, and the rule is returned only when there are none. */
export function readRule(policy: PolicyJson, file: string, faults: string[]): Rule | undefined {
  const notes = policy.annotations ?? {};
  const id = notes["id"] ?? "";
  const own: string[] = [];
  const text = (name: string): string => notes[name]?.trim() ?? "";
  const list = (name: string): string[] => text(name).split(",").filter(Boolean);

  if (!/^[a-z0-9][a-z0-9.-]{2,79}$/.test(id)) own.push("needs an @id in small letters, digits, - and .");
  for (const name of Object.keys(notes)) if (!KNOWN.includes(name)) own.push(`has an unknown @${name}`);
  const effect = effectOf(policy);
  if (effect === undefined)
    own.push("must permit read, request or disclose, forbid read and request, or forbid read");
  if (effect === "KEEP_HELD") {
    if (!notes["holds"])
      own.push("forbids read only, so it needs @holds with the id of the rule it belongs to");
  } else {
    for (const name of ["order", "rows", "citation", "certainty", "obligations", "next", "nl", "en"]) {
      if (notes[name] === undefined) own.push(`needs @${name}`);
    }
    if (!/^\d{1,3}$/.test(text("order"))) own.push("needs a whole number from 0 to 999 in @order");
    if (!text("citation")) own.push("needs a citation");
    if (!isCode(Certainty, text("certainty"))) own.push("has a @certainty that is not one of the list");
    for (const row of list("rows")) {
      if (!/^\d{1,2}$/.test(row) || Number(row) < 1 || Number(row) > LAST_ROW)
        own.push(`has row ${row} in @rows`);
    }
    for (const one of list("obligations")) if (!isCode(Obligation, one)) own.push(`has obligation ${one}`);
    for (const one of list("next")) if (!isCode(NextStep, one)) own.push(`has next step ${one}`);
    if (effect !== "PERMIT" && effect !== "DISCLOSE" && list("next").length === 0)
      own.push("needs at least one step in @next");
    for (const name of ["nl", "en"]) {
      const sentence = text(name);
      if (notes[name] === undefined) continue;
      if (!sentence.endsWith(".") || sentence.length > MAX_SENTENCE) {
        own.push(`needs one sentence of at most ${MAX_SENTENCE} characters in @${name}`);
      }
    }
  }
  faults.push(...own.map((fault) => `${file}: rule ${id || "without id"} ${fault}`));
  if (own.length > 0 || effect === undefined) return undefined;
  return Object.freeze({
    id,
    effect,
    order: Number(text("order")),
    rows: Object.freeze(list("rows").map(Number)),
    hard: notes["hard"],
    citation: text("citation"),
    certainty: text("certainty") as Certainty,
    obligations: Object.freeze(list("obligations") as Obligation[]),
    next: Object.freeze(list("next") as NextStep[]),
    reason: Object.freeze({ nl: text("nl"), en: text("en") }),
    holds: notes["holds"],
    file,
  });
}

function effectOf(policy: PolicyJson): RuleEffect | undefined {
  const actions = actionsOf(policy.action);
  if (policy.effect === "permit") {
    if (actions === "read") return "PERMIT";
    if (actions === "request") return "HOLD";
    if (actions === "disclose") return "DISCLOSE";
    return actions === "explain" ? "DEFAULT" : undefined;
  }
  if (actions === "read,request") return "DENY";
  return actions === "read" ? "KEEP_HELD" : undefined;
}

/** The ids of the actions that the head of a policy names, sorted and joined. */
function actionsOf(action: PolicyJson["action"]): string {
  if (action.op === "==" && "entity" in action) return idOf(action.entity);
  if (action.op === "in" && "entities" in action) return action.entities.map(idOf).toSorted().join(",");
  if (action.op === "in" && "entity" in action) return idOf(action.entity);
  return "";
}

const idOf = (uid: { id: string } | { __entity: { id: string } }): string =>
  "__entity" in uid ? uid.__entity.id : uid.id;
