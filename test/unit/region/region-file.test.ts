// A region is a file: what is wrong with it is told whole, before anything starts.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { knownRegions, readRegionFile } from "../../../shared/region/region-file";
import { loadRegion } from "../../../shared/region/region";

const folder = mkdtempSync(join(tmpdir(), "region-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (content: string): string => {
  const file = join(folder, "elsewhere.json");
  writeFileSync(file, content);
  return file;
};
const changed = (change: (region: ReturnType<typeof readRegionFile>) => unknown): string =>
  write(JSON.stringify(change(readRegionFile("utrecht"))));

test.each(knownRegions())("%s, which comes with the hub, is sound and carries its own name", (code) => {
  expect(readRegionFile(code).code).toBe(code);
});

test("a region may stand in any file", () => {
  const file = changed((region) => ({ ...region, code: "elders", name: "Elders" }));
  expect(loadRegion(file)).toMatchObject({
    code: "elders",
    organisations: loadRegion("utrecht").organisations,
  });
});

test("an unknown code names the known ones", () => {
  expect(() => readRegionFile("nergens")).toThrow(/known are: .*utrecht/);
  expect(() => readRegionFile("../utrecht")).toThrow("Unknown region");
});

test.each([
  ["that is not there", () => join(folder, "none.json"), "cannot be read"],
  ["that is cut off", () => write('{"code": "'), "is not JSON"],
  ["that is a list", () => write("[]"), "is no region"],
])("a file %s is refused by name", (_what, make, why) => {
  const file = make();
  expect(() => readRegionFile(file)).toThrow(RangeError);
  expect(() => readRegionFile(file)).toThrow(why);
  expect(() => readRegionFile(file)).toThrow(file);
});

test("every fault is told at once, by its place", () => {
  const file = changed(({ organisations: [first, ...rest], ...region }) => ({
    ...region,
    organisations: [{ ...first, kind: "SCHOOL", phone: "" }, ...rest],
    familyWait: { warnDays: 9, normDays: 8 },
    owner: "nobody",
  }));
  const told =
    /organisations\.0\.kind[^]*organisations\.0\.phone[^]*familyWait: a warning comes before[^]*owner/;
  expect(() => readRegionFile(file)).toThrow(told);
});

test.each(["code", "field"] as const)("two organisations with the same %s are refused", (part) => {
  const file = changed(({ organisations: [first, second, ...rest], ...region }) => ({
    ...region,
    organisations: [first, { ...second, [part]: first?.[part] }, ...rest],
  }));
  expect(() => readRegionFile(file)).toThrow(`are called ${loadRegion("utrecht").organisations[0]?.[part]}`);
});
