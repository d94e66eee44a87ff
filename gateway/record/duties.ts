// What comes with the data that left: obligations for the people involved, and the tasks that they become.

import type { NewTask } from "../../shared/database/create-task";
import type { Category, Purpose } from "../../shared/kernel/codes";
import { addDays, type PlainDate } from "../../shared/kernel/plain-date";
import type { Requester } from "../../shared/kernel/requester";
import { addWorkingDays } from "../../shared/kernel/working-days";
import type { Asking, SubjectKey } from "../federate/request-state";
import { TASK_TERMS, type Obligation, type TaskTerm } from "../privacy/obligations";
import type { Access } from "./ledger";

/** One obligation; with `by` and `dueOn` when it is a task for an organisation. */
export interface Duty {
  readonly obligation: Obligation;
  readonly by?: string;
  readonly dueOn?: PlainDate;
}

/** What comes with data of one family out of one source under one rule: a line of `extensions.obligations`. */
export interface DutyLine {
  readonly organisation: string;
  readonly rule: string;
  readonly subjects: readonly SubjectKey[];
  readonly categories: readonly Category[];
  readonly obligations: readonly Duty[];
}

interface Lines {
  readonly familyId: string;
  readonly organisation: string;
  readonly rule: string;
  readonly obligations: readonly Obligation[];
  readonly subjects: Map<string, SubjectKey>;
  readonly categories: Set<Category>;
}

/** Made once when an emergency is declared, not with each access that it permits. */
const MADE_WITH_EMERGENCY: readonly Obligation[] = ["ALERT_HOLDER", "EMERGENCY_REVIEW", "INFORM_FAMILY"];

/** Days for which a task that was met also covers what is read afterwards on the same ground; a proposal of the region. */
export const MET_COVERS_DAYS = 90;

/** What follows from what left: for who asked to know, and for organisations to do. */
export interface Duties {
  /** The obligations, grouped; none for what was withheld, and none for the hub's own registers. */
  readonly lines: readonly DutyLine[];
  /** Each once. */
  readonly tasks: readonly NewTask[];
}

/** The duties of a request. */
export function dutiesOf(asking: Asking, accesses: readonly Access[]): Duties {
  const lines = linesOf(accesses);
  return { lines: dutyLinesOf(asking, lines), tasks: tasksOf(asking, lines) };
}

function dutyLinesOf(asking: Asking, lines: readonly Lines[]): DutyLine[] {
  return lines.map((line) => ({
    organisation: line.organisation,
    rule: line.rule,
    subjects: [...line.subjects.values()],
    categories: [...line.categories].toSorted(),
    obligations: line.obligations.map((obligation) => dutyOf(obligation, line.organisation, asking)),
  }));
}

function tasksOf(asking: Asking, lines: readonly Lines[]): NewTask[] {
  const tasks = new Map<string, NewTask>();
  for (const { familyId, organisation: source, rule, obligations } of lines) {
    for (const obligation of obligations) {
      const { by, dueOn } = dutyOf(obligation, source, asking);
      if (by === undefined || dueOn === undefined) continue;
      const about = by === source ? (asking.requester.organisation as string) : source;
      const task: NewTask = {
        familyId,
        organisation: by,
        about,
        obligation,
        rule,
        cause: "ACCESS",
        causeId: "",
        dueOn,
      };
      tasks.set([familyId, by, about, obligation, rule].join("|"), task);
    }
  }
  return [...tasks.values()];
}

function linesOf(accesses: readonly Access[]): Lines[] {
  const lines = new Map<string, Lines>();
  for (const { subject, source, delivered, permitted } of accesses) {
    if (subject?.familyId === undefined) continue;
    // Most of what is given of a subject is given by one rule.
    let latest: Lines | undefined;
    for (const category of delivered) {
      const decision = permitted.get(category);
      if (!decision || decision.obligations.length === 0) continue;
      if (latest?.rule === decision.rule) {
        latest.categories.add(category);
        continue;
      }
      const key = `${subject.familyId}|${source}|${decision.rule}`;
      const line = lines.get(key) ?? {
        familyId: subject.familyId,
        organisation: source,
        rule: decision.rule,
        obligations: decision.obligations as readonly Obligation[],
        subjects: new Map<string, SubjectKey>(),
        categories: new Set<Category>(),
      };
      line.subjects.set(`${subject.type}:${subject.id}`, { type: subject.type, id: subject.id });
      line.categories.add(category);
      lines.set(key, line);
      latest = line;
    }
  }
  return [...lines.values()];
}

function dutyOf(obligation: Obligation, source: string, { requester, purpose, today }: Asking): Duty {
  const term = TASK_TERMS[obligation];
  if (!term || !isTask(obligation, term, requester, purpose)) return { obligation };
  const by = term.by === "HOLDER" ? source : requester.organisation;
  return { obligation, by, dueOn: dayOf(term, today) };
}

/** A member of the family gets no task; for an emergency some were made when it was declared. */
function isTask(obligation: Obligation, term: TaskTerm, requester: Requester, purpose: Purpose): boolean {
  if (purpose === "ACUTE_SAFETY" && MADE_WITH_EMERGENCY.includes(obligation)) return false;
  return term.by === "HOLDER" || requester.kind !== "FAMILY";
}

function dayOf({ days, unit }: TaskTerm, today: PlainDate): PlainDate {
  return unit === "WORKING" ? addWorkingDays(today, days) : addDays(today, days);
}
