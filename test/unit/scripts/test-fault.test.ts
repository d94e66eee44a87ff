// npm run test:fault says what there is, and refuses what there is not before anything is installed or killed.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const SCRIPT = join(__dirname, "../../../scripts/test-fault.mjs");
const PARTS = ["log", "referrals", "all"];

const run = (...words: string[]) => spawnSync(process.execPath, [SCRIPT, ...words], { encoding: "utf8" });
/** The parts that a text lists. */
const partsIn = (text: string): string[] =>
  [...text.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = ""]) => name);

test.each([[["--help"]], [["log", "--help"]]])("%j explains the parts and settings", (words) => {
  const { status, stdout } = run(...words);
  expect(status).toBe(0);
  expect(partsIn(stdout)).toEqual(PARTS);
  expect(stdout).toMatch(/SCHAKEL_KILLS[^]*SCHAKEL_SEED/);
});

test.each([
  [["nonsense"], "There is no part nonsense."],
  [["toString"], "There is no part toString."],
  [[], "Name a part."],
])("%j is wrong use, and told which parts there are", (words, reason) => {
  const { status, stdout, stderr } = run(...words);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr.startsWith(reason)).toBe(true);
  expect(partsIn(stderr)).toEqual(PARTS);
});
