// Pages of a list in order of a moment that never changes, so that a cursor holds whatever happens to the list.

import type { Pool, PoolClient } from "pg";
import { PAGE_LIMIT, type Connection } from "../../../shared/contract/values/connection";
import { invalid, isRegisterId } from "./check-input";

/** Which page: `first` items (1 to PAGE_LIMIT) after a cursor. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A list: all parts are SQL, never values. */
export interface MomentList {
  /** To stand first: a `with` clause, or nothing. */
  readonly before: string;
  readonly columns: string;
  readonly table: string;
  /** What the other parts call the table. */
  readonly alias: string;
  /** Column of the moment. */
  readonly moment: string;
  readonly where: string;
  /** The values that `before` and `where` use. */
  readonly values: readonly unknown[];
  readonly newestFirst: boolean;
}

const MARK = "m:";
const cursorOf = (id: string): string => Buffer.from(MARK + id).toString("base64url");

function idOfCursor(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  const id = text.slice(MARK.length);
  if (!text.startsWith(MARK) || !isRegisterId(id)) throw invalid("after", "a cursor of this list");
  return id;
}

/** One page, with the number of items in the whole list. Throws INPUT_INVALID for another number or cursor. */
export async function findPage<Row extends { readonly id: string }>(
  db: Pick<Pool | PoolClient, "query">,
  { first, after }: PageRequest,
  list: MomentList,
): Promise<Connection<Row>> {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw invalid("first", `a whole number from 1 to ${PAGE_LIMIT}`);
  }
  const { before, columns, table, alias, moment, where, values, newestFirst } = list;
  const from = after == null ? null : idOfCursor(after);
  const last = `$${values.length + 1}::uuid`;
  const [order, beyond] = newestFirst ? (["desc", "<"] as const) : (["asc", ">"] as const);
  // The cursor's row is looked up apart from the list: it may have left it.
  const { rows } = await db.query<Row>(
    `${before} select ${columns} from ${table} ${alias} where ${where} and (${last} is null
       or (${alias}.${moment}, ${alias}.id) ${beyond} (select s.${moment}, s.id from ${table} s where s.id = ${last}))
     order by ${alias}.${moment} ${order}, ${alias}.id ${order} limit $${values.length + 2}`,
    [...values, from, first + 1],
  );
  const counted = await db.query<{ count: number }>(
    `${before} select count(*)::int as count from ${table} ${alias} where ${where}`,
    [...values],
  );
  const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node.id), node }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: counted.rows[0]?.count ?? 0,
  };
}
