// Fills an empty register with the synthetic families, in one transaction; one that holds families is left alone.

import path from "node:path";
import type { Pool, PoolClient } from "pg";
import { createPool, inTransaction } from "../../../shared/database/pool";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import { neededDemo, type Persona } from "../../../shared/region/demo";
import { loadRegion } from "../../../shared/region/region";
import type { SubgraphProcess } from "../../../shared/subgraph-kit/run-subgraph";
import { required } from "../../../shared/subgraph-kit/settings";
import { readDemoFamilies, type DemoFamily } from "./demo-family";
import { readDemoLinks, type DemoLink, type DemoLinksByOrganisation } from "./demo-links";
import { DEMO_TABLES, KEY_VERSION, toDemoRows, toTeamRows } from "./demo-rows";

/** Two that seed at the same time: the second waits, and finds the families there. */
const SEED_LOCK = "seed hub.family";

/**
 * Writes the families, and the teams that `personas` belong to, into an empty register, as if the story day were `day`. Returns how many; 0 when there were
 * families before: then it adds who has joined since. Throws when an organisation gave no link for a family that it is involved with.
 */
export function seedRegister(
  pool: Pool,
  families: readonly DemoFamily[],
  links: DemoLinksByOrganisation,
  day: PlainDate,
  personas: readonly Persona[] = [],
): Promise<number> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [SEED_LOCK]);
    const { rowCount } = await client.query("select from hub.family limit 1");
    if (rowCount !== 0) {
      for (const [organisation, byFamily] of links) await join(client, organisation, [...byFamily.values()]);
      return 0;
    }
    const all = families.map((family) => toDemoRows(family, links, day));
    for (const table of DEMO_TABLES) {
      await insertRows(
        client,
        table,
        all.flatMap((one) => one[table]),
      );
    }
    await insertRows(client, "team_member", toTeamRows(personas, day));
    return families.length;
  });
}

/** Involves an organisation of which the register knows nothing yet with the families that it has a case of. */
async function join(client: PoolClient, organisation: string, links: readonly DemoLink[]): Promise<void> {
  const { rowCount } = await client.query("select from hub.involvement where organisation = $1 limit 1", [
    organisation,
  ]);
  if (rowCount !== 0) return;
  await client.query(
    `insert into hub.involvement (family_id, organisation, case_reference, began_on, ended_on, drang)
     select id, $1, link."caseReference", opened_on, closed_on, false
     from hub.family join json_to_recordset($2) as link ("familyId" text, "caseReference" text) on "familyId" = id`,
    [organisation, JSON.stringify(links)],
  );
  const people = links.flatMap(({ familyId, persons }) => persons.map((one) => ({ ...one, familyId })));
  await client.query(
    `insert into hub.person_pseudonym (person_id, organisation, pseudonym, key_version)
     select id, $1, link.pseudonym, $3
     from hub.person join json_to_recordset($2) as link ("familyId" text, "personId" text, pseudonym text)
       on "personId" = id and "familyId" = family_id`,
    [organisation, JSON.stringify(people), KEY_VERSION],
  );
}

async function insertRows(client: PoolClient, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(", ");
  if (columns === "") return;
  await client.query(
    `insert into hub.${table} (${columns})
     select ${columns} from json_populate_recordset(null::hub.${table}, $1::json)`,
    [JSON.stringify(rows)],
  );
}

/** For the command `seed` of runSubgraph: the region's demo and the links in the data directory, at DATABASE_URL. */
export async function seedFamilies({ settings, log }: SubgraphProcess): Promise<void> {
  const connectionString = required("DATABASE_URL", settings.DATABASE_URL);
  const region = loadRegion(settings.SCHAKEL_REGION);
  const { folder, personas } = neededDemo(region);
  const families = await readDemoFamilies(path.join(folder, "families"));
  const written = await readDemoLinks(path.resolve(settings.SCHAKEL_DATA_DIR, "demo"));
  // A file may be left of an organisation that took part before.
  const takesPart = new Set<string>(region.organisations.map(({ code }) => code));
  const links = new Map([...written].filter(([organisation]) => takesPart.has(organisation)));
  const pool = createPool({ connectionString, applicationName: `schakel-${settings.name}-seed`, max: 1 });
  try {
    const seeded = await seedRegister(pool, families, links, today(), personas);
    log.info({ families: seeded }, seeded > 0 ? "demo seeded" : "there are families already; left alone");
  } finally {
    await pool.end();
  }
}
