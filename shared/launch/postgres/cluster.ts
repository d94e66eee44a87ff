// Creates the data folder of the embedded PostgreSQL once; a creation that was cut off is begun anew.

import { spawn } from "node:child_process";
import { chownSync, existsSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { LaunchError } from "../launch-error";
import { endProcesses, processesIn } from "../processes";
import type { PostgresBinaries } from "./binaries";
import { commandAs, type RunAs } from "./run-as";

/** The superuser of the embedded server, and the owner of the hub's tables in it. */
export const ADMIN_ROLE = "schakel";

/** Environment of the server programs: nothing of the launcher's, so that it behaves the same everywhere. */
export const SERVER_ENV: NodeJS.ProcessEnv = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
};

/** What a data folder is made with. */
export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  /** Folder that belongs to the server's user; the data folder is made inside. */
  readonly folder: string;
  readonly password: string;
  /** Open file for what the programs print. */
  readonly logFile: number;
}

/** The data folder inside the server's folder. */
export const dataFolderIn = (folder: string): string => join(folder, "data");

/** Makes the data folder unless it is complete. Throws a LaunchError when it cannot. */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const pgdata = dataFolderIn(options.folder);
  const marker = join(options.folder, "being-created");
  const passwordFile = join(options.folder, "being-created.password");
  if (existsSync(marker)) await discard(options.folder);
  if (existsSync(join(pgdata, "PG_VERSION"))) return;
  if (existsSync(pgdata)) {
    throw new LaunchError(`${pgdata} is not a data folder of PostgreSQL. Move it away, then start again.`);
  }
  if (!options.runAs.user) requireUserName();
  writeFileSync(marker, "");
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (options.runAs.user) chownSync(passwordFile, options.runAs.user.uid, options.runAs.user.gid);
  try {
    await run(options, [
      `--pgdata=${pgdata}`,
      `--username=${ADMIN_ROLE}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--no-instructions",
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(marker);
}

/** Ends what is left of a creation that was cut off, and removes what it made. */
async function discard(folder: string): Promise<void> {
  const folders = [realpathSync(folder), join(realpathSync(folder), "data")];
  await endProcesses(() => folders.flatMap(processesIn), [{ signal: "SIGKILL", waitMs: 5_000 }]);
  rmSync(dataFolderIn(folder), { recursive: true, force: true });
}

/** initdb looks the name up even when it does not need it. */
function requireUserName(): void {
  try {
    userInfo();
  } catch {
    throw new LaunchError(
      `PostgreSQL needs a user with a name; ${process.geteuid?.()} has none in /etc/passwd. Start as another user, or set DATABASE_URL.`,
    );
  }
}

async function run(options: ClusterOptions, args: readonly string[]): Promise<void> {
  const command = commandAs(options.runAs, options.binaries.initdb, args);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: options.folder,
    env: SERVER_ENV,
    stdio: ["ignore", options.logFile, options.logFile],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) {
    throw new LaunchError(
      `The data folder of PostgreSQL could not be made (initdb ended with ${code}). See logs/postgres.log in the data directory.`,
    );
  }
}
