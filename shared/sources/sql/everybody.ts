// Everybody in an SQL system, some at a time: never all of them in memory, however many there are.

import type { Knex } from "knex";
import { IDENTITIES_DEADLINE_MS } from "../case-reader";
import type { Guard } from "../guard";
import type { PersonIdentity } from "../person-index";
import type { People } from "../record-reader";
import { connectSql, dialectOf, onceMore, type SqlConnection } from "./connect";

/** Most people at a time. */
const PAGE = 5_000;
/** Name of the cursor on PostgreSQL. */
const CURSOR = "schakel_people";

type Row = Record<string, unknown>;

/** The rows of one statement, which all are as they were when it began. */
interface RowPages {
  /** At most PAGE rows; fewer only at the end. */
  next(): Promise<Row[]>;
  close(): Promise<void>;
}

/** What is read, and how each row becomes a person. */
export interface EverybodyOptions {
  readonly guard: Guard;
  readonly connection: Omit<SqlConnection, "connections" | "timeoutMs">;
  readonly query: (database: Knex) => Knex.QueryBuilder | Knex.Raw;
  readonly toIdentity: (row: Row) => PersonIdentity;
}

/** Milliseconds for one statement that gives everybody, where that is one statement; each page has its own deadline besides. */
const STREAM_DEADLINE_MS = 10 * IDENTITIES_DEADLINE_MS;

/** Reads everybody; each page is a question of its own. Few people come at once. Rejects with SOURCE_UNAVAILABLE. */
export async function readEverybody(options: EverybodyOptions): Promise<People> {
  const { guard, toIdentity } = options;
  const begin = async (): Promise<{ pages: RowPages; rows: Row[] }> => {
    const pages = await openPages(options);
    try {
      return { pages, rows: await pages.next() };
    } catch (error) {
      await pages.close();
      throw error;
    }
  };
  const first = await guard.ask("identities", () => onceMore(begin), IDENTITIES_DEADLINE_MS);
  if (first.rows.length === PAGE) return goOn(options, first.pages, first.rows);
  await first.pages.close();
  return first.rows.map(toIdentity);
}

async function* goOn(
  { guard, toIdentity }: EverybodyOptions,
  pages: RowPages,
  first: Row[],
): AsyncGenerator<readonly PersonIdentity[]> {
  let rows = first;
  try {
    for (;;) {
      yield rows.map(toIdentity);
      if (rows.length < PAGE) return;
      rows = await guard.ask("identities", () => pages.next(), IDENTITIES_DEADLINE_MS);
    }
  } finally {
    await pages.close();
  }
}

/** On a connection of its own, with a deadline of its own, which is gone when everybody was read. */
async function openPages({ connection, query }: EverybodyOptions): Promise<RowPages> {
  const isCursor = dialectOf(connection.connectionString) === "pg";
  const timeoutMs = isCursor ? IDENTITIES_DEADLINE_MS : STREAM_DEADLINE_MS;
  const database = connectSql({ ...connection, connections: 1, timeoutMs });
  try {
    return isCursor ? await openCursor(database, query(database)) : openStream(database, query(database));
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

async function openCursor(database: Knex, query: Knex.QueryBuilder | Knex.Raw): Promise<RowPages> {
  const transaction = await database.transaction();
  // In a raw statement of the builder a question mark is a placeholder.
  const text = query.toQuery().replaceAll("?", "\\?");
  await transaction.raw(`DECLARE ${CURSOR} NO SCROLL CURSOR FOR ${text}`);
  return {
    async next() {
      const { rows } = await transaction.raw<{ rows: Row[] }>(`FETCH ${PAGE} FROM ${CURSOR}`);
      return rows;
    },
    close: async () => {
      // Of a connection that broke there is nothing left to roll back.
      await transaction.rollback().catch(() => undefined);
      await database.destroy();
    },
  };
}

function openStream(database: Knex, query: Knex.QueryBuilder | Knex.Raw): RowPages {
  const stream = query.stream({ highWaterMark: PAGE });
  const closed = new Promise<void>((resolve) => {
    stream.once("close", resolve);
  });
  const rows = (stream as AsyncIterable<Row>)[Symbol.asyncIterator]();
  let isDone = false;
  return {
    async next() {
      const page: Row[] = [];
      while (!isDone && page.length < PAGE) {
        const { done, value } = await rows.next();
        if (done === true) isDone = true;
        else page.push(value);
      }
      return page;
    },
    async close() {
      // With an error the builder lets go of the connection; without one it would wait for the rest.
      if (!isDone) stream.destroy(new Error("closed before its end"));
      // When it closes the builder gives the connection back once more, to a pool that MUST still be there.
      await closed;
      await database.destroy();
    },
  };
}
