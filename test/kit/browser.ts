// A real browser for tests of pages: Chromium as the machine has it, without a window.

import { spawnSync } from "node:child_process";
import { chromium, type Browser } from "playwright-core";

const PROGRAM = "chromium";

/** Whether this machine has one; without it the tests are skipped outside CI, and say so. */
export const hasBrowser = (): boolean => spawnSync(PROGRAM, ["--version"]).status === 0;

/** Starts it; a root user has no sandbox to put it in. */
export async function startBrowser(): Promise<Browser> {
  const { stdout } = spawnSync("which", [PROGRAM], { encoding: "utf8" });
  const isRoot = process.getuid?.() === 0;
  return await chromium.launch({ executablePath: stdout.trim(), args: isRoot ? ["--no-sandbox"] : [] });
}
