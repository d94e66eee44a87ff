// npm run log for tests: run without blocking this process, which may be what the command asks.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const PROJECT_ROOT = join(__dirname, "../..");
const TSX = join(PROJECT_ROOT, "node_modules/tsx/dist/cli.mjs");
const MAIN = join(PROJECT_ROOT, "subgraphs/access-log/source/command/main.ts");

/** How it went. */
export interface LogCommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command with these words and settings. */
export async function runLogCommand(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<LogCommandResult> {
  const child = spawn(process.execPath, [TSX, MAIN, ...words], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, out, err };
}
