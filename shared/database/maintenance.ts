// Planned maintenance of the services of organisations, as it stands now.

import type { Pool } from "pg";
import type { OrganisationCode } from "../kernel/ids";

/** A time in which the service of an organisation is not there. */
export interface MaintenanceWindow {
  readonly organisation: OrganisationCode;
  readonly from: Date;
  readonly until: Date;
}

/** SQL: is the organisation that `organisation` names in maintenance at this moment? */
export const inMaintenance = (organisation: string): string =>
  `exists (select from hub.maintenance m where m.organisation = ${organisation} and m.ended_at is null
     and m.from_at <= clock_timestamp() and m.until_at > clock_timestamp())`;

/**
 * What runs or begins within a number of seconds, of all organisations. Rejects with the driver's error when the database
 * cannot be read.
 */
export async function loadMaintenance(
  pool: Pick<Pool, "query">,
  withinSeconds: number,
): Promise<readonly MaintenanceWindow[]> {
  const { rows } = await pool.query<MaintenanceWindow>({
    name: "load-maintenance",
    text: `select organisation, from_at as "from", until_at as "until" from hub.maintenance
      where ended_at is null and until_at > clock_timestamp()
        and from_at <= clock_timestamp() + make_interval(secs => $1::float8)`,
    values: [withinSeconds],
  });
  return rows;
}
