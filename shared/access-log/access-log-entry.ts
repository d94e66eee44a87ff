// What an access-log entry holds; NEN 7513 and FHIR names of each field: docs/access-log.md.

import type { Category, Purpose, WorkerFunction } from "../kernel/codes";
import type { ErrorCode } from "../kernel/errors";
import type { OrganisationCode, TraceId, WorkerId } from "../kernel/ids";

/** What was done (handeling). */
export const AccessAct = {
  /** Ingezien */
  READ: "READ",
  /** Gezocht */
  SEARCH: "SEARCH",
  /** Toegevoegd */
  CREATE: "CREATE",
  /** Gewijzigd */
  UPDATE: "UPDATE",
  /** Verwijderd */
  DELETE: "DELETE",
  /** Uitgevoerd, afgegeven */
  EXPORT: "EXPORT",
  /** Regels of autorisaties gewijzigd */
  CONFIGURE: "CONFIGURE",
  /** Het logboek zelf ingezien */
  OVERSIGHT: "OVERSIGHT",
} as const;
export type AccessAct = keyof typeof AccessAct;

/** How it ended (uitkomst). Categories can only have left with DELIVERED and PARTIAL. */
export const AccessOutcome = {
  /** Everything that was asked of this subject at this source left */
  DELIVERED: "DELIVERED",
  /** Some categories left, some were withheld */
  PARTIAL: "PARTIAL",
  /** The rules withheld everything */
  WITHHELD: "WITHHELD",
  /** The source did not answer */
  UNAVAILABLE: "UNAVAILABLE",
  /** The request was refused before anything was decided on this subject */
  REFUSED: "REFUSED",
  /** Something went wrong; nothing left */
  FAILED: "FAILED",
} as const;
export type AccessOutcome = keyof typeof AccessOutcome;

/** What kind of subject it was about. */
export const AccessSubjectType = { FAMILY: "FAMILY", PERSON: "PERSON", NONE: "NONE" } as const;
export type AccessSubjectType = keyof typeof AccessSubjectType;

/** An entry as it is handed to the writer: one access, or attempt, on one subject at one source. */
export interface NewAccessLogEntry {
  readonly traceId: TraceId;
  readonly act: AccessAct;
  readonly outcome: AccessOutcome;
  /** The root field of the request, or "family view". */
  readonly operation: string;
  /** Worker, employer and function are known together, or not at all (then the outcome is REFUSED). */
  readonly worker: WorkerId | null;
  readonly organisation: OrganisationCode | null;
  /** Team through which the worker has to do with the family, else the one that they act for; null for who is in none. */
  readonly team: string | null;
  readonly workerFunction: WorkerFunction | null;
  /** Null only where nothing was delivered. */
  readonly purpose: Purpose | null;
  readonly subjectType: AccessSubjectType;
  /** Pseudonym, or the id that was asked for (at most 100 characters); null exactly with NONE. */
  readonly subjectId: string | null;
  readonly familyId: string | null;
  /** Name of the subgraph that was, or would have been, asked. */
  readonly source: string | null;
  readonly categoriesDelivered: readonly Category[];
  readonly categoriesWithheld: readonly Category[];
  /** Ids of the policies that permitted or withheld. */
  readonly rules: readonly string[];
  readonly policySet: string | null;
  /** What was relied on, as KIND:id, such as CONSENT:<id> or MEASURE:<id>; letters, digits and ._- only. */
  readonly reliedOn: readonly string[];
  readonly errorCode: ErrorCode | null;
  /** Address that the request came from. */
  readonly origin: string | null;
}

/** What the processing record needs to know of the request that entries belong to. */
export interface ProcessingContext {
  /** When the request came, milliseconds since 1970; the moment of writing when left out. */
  readonly startedAt?: number;
  /** Span of the caller (W3C Trace Context: 16 hexadecimal digits). */
  readonly callerSpanId?: string;
  /** Family -> its members, for entries about a family; without them the family stands for them. */
  readonly members?: ReadonlyMap<string, readonly string[]>;
}

/** An entry as it stands in the log. `subjectId` and `familyId` are null too when the key of the subject was destroyed. */
export interface AccessLogEntry extends NewAccessLogEntry {
  /** UUID, version 7 where a request led to it. */
  readonly id: string;
  /** Place in the log: 1, 2, 3 and so on, without gaps. */
  readonly position: number;
  /** ISO 8601, UTC, microseconds; by the clock of the database. */
  readonly recordedAt: string;
}
