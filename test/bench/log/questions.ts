// The questions of a privacy officer: the two main ones as they come in through the door, as the source asks the log, and as a
// service would ask a plain table; and some others.

import { fraction } from "../../kit/random/chance";
import { generatedFamily, generatedWorker, type GeneratedLog } from "./generated-log";
import { OFFICER_OF } from "./question-stage";

/** Who saw this child; what did this worker see. */
export const MAIN_QUESTIONS = ["who", "what"] as const;
export type MainQuestion = (typeof MAIN_QUESTIONS)[number];

/** Entries of a page. */
export const PAGE = 50;
const CHILDREN = 4;

/** A filter of `accessLog`. */
export type Filter = Readonly<Record<string, string | boolean>>;

/** The nth drawing of a main question to a log: families and workers are drawn as often as it has them. */
export function drawn(question: MainQuestion, n: number, { families, workers }: GeneratedLog): Filter {
  const rank = (many: number): number => Math.floor(fraction(`${question} ${n}`) ** 2 * many);
  switch (question) {
    case "who":
      return { personId: `${generatedFamily(rank(families))}-${1 + (n % CHILDREN)}` };
    case "what":
      return { worker: generatedWorker(OFFICER_OF, rank(workers)) };
  }
}

/** As docs/auditing.md has it. */
export const ASK = `query Ask($filter: AccessLogFilter!, $first: Int!, $after: String, $total: Boolean!) {
  accessLog(filter: $filter, first: $first, after: $after) {
    totalCount @include(if: $total)
    edges { node {
      id recordedAt worker organisation team workerFunction purpose act subjectType subjectId source outcome
      categoriesDelivered categoriesWithheld
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** How a service would ask a plain table. $1 worker, or the child and its household; $2 organisation; $3 entries. */
export const PLAIN: Readonly<Record<MainQuestion, string>> = {
  who: `select * from plain.entry where subject_id = any ($1) and (organisation = $2 or source = $2)
    order by recorded_at desc, position desc limit $3`,
  what: `select * from plain.entry where worker = any ($1) and (organisation = $2 or source = $2)
    order by recorded_at desc, position desc limit $3`,
};

/** What stands in the place of $1. */
export function plainKeys({ personId, worker }: Filter): string[] {
  if (typeof personId === "string") return [personId, personId.replace(/-\d+$/, "")];
  return [String(worker)];
}
