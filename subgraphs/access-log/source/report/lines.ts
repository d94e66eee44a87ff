// The lines of a report: accesses to one person's data, by the hour, without the worker and without what tells of others.
// Pure: the same entries and facts give the same lines.

import type { AccessOutcome } from "../../../../shared/access-log/access-log-entry";
import type { Category, Purpose, WorkerFunction } from "../../../../shared/kernel/codes";
import { today } from "../../../../shared/kernel/plain-date";
import type { ReportFacts } from "./facts";
import { isToldLater, SHOWN_OF_HOUSEHOLD, TOLD_AFTER_DAYS } from "./shown";

/** An entry of the log, as far as a report looks at it. */
export interface ReportEntry {
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  readonly traceId: string;
  readonly act: string;
  readonly outcome: AccessOutcome;
  readonly organisation: string | null;
  readonly workerFunction: WorkerFunction | null;
  readonly purpose: Purpose | null;
  readonly subjectType: "FAMILY" | "PERSON" | "NONE";
  readonly subjectId: string | null;
  readonly source: string | null;
  readonly delivered: readonly Category[];
  readonly withheld: readonly Category[];
}

/** What one organisation did in one function, for one purpose, within one hour. */
export interface ReportLine {
  /** Beginning of the hour, UTC, such as 2026-11-25T20. */
  readonly hour: string;
  readonly organisation: string;
  readonly workerFunction: WorkerFunction;
  /** Null for an attempt that stated none. */
  readonly purpose: Purpose | null;
  /** Kinds of information about the person that were given; sorted, like the other lists. */
  readonly given: readonly Category[];
  /** Asked about the person, and not given. */
  readonly notGiven: readonly Category[];
  /** Asked about the person, where a report does not say whether it was given. */
  readonly asked: readonly Category[];
  /** Asked about the household; a report never says whether it was given, for that follows from what each member agreed to. */
  readonly household: readonly Category[];
  /** Somebody tried to look, and was refused. */
  readonly refused: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const HOUR_CHARACTERS = "2026-11-25T20".length;

/** Outcomes that say what was decided; with the others nothing left, and nobody was refused by a rule. */
const DECIDED: readonly AccessOutcome[] = ["DELIVERED", "PARTIAL", "WITHHELD"];

interface Gathered {
  readonly line: Pick<ReportLine, "hour" | "organisation" | "workerFunction" | "purpose">;
  readonly given: Set<Category>;
  readonly notGiven: Set<Category>;
  readonly asked: Set<Category>;
  readonly household: Set<Category>;
  refused: boolean;
}

/**
 * The lines out of entries that come newest first, those of one moment together. Within an hour they stand in a fixed
 * order. `now` in milliseconds since 1970.
 */
export async function* reportLines(
  entries: AsyncIterable<ReportEntry>,
  facts: ReportFacts,
  now: number,
): AsyncGenerator<ReportLine> {
  let hour = new Map<string, Gathered>();
  let moment: ReportEntry[] = [];
  const gather = (): void => {
    for (const request of requestsIn(moment)) gatherRequest(hour, request, facts, now);
    moment = [];
  };
  for await (const entry of entries) {
    const [last] = moment;
    if (last && last.recordedAt !== entry.recordedAt) {
      gather();
      if (hourOf(last) !== hourOf(entry)) {
        yield* linesOf(hour);
        hour = new Map();
      }
    }
    moment.push(entry);
  }
  gather();
  yield* linesOf(hour);
}

const hourOf = ({ recordedAt }: ReportEntry): string => recordedAt.slice(0, HOUR_CHARACTERS);

/** Entries of one request are written together, and share a trace id. */
function requestsIn(moment: readonly ReportEntry[]): ReportEntry[][] {
  const requests = new Map<string, ReportEntry[]>();
  for (const entry of moment) {
    const { traceId, organisation, workerFunction, purpose } = entry;
    const key = [traceId, organisation, workerFunction, purpose].join("|");
    requests.set(key, [...(requests.get(key) ?? []), entry]);
  }
  return [...requests.values()];
}

function gatherRequest(
  hour: Map<string, Gathered>,
  request: readonly ReportEntry[],
  facts: ReportFacts,
  now: number,
): void {
  const [first] = request;
  if (!first) return;
  const { organisation, workerFunction, purpose } = first;
  const kind = facts.organisations.get(organisation ?? "");
  if (organisation === null || workerFunction === null || kind === undefined) return;
  const later = isToldLater(kind, purpose) && now - Date.parse(first.recordedAt) < TOLD_AFTER_DAYS * DAY_MS;
  // A look at a child by way of another household is not about this one.
  const household = request.filter((one) => isOfHousehold(one, facts));
  if (later || household.length === 0) return;
  const key = [organisation, workerFunction, purpose].join("|");
  const known = hour.get(key);
  const gathered: Gathered = known ?? {
    line: { hour: hourOf(first), organisation, workerFunction, purpose },
    given: new Set(),
    notGiven: new Set(),
    asked: new Set(),
    household: new Set(),
    refused: false,
  };
  const own = request.filter((one) => one.subjectType === "PERSON" && one.subjectId === facts.subjectId);
  for (const entry of own.filter(isRead)) gatherOwn(gathered, entry, facts);
  for (const entry of household.filter(isRead)) gatherHousehold(gathered, entry, facts);
  if (isSomething(gathered)) hour.set(key, gathered);
}

const isOfHousehold = ({ subjectType, subjectId }: ReportEntry, { households }: ReportFacts): boolean =>
  subjectType === "FAMILY" && households.has(subjectId ?? "");

/** Changes are told by the registers that they are in; a search names nobody. */
const isRead = ({ act }: ReportEntry): boolean => act === "READ";

function gatherOwn(gathered: Gathered, entry: ReportEntry, facts: ReportFacts): void {
  if (entry.outcome === "REFUSED") gathered.refused = true;
  if (!DECIDED.includes(entry.outcome) || !facts.isKnownAt(entry.source ?? "")) return;
  const outcomeIsTold = facts.tellsOutcome(today(new Date(entry.recordedAt)));
  for (const category of entry.delivered.filter((one) => facts.shown.has(one))) {
    (outcomeIsTold ? gathered.given : gathered.asked).add(category);
  }
  for (const category of entry.withheld.filter((one) => facts.shown.has(one))) {
    (outcomeIsTold ? gathered.notGiven : gathered.asked).add(category);
  }
}

function gatherHousehold(gathered: Gathered, entry: ReportEntry, facts: ReportFacts): void {
  if (entry.outcome === "REFUSED") gathered.refused = true;
  const isKnown = facts.isKnownAt(entry.source ?? "", entry.subjectId ?? "");
  if (!DECIDED.includes(entry.outcome) || !isKnown) return;
  for (const category of [...entry.delivered, ...entry.withheld]) {
    if (SHOWN_OF_HOUSEHOLD.has(category)) gathered.household.add(category);
  }
}

const isSomething = ({ given, notGiven, asked, household, refused }: Gathered): boolean =>
  refused || given.size + notGiven.size + asked.size + household.size > 0;

function linesOf(hour: ReadonlyMap<string, Gathered>): ReportLine[] {
  return [...hour]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { line, given, notGiven, asked, household, refused }]) => ({
      ...line,
      given: [...given].toSorted(),
      notGiven: [...notGiven].filter((category) => !given.has(category)).toSorted(),
      asked: [...asked].toSorted(),
      household: [...household].toSorted(),
      refused,
    }));
}
