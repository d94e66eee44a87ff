// What sources refused in one request by rules of their own. The hub's decision stays what it was; the gap says that the
// source closed it.

import type { Category } from "../../shared/kernel/codes";
import type { RefusalReason } from "../../shared/kernel/refusal-reason";
import type { Decision } from "../privacy/explain";

/** Rule that stands in an explanation and in the access log when the source itself refused. */
export const REFUSED_BY_SOURCE = "refused-by-source";

interface RefusedSubject {
  readonly type: string;
  readonly id: string;
}

/** What a worker is told; of what the source says nothing but its code is used. */
const TEXTS: Readonly<Record<RefusalReason, Decision["reason"]>> = {
  SHIELDED_RECORD: {
    nl: "Geweigerd door de bron: de organisatie heeft dit dossier afgeschermd.",
    en: "Refused by the source: the organisation has shielded this record.",
  },
  IN_DISPUTE: {
    nl: "Geweigerd door de bron: wat hier staat wordt betwist, en de organisatie geeft het zolang niet.",
    en: "Refused by the source: what stands here is contested, and the organisation does not give it meanwhile.",
  },
  OWN_POLICY: {
    nl: "Geweigerd door de bron: de organisatie staat dit volgens haar eigen regels niet toe.",
    en: "Refused by the source: the organisation's own rules do not allow this.",
  },
  RULE_FAILED: {
    nl: "Geweigerd door de bron: de organisatie kon haar eigen regels niet toepassen, dus blijft dit gesloten.",
    en: "Refused by the source: the organisation could not apply its own rules, so this stays closed.",
  },
};

/** What was refused of whom by which source. */
export class SourceRefusals {
  readonly #refused = new Map<string, Map<Category, RefusalReason>>();

  /** Was nothing refused? */
  get isEmpty(): boolean {
    return this.#refused.size === 0;
  }

  /** Notes a refusal; the first reason for a category stays. */
  note(subject: RefusedSubject, source: string, category: Category, reason: RefusalReason): void {
    const key = keyOf(subject, source);
    const refused = this.#refused.get(key) ?? new Map<Category, RefusalReason>();
    if (!refused.has(category)) refused.set(category, reason);
    this.#refused.set(key, refused);
  }

  /** Did the source refuse this category of this subject? */
  has(subject: RefusedSubject, source: string, category: Category): boolean {
    return !this.isEmpty && (this.#refused.get(keyOf(subject, source))?.has(category) ?? false);
  }

  /** The hub's own decision, or a DENY by the source where that refused what the hub permits. */
  stricter(decision: Decision, subject: RefusedSubject, source: string, category: Category): Decision {
    if (this.isEmpty) return decision;
    const reason = this.#refused.get(keyOf(subject, source))?.get(category);
    if (reason === undefined || decision.outcome !== "PERMIT") return decision;
    return {
      ...decision,
      outcome: "DENY",
      rule: REFUSED_BY_SOURCE,
      rows: [],
      citation: "Verantwoordelijkheid van de houder (AVG 5(2), 24)",
      certainty: "PROPOSED",
      obligations: [],
      next: ["CALL_HOLDER"],
      reason: TEXTS[reason],
    };
  }
}

const keyOf = ({ type, id }: RefusedSubject, source: string): string => `${source}|${type}:${id}`;
