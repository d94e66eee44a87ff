// npm run test:fault -- <part>: parts of the hub are killed under load, more often than `npm test` has time for.

import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { closeWith, runTests } from "./lib/jest.mjs";
import { fail, print } from "./lib/project.mjs";
import { ensureRedis } from "./lib/packages.mjs";

/** Kills of the log's part when nothing is said; `npm test` makes do with fewer. */
const KILLS = "50";

/** Each part with its folder. */
const PARTS = {
  log: {
    folder: "test/fault/log/",
    meaning: "whatever is killed, every answer that left has its entries in the log, and the log is whole",
  },
  referrals: {
    folder: "test/fault/referrals/",
    meaning: "whatever is killed, every referral is delivered, once",
  },
  all: { folder: "test/fault/", meaning: "these and all other tests that break a hub" },
};

const USAGE = `Usage: npm run test:fault -- <part> [jest options]

${Object.entries(PARTS)
  .map(([name, { meaning }]) => `  ${name.padEnd(11)}${meaning}`)
  .join("\n")}

Settings (environment variables):

  SCHAKEL_KILLS  how often the part of the log kills something; ${KILLS}, which takes about six minutes
  SCHAKEL_SEED   what it kills and when; another one each time, and printed

Exit code: 0 when all is well, 1 when not, 2 for wrong use.`;

const [name, ...jestArgs] = process.argv.slice(2);
if (name === "--help" || jestArgs.includes("--help")) {
  print(USAGE);
  process.exit(0);
}
if (!name || !Object.hasOwn(PARTS, name)) {
  fail(`${name ? `There is no part ${name}.` : "Name a part."}\n\n${USAGE}`, 2);
}
process.env.SCHAKEL_KILLS ??= KILLS;
await ensureInstalled();
await ensureBuilt();
if (name !== "log") ensureRedis();
// Every file starts whole hubs: one at a time.
process.exitCode = closeWith(await runTests(["fault"], ["--runInBand", ...jestArgs, PARTS[name].folder]));
