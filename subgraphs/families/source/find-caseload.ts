// The families that a worker works with now.

import type { Pool } from "pg";
import { PAGE_LIMIT, type Connection } from "../../../shared/contract/values/connection";
import { onRecord } from "../../../shared/database/record-unavailable";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { toFamily } from "../mapping/entities";
import type { FamilyRow } from "../mapping/rows";
import type { Family } from "../types/family";
import { FAMILIES_OF_WORKER } from "./assigned-now";
import { invalid } from "./check-input";

/** Which page: `first` families (1 to PAGE_LIMIT) after a cursor. */
export interface CaseloadPage {
  readonly first: number;
  readonly after?: string | null | undefined;
}

const MARK = "family:";
const cursorOf = (id: string): string => Buffer.from(MARK + id).toString("base64url");

function idOfCursor(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  if (!text.startsWith(MARK)) throw invalid("after", "a cursor of this list");
  return text.slice(MARK.length);
}

/** One page, in order of id. Throws INPUT_INVALID for another number or cursor, RECORD_UNAVAILABLE. */
export async function findCaseload(
  pool: Pick<Pool, "query">,
  requester: Requester,
  { first, after }: CaseloadPage,
): Promise<Connection<Family>> {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw invalid("first", `a whole number from 1 to ${PAGE_LIMIT}`);
  }
  // The count stands beside the page, also when the page is empty.
  const { rows } = await onRecord(() =>
    pool.query<Partial<FamilyRow> & { total: number }>({
      name: "find-caseload",
      text: `with mine as (select id, status from hub.family where id in (${FAMILIES_OF_WORKER})),
        page as (select * from mine where id > $4 order by id limit $5)
        select page.id, page.status, counted.total
        from (select count(*)::int as total from mine) as counted left join page on true order by page.id`,
      values: [
        requester.organisation,
        requester.worker,
        today(),
        after == null ? "" : idOfCursor(after),
        first + 1,
      ],
    }),
  );
  const found = rows.flatMap(({ id, status }) => (id && status ? [toFamily({ id, status })] : []));
  const edges = found.slice(0, first).map((node) => ({ node, cursor: cursorOf(node.id) }));
  return {
    edges,
    pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: rows[0]?.total ?? 0,
  };
}
