// What a gateway hands to the log for one request: the entries of a combined view, or the one of a search.

import { randomBytes } from "node:crypto";
import type { NewAccessLogEntry, ProcessingContext } from "../../../shared/access-log/access-log-entry";
import type { Category } from "../../../shared/kernel/codes";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../../shared/kernel/ids";

/** One request, as the writer takes it. */
export interface LoggedRequest {
  readonly entries: readonly NewAccessLogEntry[];
  readonly context: ProcessingContext;
}

/** Kinds of requests that are written. */
export const SHAPES = ["view", "search"] as const;
export type Shape = (typeof SHAPES)[number];

const ORGANISATIONS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"] as const;
/** The five organisations and the register of families. */
const SOURCES = [...ORGANISATIONS, "families"] as const;
const MEMBERS = 4;
/** At each organisation. */
const WORKERS = 150;
const DELIVERED: readonly (readonly Category[])[] = [
  ["CARE_PLAN", "INVOLVEMENT", "SAFETY"],
  ["IDENTITY", "HOUSEHOLD"],
  ["EDUCATION", "IDENTITY", "MEASURE"],
];

/** How many entries a request of a shape has. */
export const ENTRIES_OF: Readonly<Record<Shape, number>> = {
  view: SOURCES.length * (1 + MEMBERS),
  search: 1,
};

/** The nth request of a shape; families and workers take turns. */
export function nthRequest(shape: Shape, n: number, families: number): LoggedRequest {
  const organisation = ORGANISATIONS[n % ORGANISATIONS.length] ?? "lokalis";
  const familyId = `W-${n % families}`;
  const members = Array.from({ length: MEMBERS }, (_, index) => `${familyId}-${index + 1}`);
  const common: NewAccessLogEntry = {
    traceId: toTraceId(randomBytes(16).toString("hex")),
    act: "READ",
    outcome: "DELIVERED",
    operation: "family",
    worker: toWorkerId(`${organisation}.worker-${n % WORKERS}`),
    organisation: toOrganisationCode(organisation),
    team: n % 3 === 0 ? null : `team-${n % 7}`,
    workerFunction: "WORKER",
    purpose: "CARE",
    subjectType: "FAMILY",
    subjectId: familyId,
    familyId,
    source: "families",
    categoriesDelivered: ["HOUSEHOLD"],
    categoriesWithheld: [],
    rules: ["own-file"],
    policySet: "2026-01-01",
    reliedOn: [],
    errorCode: null,
    origin: `10.0.0.${n % 250}`,
  };
  const context = { startedAt: Date.now(), members: new Map([[familyId, members]]) };
  if (shape === "search")
    return { entries: [{ ...common, act: "SEARCH", operation: "findFamily" }], context };
  const entries = SOURCES.flatMap((source, place) =>
    [familyId, ...members].map((subjectId, who): NewAccessLogEntry => {
      const delivered = DELIVERED[(n + place + who) % DELIVERED.length] ?? [];
      const partly = (n + place + who) % 4 === 0;
      return {
        ...common,
        outcome: partly ? "PARTIAL" : "DELIVERED",
        subjectType: who === 0 ? "FAMILY" : "PERSON",
        subjectId,
        source,
        categoriesDelivered: delivered,
        categoriesWithheld: partly ? ["PARENT_HEALTH"] : [],
        rules: partly ? ["consent-given", "own-file", "parent-health-closed"] : ["consent-given", "own-file"],
        reliedOn: ["CONSENT:0b0e8c6e-5d0e-4a53-9f1e-6f3f0a1f6a10"],
      };
    }),
  );
  return { entries, context };
}
