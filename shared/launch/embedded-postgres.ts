// PostgreSQL out of an npm package, for machines that have none: everything it writes lies below one folder.

import { closeSync, lchownSync, lstatSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "./launch-error";
import { requireFreePorts } from "./ports";
import { findBinaries } from "./postgres/binaries";
import { ADMIN_ROLE, dataFolderIn, ensureCluster } from "./postgres/cluster";
import { clearLeftovers } from "./postgres/leftovers";
import { chooseUser, makeReachable, type RunAs } from "./postgres/run-as";
import { embeddedUrl, startServer, type RunningServer } from "./postgres/server";

/** What the embedded server is started with. */
export interface EmbeddedPostgresOptions {
  /** Folder with the `node_modules` that hold the programs. */
  readonly projectRoot: string;
  /** The server keeps to `postgres/` and `logs/postgres.log` in it. */
  readonly dataDirectory: string;
  readonly port: number;
  /** Password of the superuser; the same at every start. */
  readonly password: string;
  /** Server settings over the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running embedded server. */
export interface EmbeddedPostgres extends RunningServer {
  /** Connection string of the superuser for a database of this server. */
  adminUrl(database: string): string;
}

/**
 * Starts PostgreSQL, creating its data folder the first time and clearing what a crash left. The caller sees to it
 * that nobody else does so on the same data directory. Throws a LaunchError that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = findBinaries(options.projectRoot);
  const folder = join(options.dataDirectory, "postgres");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(join(options.dataDirectory, "logs"), { recursive: true });
  const runAs = takeOwnership(folder, binaries.postgres);
  await clearLeftovers(dataFolderIn(folder));
  await requireFreePorts("127.0.0.1", new Map([["PostgreSQL", options.port]]));
  const logFile = openSync(join(options.dataDirectory, "logs", "postgres.log"), "a", 0o600);
  try {
    await ensureCluster({ binaries, runAs, folder, password: options.password, logFile });
    const server = await startServer({ ...options, binaries, runAs, folder, logFile });
    return {
      ...server,
      adminUrl: (database) => embeddedUrl(options.port, ADMIN_ROLE, options.password, database),
    };
  } finally {
    closeSync(logFile);
  }
}

/** The server's folder belongs to the user that it runs as, with all that is in it. */
function takeOwnership(folder: string, program: string): RunAs {
  const chosen = chooseUser(folder);
  if (!chosen.user) {
    const owner = lstatSync(folder).uid;
    if (process.geteuid && owner !== process.geteuid()) {
      throw new LaunchError(
        `${folder} belongs to user ${owner}. Start as that user or as root, or choose another SCHAKEL_DATA_DIR.`,
      );
    }
    return chosen;
  }
  if (lstatSync(folder).uid !== chosen.user.uid) giveTo(folder, chosen.user);
  return makeReachable(chosen, program, folder);
}

function giveTo(path: string, user: { uid: number; gid: number }): void {
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path)) giveTo(join(path, name), user);
  }
  lchownSync(path, user.uid, user.gid);
}
