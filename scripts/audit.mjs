// npm run audit: is no locked version inside a known-affected range? By the list of the project, and by npm where it answers.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { auditFindings, knownFindings, lockedPackages, readAdvisories } from "./lib/advisories.mjs";
import { npmCommand } from "./lib/npm.mjs";
import { fail, print, ROOT, say } from "./lib/project.mjs";

const DEFAULT_WAIT_S = 30;
/** npm's report of a project with hundreds of findings. */
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

const USAGE = `Usage: npm run --silent audit -- [options]

Names every package of package-lock.json that is inside the affected range of an advisory: of scripts/advisories.json, and
of the npm audit service. That the service does not answer is said, and is no finding.

  --offline      the list of the project alone
  --lock FILE    another package-lock.json
  --wait SECONDS how long the service may take; ${DEFAULT_WAIT_S} when not given

Exit code: 0 nothing found, 1 something found, 2 for wrong use.`;

const { help, offline, lock: lockFile, wait } = readOptions();
if (help) {
  print(USAGE);
  process.exit(0);
}
const { advisories, accepted } = readAdvisories();
const lock = readLock(lockFile);
const known = knownFindings(lock, advisories);
for (const { name, version, advisory, what, fixed } of known) {
  print(`FOUND  ${name} ${version}: ${advisory}, ${what}. Fixed in ${fixed}.`);
}
const asked = offline ? [] : askService();
for (const { name, range, severity, advisory, title } of asked ?? []) {
  print(`FOUND  ${name} ${range}: ${advisory} (${severity}), ${title}. By the npm audit service.`);
}
const count = known.length + (asked?.length ?? 0);
print(
  `${lockedPackages(lock).length} packages, ${advisories.length} advisories of the project${offline || !asked ? "" : " and the npm audit service"}: ${count} found.`,
);
process.exitCode = count > 0 ? 1 : 0;

/** Findings of the service; undefined, and said, when it does not answer or not in time. */
function askService() {
  const [program, ...first] = npmCommand();
  const { stdout, error, signal } = spawnSync(
    program,
    [...first, "audit", "--json", "--package-lock-only", "--fetch-retries=0"],
    {
      cwd: dirname(lockFile),
      encoding: "utf8",
      timeout: wait * 1_000,
      killSignal: "SIGKILL",
      maxBuffer: MOST_OUTPUT_BYTES,
    },
  );
  const report = error || signal ? undefined : parse(stdout);
  const findings = auditFindings(report, accepted, new Date().toISOString().slice(0, 10));
  if (!findings) {
    const why = error?.code ?? signal ?? report?.message ?? "no report";
    say(`The npm audit service did not answer (${why}); what is only known there was not looked at.`);
  }
  return findings;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return fail(`${file} cannot be read (${error.code ?? "it is not JSON"}).`, 2);
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", default: false },
        offline: { type: "boolean", default: false },
        lock: { type: "string", default: join(ROOT, "package-lock.json") },
        wait: { type: "string", default: String(DEFAULT_WAIT_S) },
      },
    });
    const seconds = Number(values.wait);
    if (!(seconds > 0)) fail(`--wait takes a number of seconds.\n\n${USAGE}`, 2);
    return { ...values, wait: seconds };
  } catch (error) {
    return fail(`${error.message}\n\n${USAGE}`, 2);
  }
}
