// Writes the folder of a new organisation: whole, where there is none yet.

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ArgumentError } from "../argument-error";

/**
 * Writes the files (path within the folder -> content) into `folder`: beside it first, then in its place, so that it is
 * there whole or not at all. Throws an ArgumentError when there is something of that name.
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  if (existsSync(folder)) {
    throw new ArgumentError(
      `Nothing was written: there is a ${folder} already. Remove it, or choose another name.`,
    );
  }
  const fresh = `${folder}.new-${process.pid}`;
  try {
    for (const [name, content] of files) {
      const file = path.join(fresh, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
