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
  readonly act: "READ" | "SEARCH" | "CREATE" | "UPDATE" | "OVERSIGHT" | "EXPORT";
  readonly operation: string;
  /** What the source gave; what was permitted and did not come is not among them. */
  readonly delivered: Set<Category>;
  readonly withheld: Set<Category>;
  readonly rules: Set<string>;
  /** The decision by which each category was permitted. */
  readonly permitted: Map<Category, Decision>;
  /** Something that was permitted did not come. */
  failed: boolean;
  readonly refusedWith: ErrorCode | undefined;
}

/** Accesses that were not refused, of one kind of act at one source, by the id of their subject. */
interface ActsAtSource {
  readonly source: string;
  readonly act: Access["act"];
  readonly Family: Map<string, Access>;
  readonly Person: Map<string, Access>;
}

/** The ledger of one request. */
export class Ledger {
  readonly #accesses: Access[] = [];
  readonly #acts: ActsAtSource[] = [];
  /** What is about nobody in particular, and what was refused: few, by everything that sets them apart. */
  readonly #others = new Map<string, Access>();
  #latest: Access | undefined;

  /** The accesses so far: one per subject x source x act, and one for each way in which one was refused. */
  get accesses(): readonly Access[] {
    return this.#accesses;
  }

  /** The access of this subject at this source; made at first mention. */
  access(
    subject: LedgerSubject | undefined,
    source: string,
    operation: string,
    act: Access["act"] = "READ",
  ): Access {
    const latest = this.#latest;
    // The fields of a subject come on end.
    const isLatest =
      subject !== undefined &&
      latest?.subject?.id === subject.id &&
      latest.subject.type === subject.type &&
      latest.source === source &&
      latest.act === act;
    if (isLatest) return latest;
    this.#latest = this.#find({ subject, source, operation, act, refusedWith: undefined });
    return this.#latest;
  }

  /** Notes that an access was refused, by the decision that did it (on a category, or on something of the hub) or by a register. */
  refused(
    access: Pick<Access, "subject" | "source" | "operation" | "act">,
    code: ErrorCode,
    by?: { readonly decision: Decision; readonly category?: Category },
  ): void {
    const refused = this.#find({ ...access, refusedWith: code });
    if (by?.category) this.decided(refused, by.category, by.decision);
    else if (by) refused.rules.add(by.decision.rule);
  }

  #find(one: Pick<Access, "subject" | "source" | "operation" | "act" | "refusedWith">): Access {
    const { subject, source, act, operation, refusedWith } = one;
    if (subject && refusedWith === undefined)
      return this.#make(this.#actsAt(source, act)[subject.type], subject.id, one);
    const about = `${subject ? `${subject.type}:${subject.id}` : operation}|${source}|${act}`;
    // What was refused stands apart: the same act on the same subject may have been done by another field.
    return this.#make(
      this.#others,
      refusedWith === undefined ? about : `${about}|${operation}|${refusedWith}`,
      one,
    );
  }

  #actsAt(source: string, act: Access["act"]): ActsAtSource {
    let acts = this.#acts.find((one) => one.source === source && one.act === act);
    if (!acts) {
      acts = { source, act, Family: new Map(), Person: new Map() };
      this.#acts.push(acts);
    }
    return acts;
  }

  #make(
    among: Map<string, Access>,
    key: string,
    {
      subject,
      source,
      act,
      operation,
      refusedWith,
    }: Pick<Access, "subject" | "source" | "operation" | "act" | "refusedWith">,
  ): Access {
    const known = among.get(key);
    if (known) return known;
    const made: Access = {
      subject,
      source,
      act,
      operation,
      refusedWith,
      delivered: new Set(),
      withheld: new Set(),
      rules: new Set(),
      permitted: new Map(),
      failed: false,
    };
    among.set(key, made);
    this.#accesses.push(made);
    return made;
  }

  /** Notes what was decided about a category that was asked. */
  decided(access: Access, category: Category, decision: Decision): void {
    if (decision.outcome === "PERMIT") access.permitted.set(category, decision);
    else access.withheld.add(category);
    access.rules.add(decision.rule);
  }

  /** Notes what the source gave. */
  delivered(access: Access, categories: Iterable<Category>): void {
    for (const category of categories) access.delivered.add(category);
  }

  /** Notes that the source did not give what was permitted; what it gave at another time stands. */
  unavailable(access: Access): void {
    access.failed = true;
  }
}
