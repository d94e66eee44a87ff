// A request together with what the access log says of it.

import { randomBytes } from "node:crypto";
import { asOwner } from "./hub-database";
import { ask, type Answer, type Ask, type HubPlace } from "./hub";

/** An entry of the access log, as far as tests look at it. */
export interface LoggedEntry {
  readonly act: string;
  readonly outcome: string;
  readonly operation: string;
  readonly subject: string | null;
  readonly family: string | null;
  readonly source: string | null;
  readonly delivered: readonly string[];
  readonly withheld: readonly string[];
  readonly rules: readonly string[];
  readonly errorCode: string | null;
}

/** The entries of one request, by source and subject. */
export async function entriesOfTrace(place: HubPlace, traceId: string): Promise<LoggedEntry[]> {
  return asOwner(place, async (owner) => {
    const { rows } = await owner.query<LoggedEntry>(
      `select act, outcome, operation, k.subject_id as subject, k.family_id as family, source,
         categories_delivered as delivered, categories_withheld as withheld, rules, error_code as "errorCode"
       from access_log.entry e left join access_log.subject_key k on k.id = e.subject_key
       where trace_id = $1 order by source, subject, act, outcome`,
      [traceId],
    );
    return rows;
  });
}

/** Asks with a trace id of its own and gives the answer with its entries. */
export async function askTraced(
  place: HubPlace,
  what: Ask,
  gatewayPort?: number,
): Promise<{ answer: Answer; entries: LoggedEntry[] }> {
  const traceId = randomBytes(16).toString("hex");
  const traced = { ...what, headers: { ...what.headers, traceparent: `00-${traceId}-00f067aa0ba902b7-01` } };
  const answer = await ask(place, traced, gatewayPort);
  return { answer, entries: await entriesOfTrace(place, traceId) };
}

/** One line per entry: what a test compares. */
export const linesOf = (entries: readonly LoggedEntry[]): string[] =>
  entries.map(
    ({ act, outcome, operation, subject, source, delivered, withheld, errorCode }) =>
      `${act} ${outcome} ${operation} ${subject ?? "-"} ${source} [${delivered.join(",")}] [${withheld.join(",")}] ${errorCode ?? "-"}`,
  );
