// How long entries are kept: by profile, by the month, and never shorter than the law asks.

import type { ClientBase } from "pg";

/** How long entries are kept after their month. */
export interface RetentionProfile {
  readonly months: number;
  /** Where the term comes from. */
  readonly source: string;
}

const YEAR = 12;

/** The profiles by name; a hub keeps to one. */
export const RETENTION_PROFILES: Readonly<Record<string, RetentionProfile>> = {
  minimum: { months: 5 * YEAR, source: "Staatscourant 2019, 38007: at least five years from writing" },
  dossier: { months: 20 * YEAR, source: "Jeugdwet 7.3.8: at most as long as the file, twenty years" },
};

/** Kept to when nothing is said. */
export const DEFAULT_PROFILE = "minimum";

const FIND_EXPIRED = `select to_char(s.month, 'YYYY-MM-DD') as month from access_log.seal s
left join access_log.removal r using (month)
where r.month is null and (s.month + make_interval(months => $1 + 1)) at time zone 'UTC' <= clock_timestamp()
order by s.month`;

/** The sealed months past their term, oldest first, as YYYY-MM. Rejects with the driver's error. */
export async function findExpired(
  client: Pick<ClientBase, "query">,
  { months }: RetentionProfile,
): Promise<string[]> {
  const { rows } = await client.query<{ month: string }>(FIND_EXPIRED, [months]);
  return rows.map(({ month }) => month.slice(0, 7));
}

/**
 * Removes the entries of one sealed month and records that in the log; `client` is of the role that owns the log. Rejects
 * with the driver's error: LOG05 not sealed or removed before, LOG06 within its term.
 */
export async function removeMonth(
  client: Pick<ClientBase, "query">,
  month: string,
  profile: string,
  by: string,
): Promise<void> {
  const months = RETENTION_PROFILES[profile]?.months;
  if (months === undefined) throw new RangeError("There is no such profile.");
  await client.query("select access_log.remove_month($1::date, $2, $3, $4)", [
    `${month}-01`,
    months,
    profile,
    by,
  ]);
}
