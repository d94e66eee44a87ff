// Reads an organisation's own SQL system: read-only, few connections, a deadline, one query per call.

import { Pool } from "pg";
import type { Logger } from "../kernel/logger";
import type { OrganisationSource } from "./organisation-source";
import { createPersonIndex, pseudonymsOfPerson, type PersonIdentity } from "./person-index";
import type { PseudonymKey } from "./pseudonym";
import type { PseudonymKeys } from "./pseudonym-keys";
import { FaultCounter } from "./record-faults";
import { describeFailure, sourceUnavailable } from "./source-failure";
import type { SqlSystem } from "./sql-system";

/** Longest that one statement may take in the organisation's system, in ms. */
export const STATEMENT_TIMEOUT_MS = 1_500;
/** Most connections that this process holds to the organisation's system. */
export const CONNECTION_LIMIT = 4;
/** Least time in ms between two readings of the person index that unknown pseudonyms cause. */
export const INDEX_REFRESH_MS = 5_000;

/** Which question goes to the system; for tests that count. */
export type SourceQuery = "families" | "persons" | "identities" | "ready";

/** How to reach the system. */
export interface SqlSourceOptions {
  readonly connectionString: string;
  /** One version, or those that are valid as time goes by. */
  readonly pseudonymKey: PseudonymKey | PseudonymKeys;
  readonly log?: Logger;
  /** Called before each query; sees which question it is, never its keys. */
  readonly onQuery?: (query: SourceQuery) => void;
  readonly indexRefreshMs?: number;
  readonly statementTimeoutMs?: number;
}

interface FamilyRow<R> {
  readonly case_reference: string;
  readonly record: R;
}
type PersonRow<R> = PersonIdentity & { readonly record: R };

/** Adds options of the session to a connection string; ours come last, so that they win. */
function withSessionOptions(connectionString: string, options: string): string {
  const url = new URL(connectionString);
  const present = url.searchParams.get("options");
  url.searchParams.set("options", present === null ? options : `${present} ${options}`);
  return url.toString();
}

/**
 * A source over the organisation's own SQL system. BSNs are read to compute pseudonyms and leave neither this
 * function nor the index. Failures are SOURCE_UNAVAILABLE with a cause, without the driver's text.
 */
export function createSqlSource<FamilyRecord, PersonRecord>(
  system: SqlSystem<FamilyRecord, PersonRecord>,
  options: SqlSourceOptions,
): OrganisationSource {
  const { pseudonymKey, log } = options;
  const timeout = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const pool = new Pool({
    connectionString: withSessionOptions(
      options.connectionString,
      `-c default_transaction_read_only=on -c statement_timeout=${timeout}`,
    ),
    application_name: `schakel-${system.organisation}`,
    max: CONNECTION_LIMIT,
    connectionTimeoutMillis: timeout,
    // The server ends a late statement; this covers a server that no longer answers at all.
    query_timeout: timeout + 500,
    keepAlive: true,
  });
  const report = (error: unknown, during: SourceQuery | "idle") => {
    const failure = describeFailure(error);
    log?.warn({ during, ...failure }, "the organisation's system failed");
    return failure;
  };
  pool.on("error", (error) => void report(error, "idle"));

  const ask = async <Row extends object>(
    query: SourceQuery,
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> => {
    options.onQuery?.(query);
    try {
      // Prepared once per connection: planning these queries costs the system more than answering them.
      const { rows } = await pool.query<Row>({ name: `schakel-${query}`, text, values });
      return rows;
    } catch (error) {
      throw sourceUnavailable(report(error, query).cause);
    }
  };

  const mapped = <T>(during: SourceQuery, map: (faults: FaultCounter) => T): T => {
    const faults = new FaultCounter();
    const result = map(faults);
    if (faults.total > 0) log?.warn({ during, faults: faults.counts }, "values that could not be read");
    return result;
  };

  const index = createPersonIndex({
    key: pseudonymKey,
    load: () => ask<PersonIdentity>("identities", system.identityQuery),
    refreshEveryMs: options.indexRefreshMs ?? INDEX_REFRESH_MS,
    now: () => performance.now(),
  });

  return {
    people: index,
    async findFamilies(caseReferences) {
      if (caseReferences.length === 0) return new Map();
      const rows = await ask<FamilyRow<FamilyRecord>>("families", system.familyQuery, [
        [...new Set(caseReferences)],
      ]);
      return mapped(
        "families",
        (faults) => new Map(rows.map((row) => [row.case_reference, system.toFamily(row.record, faults)])),
      );
    },
    async findPersons(pseudonyms) {
      const numbers = await index.find(pseudonyms);
      if (numbers.size === 0) return new Map();
      const rows = await ask<PersonRow<PersonRecord>>("persons", system.personQuery, [
        [...new Set(numbers.values())],
      ]);
      // The index is a hint: a person whose BSN was corrected since is no longer who was asked for.
      const asked = new Set(pseudonyms);
      return mapped(
        "persons",
        (faults) =>
          new Map(
            rows.flatMap((row) => {
              const found = pseudonymsOfPerson(pseudonymKey, row).filter((one) => asked.has(one));
              if (found.length === 0) return [];
              const person = system.toPerson(row.record, faults);
              return found.map((pseudonym) => [pseudonym, person] as const);
            }),
          ),
      );
    },
    async ready() {
      await ask("ready", "SELECT 1");
    },
    close: () => pool.end(),
  };
}
