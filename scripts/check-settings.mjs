// npm run check-settings -- [process ...]: would these processes start with the settings of this environment?

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { fail, print, ROOT } from "./lib/project.mjs";
import { chooseRegion } from "./lib/region.mjs";

const DIST = join(ROOT, "dist");

/** Processes that are no subgraph, with the script and the words that start them. */
const PROCESSES = {
  start: ["shared/launch/main.js"],
  gateway: ["gateway/main.js"],
  worker: ["subgraphs/referrals/main.js", "work"],
  "log-keeper": ["subgraphs/access-log/main.js", "keep"],
  prepare: ["shared/launch/prepare/main.js"],
  migrate: ["shared/database/main.js"],
};

const USAGE = `Usage: npm run --silent check-settings -- [process ...]

Says whether each process could start with the settings of this environment, with every fault at once; nothing is
started. Without a name: start, which is what npm start would do.

  ${Object.keys(PROCESSES).join(", ")}, or the name of a folder of subgraphs/

Exit code: 0 when all can start, 2 when one cannot, or for wrong use.`;

chooseRegion();
const names = process.argv.slice(2);
if (names.includes("--help")) {
  print(USAGE);
  process.exit(0);
}
const subgraphs = readdirSync(join(ROOT, "subgraphs"));
const unknown = names.filter((name) => !Object.hasOwn(PROCESSES, name) && !subgraphs.includes(name));
if (unknown.length > 0) fail(`There is no process ${unknown.join(", ")}.\n\n${USAGE}`, 2);
await ensureInstalled();
await ensureBuilt();
const codes = (names.length === 0 ? ["start"] : names).map(check);
process.exitCode = Math.max(...codes);

/** Asks one process; prints what is wrong and gives its exit code. */
function check(name) {
  const [script, ...words] = PROCESSES[name] ?? [`subgraphs/${name}/main.js`];
  const file = join(DIST, script);
  if (!existsSync(file)) fail(`${script} was not built.`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...words, "--check"], {
    encoding: "utf8",
    cwd: process.cwd(),
  });
  if (status === 0) {
    print(`${name}: the settings can be used.`);
    return 0;
  }
  const faults = `${stdout}\n${stderr}`.split("\n").flatMap(faultsIn);
  print(
    [
      `${name}: settings that cannot be used:`,
      ...(faults.length > 0 ? faults.map((fault) => `  - ${fault}`) : [`${stdout}${stderr}`.trim()]),
    ].join("\n"),
  );
  return status ?? 1;
}

/** The faults in a log line of a service, or in what the launcher says. */
function faultsIn(line) {
  if (line.startsWith("  - ")) return [line.slice("  - ".length)];
  try {
    return JSON.parse(line).faults ?? [];
  } catch {
    return [];
  }
}
