// What happens to whom during one request: decided, delivered, withheld, refused. It becomes the access-log entries.

import type { Category } from "../../shared/kernel/codes";
import type { ErrorCode } from "../../shared/kernel/errors";
import type { Decision } from "../privacy/explain";

/** A subject as the ledger knows it; `family` is unknown when nobody has such a person. */
export interface LedgerSubject {
  readonly type: "Family" | "Person";
  readonly id: string;
  readonly familyId: string | undefined;
}

/** Everything that one request did with one subject at one source. */
export interface Access {
  readonly subject: LedgerSubject | undefined;
  readonly source: string;
  readonly act: "READ" | "SEARCH" | "CREATE" | "UPDATE" | "OVERSIGHT";
  readonly operation: string;
  readonly delivered: Set<Category>;
  readonly withheld: Set<Category>;
  readonly rules: Set<string>;
  available: boolean;
  refusedWith: ErrorCode | undefined;
}

/** The ledger of one request. */
export class Ledger {
  readonly #accesses = new Map<string, Access>();

  /** The accesses so far, one per subject x source x act. */
  get accesses(): readonly Access[] {
    return [...this.#accesses.values()];
  }

  /** The access of this subject at this source; made at first mention. */
  access(
    subject: LedgerSubject | undefined,
    source: string,
    operation: string,
    act: Access["act"] = "READ",
  ): Access {
    const key = `${subject ? `${subject.type}:${subject.id}` : operation}|${source}|${act}`;
    const known = this.#accesses.get(key);
    if (known) return known;
    const made: Access = {
      subject,
      source,
      act,
      operation,
      delivered: new Set(),
      withheld: new Set(),
      rules: new Set(),
      available: true,
      refusedWith: undefined,
    };
    this.#accesses.set(key, made);
    return made;
  }

  /** Notes what was decided about a category that was asked. */
  decided(access: Access, category: Category, decision: Decision): void {
    (decision.outcome === "PERMIT" ? access.delivered : access.withheld).add(category);
    access.rules.add(decision.rule);
  }

  /** Notes that the source did not give what was permitted. */
  unavailable(access: Access): void {
    access.available = false;
    access.delivered.clear();
  }
}
