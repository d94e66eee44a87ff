// The data directory of a hub: made, found to be ours, and taken by this launcher.

import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_REGION } from "../region/region";
import { LaunchError } from "./launch-error";
import { takeLauncherLock } from "./launcher-lock";

/** Says of which region the data is. */
const REGION_FILE = "region";

/** Closed to other users. The folder of PostgreSQL belongs to the user that it runs as, and is made there. */
const FOLDERS = ["demo", "logs", "run"];

/**
 * Makes the directory and takes it for this process; resolves with what gives it back. Throws a LaunchError when it
 * cannot be written, another launcher has it, or it holds the data of another region.
 */
export async function takeDataDirectory(directory: string, region: string): Promise<() => Promise<void>> {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
    for (const name of FOLDERS) {
      mkdirSync(join(directory, name), { recursive: true, mode: 0o700 });
      accessSync(join(directory, name), constants.W_OK);
    }
  } catch (error) {
    throw new LaunchError(
      `The data directory ${directory} cannot be written (${(error as NodeJS.ErrnoException).code}). Start as the user that it belongs to, or choose another SCHAKEL_DATA_DIR.`,
    );
  }
  const giveBack = takeLauncherLock(directory);
  try {
    keepToRegion(directory, region);
  } catch (error) {
    giveBack();
    throw error;
  }
  return async () => giveBack();
}

/** Writes down whose data this is; throws a LaunchError when that was said before of another region. */
function keepToRegion(directory: string, region: string): void {
  const file = join(directory, REGION_FILE);
  // One that was filled before this was written down is of the region that there was then.
  const unnamed = existsSync(join(directory, "postgres")) ? DEFAULT_REGION : undefined;
  const known = existsSync(file) ? readFileSync(file, "utf8").trim() : unnamed;
  if (known === undefined) writeFileSync(file, `${region}\n`);
  if (known === undefined || known === region) return;
  throw new LaunchError(
    `The data directory ${directory} is of the region ${known}. Choose another SCHAKEL_DATA_DIR for ${region}.`,
  );
}
