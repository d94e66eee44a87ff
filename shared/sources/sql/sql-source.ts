// Reads a PostgreSQL system by queries of the organisation's own: one query per call, however many keys it has.

import type { Knex } from "knex";
import type { Logger } from "../../kernel/logger";
import { CONCURRENT_LIMIT, createGuard, DEADLINE_MS } from "../guard";
import type { OrganisationSource } from "../organisation-source";
import type { PersonIdentity } from "../person-index";
import type { PseudonymKey } from "../pseudonym";
import type { PseudonymKeys } from "../pseudonym-keys";
import type { RecordReader } from "../record-reader";
import { loadMapping } from "../mapping/load";
import { createRecordSource } from "../record-source";
import { connectSql, onceMore } from "./connect";
import { readEverybody } from "./everybody";
import type { SqlQueries, SqlSystem } from "./sql-system";

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

/** A source over the organisation's own PostgreSQL system. Throws a SettingsError when its mapping file has faults. */
export function createSqlSource(system: SqlSystem, options: SqlSourceOptions): OrganisationSource {
  return createRecordSource({
    reader: createQueryReader(system, options),
    mapping: loadMapping(system.mappingFile, { organisation: system.organisation }),
    pseudonymKey: options.pseudonymKey,
    log: options.log,
    indexRefreshMs: options.indexRefreshMs,
  });
}

/** `$1` becomes the builder's placeholder; a question mark of the query's own stays one. */
function toRaw(database: Knex, name: string, text: string, keys: readonly string[] | undefined): Knex.Raw {
  const [head = "", ...rest] = text.replaceAll("?", "\\?").split("$1");
  const bindings = rest.map(() => keys as Knex.RawBinding);
  // Prepared once per connection: planning these queries costs the system more than answering them.
  return database.raw([head, ...rest].join("?"), bindings).options({ name: `schakel-${name}` });
}

/** Reads records by the three queries of a system. */
function createQueryReader(queries: SqlQueries, options: SqlSourceOptions): RecordReader {
  const timeoutMs = options.statementTimeoutMs ?? DEADLINE_MS;
  const database = connectSql({
    connectionString: options.connectionString,
    organisation: queries.organisation,
    connections: CONCURRENT_LIMIT,
    timeoutMs,
  });
  const guard = createGuard({
    deadlineMs: timeoutMs,
    log: options.log,
    onAsk: (question) => options.onQuery?.(question as SourceQuery),
  });
  const ask = <Row>(question: SourceQuery, text: string, keys?: readonly string[]): Promise<Row[]> => {
    const askOnce = async () => (await toRaw(database, question, text, keys)) as { rows: Row[] };
    return guard.ask(question, async () => (await onceMore(askOnce)).rows);
  };
  return {
    identities: () =>
      readEverybody({
        guard,
        connection: { connectionString: options.connectionString, organisation: queries.organisation },
        query: (own) => own.raw(queries.identityQuery.replaceAll("?", "\\?")),
        toIdentity: (row) => row as unknown as PersonIdentity,
      }),
    async families(caseReferences) {
      const rows = await ask<{ case_reference: string; record: unknown }>(
        "families",
        queries.familyQuery,
        caseReferences,
      );
      return new Map(rows.map((row) => [row.case_reference, row.record]));
    },
    async persons(personNumbers) {
      const rows = await ask<PersonIdentity & { record: unknown }>(
        "persons",
        queries.personQuery,
        personNumbers,
      );
      return rows.map(({ record, ...identity }) => ({ identity, record }));
    },
    async ready() {
      await ask("ready", "SELECT 1");
    },
    close: () => database.destroy(),
  };
}
