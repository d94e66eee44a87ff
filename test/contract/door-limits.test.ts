// The limits of the door as the docs and `npm start -- --help` tell them are those that hold.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { DOOR_SETTINGS } from "../../gateway/door/door-settings";
import { DEFAULT_LIMITS, LIMITS, LIMIT_SETTINGS, limitsOf } from "../../gateway/identify/limits";

const ROOT = join(__dirname, "../..");
const doc = readFileSync(join(ROOT, "docs/door.md"), "utf8");
const help = execFileSync(process.execPath, [join(ROOT, "scripts/start.mjs"), "--help"], {
  encoding: "utf8",
  env: { PATH: "" },
});

/** Rows of the tables of the page, cells without the space around them. */
const rows = doc
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split("|").map((cell) => cell.trim()));

test.each(Object.values(LIMITS))(
  "the docs tell the limit $setting",
  ({ setting, byDefault, code, meaning }) => {
    expect(rows).toContainEqual(["", meaning, String(byDefault), `\`${setting}\``, `\`${code}\``, ""]);
  },
);

test("the docs tell no limit that there is not", () => {
  const told = rows.flatMap(([, , , setting = "", code = ""]) => (code.startsWith("`") ? [setting] : []));
  expect(told.toSorted()).toEqual(
    Object.values(LIMITS)
      .map(({ setting }) => `\`${setting}\``)
      .toSorted(),
  );
});

const defaults = z.object({ ...LIMIT_SETTINGS, ...DOOR_SETTINGS }).parse({});
const withNumbers = Object.entries(defaults).filter(([, value]) => typeof value === "number");

test.each(withNumbers)("the help and the docs tell the default of %s", (name, value) => {
  expect(help).toMatch(new RegExp(`  ${name} [^]*?Default: ${String(value)}\\.\n`));
  const told = rows.find((cells) => cells.includes(`\`${name}\``));
  expect(told).toContain(String(value));
});

test("nothing set is the defaults, and what is set holds", () => {
  expect(limitsOf(defaults)).toEqual(DEFAULT_LIMITS);
  const settings = z.object(LIMIT_SETTINGS).parse({ SCHAKEL_MAX_DEPTH: "7" });
  expect(limitsOf(settings)).toEqual({ ...DEFAULT_LIMITS, depth: 7 });
});

test.each(Object.values(LIMITS))("$setting is held to its bounds", ({ setting, least, most }) => {
  const read = (value: number) => z.object(LIMIT_SETTINGS).safeParse({ [setting]: String(value) }).success;
  expect([read(least), read(most), read(least - 1), read(most + 1)]).toEqual([true, true, false, false]);
});
