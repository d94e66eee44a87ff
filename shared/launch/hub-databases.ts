// Which databases and roles a hub has, and bringing them about: the hub's own, and one per organisation of the demo.

import { Client, escapeIdentifier } from "pg";
import { parseDatabaseUrl, withAddress } from "../database/database-url";
import { ensureDatabase, ensureRole, setPassword } from "../database/roles";
import { databasePassword } from "./keys";

/** The database of the hub in the embedded server. */
export const HUB_DATABASE = "schakel";

/** One organisation's own database, with the role that owns it. */
export interface SourceDatabase {
  readonly organisation: string;
  readonly url: string;
}

/** Connection strings of a hub. */
export interface HubDatabases {
  /** Owns the hub's tables and may create roles. */
  readonly ownerUrl: string;
  /** The services work with it. */
  readonly workingUrl: string;
  readonly sources: readonly SourceDatabase[];
}

/**
 * Which databases and roles a hub on this server has. They are named after the hub's database, so that two hubs
 * share nothing on one server: schakel -> schakel_app, and lokalis, veilig_thuis ...; other -> other_app,
 * other_lokalis ...
 */
export function nameDatabases(
  ownerUrl: string,
  keysDirectory: string,
  organisations: readonly string[],
): HubDatabases {
  const { database } = parseDatabaseUrl(ownerUrl);
  const prefix = database === HUB_DATABASE ? "" : `${database}_`;
  const urlOf = (role: string, inDatabase: string): string =>
    withAddress(ownerUrl, {
      role,
      password: databasePassword(keysDirectory, role),
      database: inDatabase,
    });
  return {
    ownerUrl,
    workingUrl: urlOf(`${database}_app`, database),
    sources: organisations.map((organisation) => {
      const name = `${prefix}${organisation.replaceAll("-", "_")}`;
      return { organisation, url: urlOf(name, name) };
    }),
  };
}

/** Creates the hub's empty database on a server that is the hub's own. */
export async function ensureHubDatabase(adminUrl: string, database: string): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    await ensureDatabase(admin, database, parseDatabaseUrl(adminUrl).role);
  });
}

/**
 * Creates the databases of the organisations with their roles, closed to every other role. With `ownServer` the
 * passwords are set to those of the keys; on a server of somebody else an existing role is left as it is.
 */
export async function ensureSourceDatabases(
  { ownerUrl, workingUrl, sources }: HubDatabases,
  ownServer: boolean,
): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    const working = parseDatabaseUrl(workingUrl);
    if (ownServer) await setPassword(owner, working.role, working.password);
    await closeToOthers(owner, working.database, working.role);
    for (const { url } of sources) {
      const source = parseDatabaseUrl(url);
      await ensureRole(owner, source.role, source.password);
      if (ownServer) await setPassword(owner, source.role, source.password);
      await ensureDatabase(owner, source.database, source.role);
      await closeToOthers(owner, source.database, source.role);
    }
  });
}

async function closeToOthers(owner: Client, database: string, role: string): Promise<void> {
  await owner.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(database)} FROM PUBLIC`);
  await owner.query(`GRANT CONNECT ON DATABASE ${escapeIdentifier(database)} TO ${escapeIdentifier(role)}`);
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: "schakel-launch",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the query that waits for it; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
