// An organisation can be stricter than the hub: its own rules, which can refuse what the hub's rules permit and never
// permit anything. A rule that fails refuses.

import { isCode, type Category, type Purpose } from "../kernel/codes";
import type { TraceId } from "../kernel/ids";
import type { Logger } from "../kernel/logger";
import { RefusalReason, type GivenReason } from "../kernel/refusal-reason";
import type { Grant, GrantedSubject, Requester } from "../kernel/requester";

/** What a local rule is asked: may this requester have this category of this subject for this purpose? */
export interface LocalQuestion {
  readonly requester: Requester;
  readonly purpose: Purpose;
  readonly traceId: TraceId;
  /** Whom it is about; `key` is the organisation's own case reference, or its pseudonym of the person. */
  readonly subject: Pick<GrantedSubject, "type" | "id" | "key">;
  readonly category: Category;
}

/** The marks that the organisation's own system puts on a record. */
export type RecordMarks = ReadonlySet<string>;

interface NamedRule {
  /** Stands in the organisation's own log when the rule fails. */
  readonly name: string;
}

/** A rule on the request alone: it holds whether or not there is a record, so a refusal tells nothing of one. */
export interface RequestRule extends NamedRule {
  readonly looksAt: "REQUEST";
  /** The reason to refuse, or undefined to leave it to the hub. */
  readonly refuses: (question: LocalQuestion) => GivenReason | undefined;
}

/** A rule on the record too: it is asked only where there is one, so a refusal tells that there is. */
export interface RecordRule extends NamedRule {
  readonly looksAt: "RECORD";
  /** The reason to refuse, or undefined to leave it to the hub. */
  readonly refuses: (question: LocalQuestion, marks: RecordMarks) => GivenReason | undefined;
}

export type LocalRule = RequestRule | RecordRule;

/** Granted categories that are refused after all, each with its reason. */
export type Refusals = ReadonlyMap<Category, RefusalReason>;

/** The local rules of an organisation, for one request. */
export interface LocalRuling {
  /** What is refused of this subject whatever the record says. */
  onRequest(subject: GrantedSubject): Refusals;
  /** What is refused because of its record. */
  onRecord(subject: GrantedSubject, marks: readonly string[]): Refusals;
}

/** What an organisation without rules of its own says: it leaves everything to the hub. */
export const NO_LOCAL_RULES: LocalRuling = { onRequest: () => new Map(), onRecord: () => new Map() };

/** Applies `rules` to the subjects of one grant; a failure is logged once per rule, without what the error says. */
export function applyLocalRules(
  rules: readonly LocalRule[],
  grant: Omit<Grant, "subjects">,
  log: Pick<Logger, "error">,
): LocalRuling {
  const { purpose, traceId } = grant;
  const requester = Object.freeze({ ...grant.requester });
  const failed = new Set<LocalRule>();
  const fail = (rule: LocalRule, error?: unknown): RefusalReason => {
    if (!failed.has(rule)) log.error({ rule: rule.name, traceId, error }, "a local rule failed and refuses");
    failed.add(rule);
    return "RULE_FAILED";
  };
  const reasonOf = (rule: LocalRule, ask: () => unknown): RefusalReason | undefined => {
    try {
      const reason = ask();
      if (reason === undefined) return undefined;
      if (isCode(RefusalReason, reason)) return reason;
      // Whatever else it is (true, a word of its own, a promise that may still break) is no leave to give.
      Promise.resolve(reason).catch(() => undefined);
      return fail(rule);
    } catch (error) {
      return fail(rule, error);
    }
  };
  const refusedBy = <Rule extends LocalRule>(
    asked: readonly Rule[],
    { type, id, key, categories }: GrantedSubject,
    ask: (rule: Rule, question: LocalQuestion) => unknown,
  ): Refusals => {
    const refused = new Map<Category, RefusalReason>();
    const subject = Object.freeze({ type, id, key });
    for (const category of asked.length > 0 ? categories : []) {
      const question = Object.freeze({ requester, purpose, traceId, subject, category });
      for (const rule of asked) {
        const reason = reasonOf(rule, () => ask(rule, question));
        if (reason !== undefined && !refused.has(category)) refused.set(category, reason);
      }
    }
    return refused;
  };
  const onRequest = rules.filter((rule) => rule.looksAt === "REQUEST");
  const onRecord = rules.filter((rule) => rule.looksAt === "RECORD");
  return {
    onRequest: (subject) => refusedBy(onRequest, subject, (rule, question) => rule.refuses(question)),
    onRecord: (subject, marks) =>
      // A set of its own for each rule: none can take a mark away from the next.
      refusedBy(onRecord, subject, (rule, question) => rule.refuses(question, new Set(marks))),
  };
}
