// What may be in a request for inquiry: of what its sender selected, what the rules let its receiver read at the sender, now. It is
// on record as given to the receiver before the sender hears of it.

import { randomBytes } from "node:crypto";
import type { NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import type { AccessLogWriter } from "../../shared/access-log/access-log-writer";
import type { NewTask } from "../../shared/database/create-task";
import type { Category } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import { schakelErrorIn } from "../../shared/kernel/format-error";
import { toTraceId } from "../../shared/kernel/ids";
import { today } from "../../shared/kernel/plain-date";
import type { Grant, GrantedSubject, Requester } from "../../shared/kernel/requester";
import type { Refused } from "../../shared/subgraph-kit/stuf/inquiry-order";
import { RequestState, type StateDeps, type SubjectKey } from "../federate/request-state";
import { dutiesOf } from "../record/duties";
import { entriesOf, processingContextOf } from "../record/entries";
import type { Access } from "../record/ledger";
import type { DueInquiry } from "./outbox";

/** What a decision stands on. */
export interface DecideDeps {
  readonly state: StateDeps;
  readonly accessLog: AccessLogWriter;
  /** Makes the tasks that follow from what leaves; resolves when they are on disk. */
  readonly writeTasks: (tasks: readonly NewTask[]) => Promise<void>;
  readonly policySet: string;
}

/** A request that may be sent, on record as given. */
export interface DecidedInquiry {
  readonly grant: Grant;
  /** Puts on record what the sender kept out after all. Rejects with LOG_UNAVAILABLE. */
  readonly close: (refused: Refused) => Promise<void>;
}

/** Stands in the access log as the operation. */
const OPERATION = "vtoDi01";
/** A message comes from the hub itself, not from an address. */
const ORIGIN = "hub";

const union = (lists: readonly (readonly Category[])[]): Category[] => [...new Set(lists.flat())].toSorted();

/**
 * Decides on one request and writes that down. Resolves with what its sender needs, or undefined when the rules let the
 * receiver know of none of the children. Rejects with RECORD_UNAVAILABLE or LOG_UNAVAILABLE: then nothing may be sent.
 */
export async function decideInquiry(
  deps: DecideDeps,
  inquiry: DueInquiry,
  requester: Requester,
): Promise<DecidedInquiry | undefined> {
  const traceId = toTraceId(randomBytes(16).toString("hex"));
  const asking = { requester, purpose: "REFERRAL", traceId, origin: ORIGIN, today: today() } as const;
  const state = new RequestState(asking, deps.state);
  const family: SubjectKey = { type: "Family", id: inquiry.familyId };
  const persons = inquiry.content.map(({ personId, categories }) => ({
    subject: { type: "Person", id: personId } as const,
    categories,
  }));
  await state.load([family, ...persons.map(({ subject }) => subject)]);

  const decide = (subject: SubjectKey, categories: readonly Category[]): GrantedSubject[] => {
    const access = state.ledger.access(state.ledgerSubject(subject), inquiry.sender, OPERATION, "EXPORT");
    const permitted = categories.filter((category) => {
      const decision = state.decide(subject, inquiry.sender, category);
      state.ledger.decided(access, category, decision);
      return decision.outcome === "PERMIT";
    });
    const key = state.keyAt(subject, inquiry.sender);
    if (key === undefined || permitted.length === 0) return [];
    state.ledger.delivered(access, permitted);
    return [{ type: subject.type, id: subject.id, key, categories: [...permitted].toSorted() }];
  };
  const subjects = [
    ...persons.flatMap(({ subject, categories }) => decide(subject, categories)),
    // What is about the household is about each of them: the rules open it where it was selected of all.
    ...decide(family, union(inquiry.content.map(({ categories }) => categories))),
  ];
  const named = subjects.filter(({ categories }) => categories.includes("IDENTITY")).map(({ id }) => id);
  const isComplete = inquiry.children.length > 0 && inquiry.children.every((id) => named.includes(id));
  // Nothing leaves of one that cannot be sent; that it was decided so is on record all the same.
  if (!isComplete) for (const access of state.ledger.accesses) notGiven(state, access);
  const failure = isComplete ? await makeTasks(deps, state) : undefined;
  const entries = entriesOf(state, deps.policySet, failure?.code);
  await deps.accessLog.write(entries, processingContextOf(state));
  if (failure) throw failure;
  if (!isComplete) return undefined;
  return {
    grant: { requester, purpose: "REFERRAL", traceId, subjects },
    close: async (refused) => deps.accessLog.write(closingEntries(entries, refused)),
  };
}

/** What the sender's own rules kept out of what is on record as given: an entry beside the first, for each of whom it is so. */
function closingEntries(entries: readonly NewAccessLogEntry[], refused: Refused): NewAccessLogEntry[] {
  return entries.flatMap((entry) => {
    const own = refused.filter(
      ({ type, id }) => id === entry.subjectId && (type === "Family") === (entry.subjectType === "FAMILY"),
    );
    const kept = union(own.map(({ categories }) => categories)).filter((one) =>
      entry.categoriesDelivered.includes(one),
    );
    if (kept.length === 0) return [];
    return [
      {
        ...entry,
        outcome: "WITHHELD",
        categoriesDelivered: [],
        categoriesWithheld: kept,
        reliedOn: [],
      } as const,
    ];
  });
}

/** Notes that nothing came of an access after all; what the rules withheld whole stays withheld. */
function notGiven({ ledger }: RequestState, access: Access): void {
  access.delivered.clear();
  if (access.permitted.size > 0 || access.withheld.size === 0) ledger.unavailable(access);
}

/**
 * Puts what follows for people on record before anything leaves, as with every answer; at another attempt the tasks are there.
 * Resolves with what stood against it.
 */
async function makeTasks(
  { writeTasks }: DecideDeps,
  { asking, ledger }: RequestState,
): Promise<SchakelError | undefined> {
  const { tasks } = dutiesOf(asking, ledger.accesses);
  try {
    if (tasks.length > 0) await writeTasks(tasks);
    return undefined;
  } catch (error) {
    return schakelErrorIn(error) ?? new SchakelError("RECORD_UNAVAILABLE", {}, { cause: error });
  }
}
