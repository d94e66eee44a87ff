// As whom PostgreSQL runs: it refuses to run as root, so root gives it an unprivileged user.

import { spawnSync, type SpawnOptions } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { LaunchError } from "../launch-error";

/** How to start a program under another user. */
export interface RunAs {
  /** Set when the program gets another user than the launcher; its files must be this user's. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** A program with its arguments that changes the user and starts the wanted one; empty when it is not needed. */
  readonly prefix: readonly string[];
}

/** Users that are there on most systems and own nothing that matters, best first. */
const UNPRIVILEGED_USERS = ["postgres", "_postgres", "nobody"];
/** What lets a user pass folders that are closed to it; the first that the system grants is used. */
const PASSING_CAPABILITIES = ["dac_read_search", "dac_override"];

const ITSELF: RunAs = { prefix: [] };

/**
 * Decides as whom to run `program` on `folder` (which exists). Not root: as oneself. Root: as the owner of the
 * folder when that is not root, else as an unprivileged user.
 */
export function chooseUser(folder: string): RunAs {
  if (process.geteuid?.() !== 0) return ITSELF;
  const { uid, gid } = statSync(folder);
  const user = uid === 0 ? findUnprivilegedUser() : { uid, gid };
  return { user, prefix: [] };
}

/**
 * Makes sure that the user can reach the program and the folder (already its own). When a folder above them is
 * closed, as in a checkout below /root, the program is started with the one capability that lets it pass. Throws a
 * LaunchError when neither works.
 */
export function makeReachable(runAs: RunAs, program: string, folder: string): RunAs {
  if (!runAs.user || canReach(runAs, program, folder)) return runAs;
  const { uid, gid } = runAs.user;
  for (const capability of PASSING_CAPABILITIES) {
    const passing: RunAs = {
      user: runAs.user,
      prefix: [
        "setpriv",
        `--reuid=${uid}`,
        `--regid=${gid}`,
        "--clear-groups",
        // Without it the kernel leaves the capability out of access(2), with which PostgreSQL looks for itself.
        "--securebits=+no_setuid_fixup",
        `--inh-caps=-all,+${capability}`,
        `--ambient-caps=+${capability}`,
        `--bounding-set=-all,+${capability}`,
      ],
    };
    if (canReach(passing, program, folder)) return passing;
  }
  throw new LaunchError(
    [
      `PostgreSQL does not run as root, and the user ${uid} that it would run as cannot reach ${program} and ${folder}.`,
      "Do one of these: start as a user that is not root; put the checkout and SCHAKEL_DATA_DIR below a folder that",
      "others may enter; or set DATABASE_URL to a PostgreSQL that runs.",
    ].join("\n"),
  );
}

/** What to hand to `spawn` so that `program` runs as decided. */
export function commandAs(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): { file: string; args: string[]; options: Pick<SpawnOptions, "uid" | "gid"> } {
  const [file = program, ...rest] = [...runAs.prefix, program, ...args];
  return { file, args: rest, options: runAs.prefix.length === 0 && runAs.user ? runAs.user : {} };
}

function canReach(runAs: RunAs, program: string, folder: string): boolean {
  const { file, args, options } = commandAs(runAs, "/bin/sh", [
    "-c",
    'test -x "$1" && test -w "$2" && cd "$2" && "$1" --version',
    "sh",
    program,
    folder,
  ]);
  return spawnSync(file, args, { ...options, cwd: "/", stdio: "ignore" }).status === 0;
}

function findUnprivilegedUser(): { uid: number; gid: number } {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of UNPRIVILEGED_USERS) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    const [uid, gid] = [Number(fields?.[2]) >>> 0, Number(fields?.[3]) >>> 0];
    if (fields && uid > 0) return { uid, gid };
  }
  throw new LaunchError(
    "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as. Start as another user, or set DATABASE_URL.",
  );
}
