// The data directory of a hub: made, found to be ours, and taken by this launcher.

import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "./launch-error";
import { takeLauncherLock } from "./launcher-lock";

/** Closed to other users. The folder of PostgreSQL belongs to the user that it runs as, and is made there. */
const FOLDERS = ["demo", "logs", "run"];

/**
 * Makes the directory and takes it for this process; resolves with what gives it back. Throws a LaunchError when it
 * cannot be written, or another launcher has it.
 */
export async function takeDataDirectory(directory: string): Promise<() => Promise<void>> {
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
  return async () => giveBack();
}
