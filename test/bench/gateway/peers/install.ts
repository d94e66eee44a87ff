// The gateways that are compared with and are no part of the project: put into a folder of their own by npm.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BenchOptions } from "../../kit/benchmark";
import { PROJECT_ROOT } from "../../kit/project";

/** What is installed, with exact versions: figures of two days are about the same gateways. */
export const PEERS = {
  "@graphql-hive/gateway": "2.15.1",
  "@graphql-hive/router-runtime": "1.4.23",
  graphql: "16.15.0",
} as const;

/** The switch that leaves out what is not installed yet. */
export const OFFLINE = "offline";
/** Characters of what npm said that are passed on. */
const MOST_SAID = 600;
const INSTALL_MS = 300_000;

/** Where the peers are, or why they are not. */
export type Peers = { readonly folder: string } | { readonly missing: string };

/** The benchmark's own folder, which stays: what was installed, and profiles. */
export const benchFolder = (): string =>
  join(resolve(process.env["SCHAKEL_DATA_DIR"] ?? join(PROJECT_ROOT, ".schakel")), "bench");

/** Are all of them there, in these versions? */
function areInstalled(folder: string): boolean {
  return Object.entries(PEERS).every(([name, version]) => {
    const file = join(folder, "node_modules", name, "package.json");
    return (
      existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { version?: string }).version === version
    );
  });
}

/** Installs them unless they are there; says why it could not, and then only they are left out. */
export async function ensurePeers({ switches, signal, say }: BenchOptions): Promise<Peers> {
  const folder = join(benchFolder(), "peers");
  if (areInstalled(folder)) return { folder };
  if (switches.has(OFFLINE))
    return { missing: `not installed in ${folder}, and --${OFFLINE} installs nothing` };
  say(`Installing Hive Gateway into ${folder} (once; some hundred megabytes) ...`);
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "schakel-bench-peers", private: true, dependencies: PEERS };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  const said = await install(folder, signal);
  signal.throwIfAborted();
  return areInstalled(folder) ? { folder } : { missing: `npm could not install it: ${said}` };
}

/** Runs npm; resolves with the end of what it complained about. */
async function install(cwd: string, signal: AbortSignal): Promise<string> {
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
  const npm = spawn("npm", args, {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    signal: AbortSignal.any([signal, AbortSignal.timeout(INSTALL_MS)]),
  });
  let said = "";
  npm.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-MOST_SAID);
  });
  try {
    const [code] = (await once(npm, "close")) as [number | null];
    return said.trim() || `it ended with ${code ?? "a signal"}`;
  } catch (error) {
    return (error as Error).message;
  }
}
