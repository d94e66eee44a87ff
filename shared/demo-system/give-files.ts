// How a system of the demo gives files to others: each is whole or not there, and again and again.

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SettingsError } from "../kernel/settings";
import { describeFailure } from "../sources/source-failure";
import type { OpenSystem, SystemDeps } from "./run-demo-system";

/** Owner only: citizens' numbers stand in them. */
const FILE_MODE = 0o600;

/** Pause after a first time that failed, in ms. */
const AGAIN_AFTER_MS = 1_000;

/** What a system gives. */
export interface GivenFiles {
  /** Between two times, in ms. */
  readonly everyMs: number;
  /** Puts into the folder what belongs there now. */
  give(folder: string): Promise<void>;
}

/** Writes a file under another name, which it loses when the file is whole; one that says the same already is left alone. */
export async function putFile(folder: string, name: string, content: Buffer): Promise<void> {
  const file = path.join(folder, name);
  const there = await readFile(file).catch(() => undefined);
  if (there?.equals(content)) return;
  await writeFile(`${file}.deel`, content, { mode: FILE_MODE });
  await rename(`${file}.deel`, file);
}

/** Takes a file away; one that is not there is away already. */
export const takeAway = (folder: string, name: string): Promise<void> =>
  rm(path.join(folder, name), { force: true });

/** For `open` of a system: gives its files to SYSTEM_FOLDER at once and then every so often; ready after the first time. */
export async function giveFiles(
  { settings, log }: Pick<SystemDeps, "settings" | "log">,
  files: GivenFiles,
): Promise<OpenSystem> {
  const folder = settings.SYSTEM_FOLDER;
  if (folder === undefined)
    throw new SettingsError(["SYSTEM_FOLDER: is needed by a system that gives files"]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const closing = new AbortController();
  let given = false;
  const giveOnce = async (): Promise<void> => {
    try {
      await files.give(folder);
      given = true;
    } catch (error) {
      log.warn({ code: describeFailure(error).code }, "the files could not be written");
    }
  };
  const keepGiving = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const pause = given ? files.everyMs : Math.min(files.everyMs, AGAIN_AFTER_MS);
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      if (!closing.signal.aborted) await giveOnce();
    }
  };
  await giveOnce();
  const done = keepGiving();
  return {
    ready: async () => {
      if (!given) throw new Error("Nothing was given yet.");
    },
    close: async () => {
      closing.abort();
      await done;
    },
  };
}
