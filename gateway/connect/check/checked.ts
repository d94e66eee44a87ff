// What every check is given: the subgraph, who it says it is, and what it is known to hold.

import type { GraphQLSchema } from "graphql";
import type { Category } from "../../../shared/kernel/codes";
import type { Grant, GrantedSubject, Requester } from "../../../shared/kernel/requester";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../../shared/kernel/ids";
import type { Organisation, Region } from "../../../shared/region/region";
import type { KnownUse } from "../known-use";
import type { KnownRecords } from "./known-records";
import type { GrantMaker } from "./make-grant";
import type { Answer, Sent, Target } from "./target";

/** A subgraph under examination. */
export interface Checked {
  readonly target: Target;
  readonly grants: GrantMaker;
  /** The authority (PEM) behind mutual TLS; undefined where that is off. */
  readonly authority: string | undefined;
  readonly region: Region;
  readonly organisation: Organisation;
  readonly known: KnownRecords;
  /** Milliseconds within which the gateway waits for an answer. */
  readonly deadlineMs: number;
  /** Committed schemas of the other subgraphs, by name. */
  readonly otherSchemas: Readonly<Record<string, string>>;
  /** The schema that was committed for this subgraph before, where there is one. */
  readonly earlierSchema: string | undefined;
  /** What is known to be used. */
  readonly use: KnownUse;
}

/** A subgraph of which the schema was read. */
export interface Readable extends Checked {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/** Who asks in a check: a worker of nowhere, so that no organisation takes the questions for those of a colleague. */
const CHECKER: Requester = {
  worker: toWorkerId("connect-check"),
  organisation: toOrganisationCode("connect-check"),
  kind: "LOCAL_TEAM",
  legalEntity: "connect-check",
  workerFunction: "WORKER",
  secondFactor: false,
};
const TRACE_ID_DIGITS = 32;

/** A grant for these subjects, as the gateway would give it. */
export const grantFor = (subjects: readonly GrantedSubject[]): Grant => ({
  requester: CHECKER,
  purpose: "CARE",
  traceId: toTraceId("c".repeat(TRACE_ID_DIGITS)),
  subjects,
});

/** The query for the schema: it needs a grant as well, for nobody. */
export const SCHEMA_QUERY: Sent = { query: "{ _service { sdl } }", variables: {} };

/** Asks with a good grant for these subjects. */
export async function askWith(
  { target, grants }: Pick<Checked, "target" | "grants">,
  sent: Sent,
  subjects: readonly GrantedSubject[],
): Promise<Answer> {
  return target.ask(sent, await grants.make(grantFor(subjects), sent));
}

/** A subject as the hub would name it: a pseudonym, never the source's own key. */
export const subjectOf = (
  type: GrantedSubject["type"],
  key: string,
  number: number,
  categories: readonly Category[],
): GrantedSubject => ({ type, id: `connect-check-${type.toLowerCase()}-${number}`, key, categories });
