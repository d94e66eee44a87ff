// npm run bench for tests, in a process of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const PROJECT_ROOT = join(__dirname, "..", "..", "..");

/** How it ended. */
export interface Ended {
  readonly code: number | null;
  readonly printed: string;
  readonly said: string;
}

/** What may be done to it. */
export interface Handling {
  readonly env?: Readonly<Record<string, string>>;
  /** Is interrupted, as by a Ctrl-C, when it has said this. */
  readonly interruptAt?: RegExp;
}

/** Runs a benchmark to its end. */
export async function runBench(
  args: readonly string[],
  { env = {}, interruptAt }: Handling = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, "scripts", "bench.mjs"), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let said = "";
  let interrupted = false;
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (interrupted || !interruptAt?.test(said)) return;
    interrupted = true;
    child.kill("SIGINT");
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, printed, said };
}

/** Every number in a value of JSON by its path. */
export function numbersIn(value: unknown, path = ""): [path: string, number: unknown][] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, one]) =>
      numbersIn(one, path === "" ? key : `${path}.${key}`),
    );
  }
  return typeof value === "number" || value === null ? [[path, value]] : [];
}
