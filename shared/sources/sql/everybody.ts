// Everybody in an SQL system, some at a time: never all of them in memory, however many there are.

import { Socket } from "node:net";
import type { Knex } from "knex";
import { IDENTITIES_DEADLINE_MS } from "../case-reader";
import type { Guard } from "../guard";
import type { People, Somebody } from "../record-reader";
import { SourceFailed } from "../source-failure";
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
  /** Lets go of the connection, and cuts it when the system is still answering. */
  close(): Promise<void>;
}

/** What is read, and how each row becomes a person. */
export interface EverybodyOptions {
  readonly guard: Guard;
  readonly connection: Omit<SqlConnection, "connections" | "timeoutMs">;
  readonly query: (database: Knex) => Knex.QueryBuilder | Knex.Raw;
  readonly toIdentity: (row: Row) => Somebody;
}

/** Milliseconds for one statement that gives everybody, where that is one statement; each page has its own deadline besides. */
const STREAM_DEADLINE_MS = 10 * IDENTITIES_DEADLINE_MS;

/** Milliseconds in which a connection must be there; sooner than a page, so that none comes long after its deadline. */
const CONNECT_DEADLINE_MS = IDENTITIES_DEADLINE_MS / 2;

/** Reads everybody; each page is a question of its own. Few people come at once. Rejects with SOURCE_UNAVAILABLE. */
export async function readEverybody(options: EverybodyOptions): Promise<People> {
  const { guard, toIdentity } = options;
  const begin = async (signal: AbortSignal): Promise<{ pages: RowPages; rows: Row[] }> => {
    const pages = await openPages(options, signal);
    try {
      return { pages, rows: await nextOf(pages, signal) };
    } catch (error) {
      await pages.close();
      throw error;
    }
  };
  const first = await guard.ask(
    "identities",
    (signal) => onceMore(() => begin(signal)),
    IDENTITIES_DEADLINE_MS,
  );
  if (first.rows.length === PAGE) return goOn(options, first.pages, first.rows);
  await first.pages.close();
  return first.rows.map(toIdentity);
}

async function* goOn(
  { guard, toIdentity }: EverybodyOptions,
  pages: RowPages,
  first: Row[],
): AsyncGenerator<readonly Somebody[]> {
  let rows = first;
  try {
    for (;;) {
      yield rows.map(toIdentity);
      if (rows.length < PAGE) return;
      rows = await guard.ask("identities", (signal) => nextOf(pages, signal), IDENTITIES_DEADLINE_MS);
    }
  } finally {
    await pages.close();
  }
}

/** The next page; when it is too late nobody takes it, and its connection is cut. */
async function nextOf(pages: RowPages, signal: AbortSignal): Promise<Row[]> {
  requireTime(signal);
  const giveUp = () => void pages.close();
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    const rows = await pages.next();
    requireTime(signal);
    return rows;
  } catch (error) {
    // A connection that was cut looks like one that broke, after which would be asked again.
    requireTime(signal);
    throw error;
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

function requireTime({ aborted }: AbortSignal): void {
  if (aborted) throw new SourceFailed("TIMEOUT");
}

/** A connection of its own, which nobody else waits for. */
interface OwnConnection {
  readonly database: Knex;
  /** As its driver has it. */
  readonly session: unknown;
}

/** On a connection of its own, with a deadline of its own, which is gone when everybody was read. */
async function openPages({ connection, query }: EverybodyOptions, signal: AbortSignal): Promise<RowPages> {
  requireTime(signal);
  const isCursor = dialectOf(connection.connectionString) === "pg";
  const timeoutMs = isCursor ? IDENTITIES_DEADLINE_MS : STREAM_DEADLINE_MS;
  const limits = { connections: 1, timeoutMs, connectMs: CONNECT_DEADLINE_MS };
  const database = connectSql({ ...connection, ...limits });
  try {
    // Not by the builder, which keeps a connection for good that comes after its stream was closed.
    const own: OwnConnection = { database, session: await database.client.acquireConnection() };
    const open = isCursor ? openCursor : openStream;
    return open(own, query(database));
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

/** Begins with the first page, so that whoever waits for that can end it. */
function openCursor({ database, session }: OwnConnection, query: Knex.QueryBuilder | Knex.Raw): RowPages {
  let transaction: Knex.Transaction | undefined;
  let isAsking = false;
  const begin = async (): Promise<Knex.Transaction> => {
    const begun = await database.transaction(undefined, { connection: session });
    // In a raw statement of the builder a question mark is a placeholder.
    const text = query.toQuery().replaceAll("?", "\\?");
    await begun.raw(`DECLARE ${CURSOR} NO SCROLL CURSOR FOR ${text}`);
    return begun;
  };
  return {
    async next() {
      isAsking = true;
      try {
        transaction ??= await begin();
        const { rows } = await transaction.raw<{ rows: Row[] }>(`FETCH ${PAGE} FROM ${CURSOR}`);
        return rows;
      } finally {
        isAsking = false;
      }
    },
    close: once(async () => {
      // Of a connection that broke there is nothing left to roll back; one that is still asked is cut by its driver.
      if (!isAsking) await transaction?.rollback().catch(() => undefined);
      await database.client.releaseConnection(session);
      await database.destroy();
    }),
  };
}

function openStream({ database, session }: OwnConnection, query: Knex.QueryBuilder | Knex.Raw): RowPages {
  if (!("connection" in query)) throw new SourceFailed("FAILED", "NO_BUILDER");
  const stream = query.connection(session).stream({ highWaterMark: PAGE });
  const closed = new Promise<void>((resolve) => {
    stream.once("close", resolve);
  });
  const rows = (stream as AsyncIterable<Row>)[Symbol.asyncIterator]();
  let isDone = false;
  return {
    async next() {
      const page: Row[] = [];
      try {
        while (!isDone && page.length < PAGE) {
          const { done, value } = await rows.next();
          if (done === true) isDone = true;
          else page.push(value);
        }
      } catch (error) {
        isDone = true;
        throw error;
      }
      return page;
    },
    close: once(async () => {
      if (!isDone) {
        cut(session);
        stream.destroy(new Error("closed before its end"));
      }
      // When it closes the builder gives the connection back, to a pool that MUST still be there.
      await closed;
      await database.destroy();
    }),
  };
}

/** Ends a connection at once: a driver that takes leave waits until the statement that is running has ended. */
function cut(session: unknown): void {
  const { destroy, stream } = session as Partial<Record<"destroy" | "stream", unknown>>;
  if (typeof destroy === "function") destroy.call(session);
  if (stream instanceof Socket) stream.destroy();
}

/** What is done once, however often it is asked for. */
function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= act());
}
