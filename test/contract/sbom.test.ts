// The bill of materials lists what package-lock.json has, no more and no less, and is the same each time.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly type: string } };
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
}

const makeBill = (): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/sbom.mjs")], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
};

test("the bill lists every package of the lock file", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { name?: string; version: string }>;
  };
  const locked = Object.entries(packages)
    .filter(([place]) => place !== "")
    .map(([place, { name, version }]) => `${name ?? place.split("node_modules/").at(-1)}@${version}`);
  const bill = JSON.parse(makeBill()) as Bill;
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    metadata: { component: { name: "schakel", type: "application" } },
  });
  expect(new Set(bill.components.map(({ name, version }) => `${name}@${version}`))).toEqual(new Set(locked));
  expect(locked.length).toBeGreaterThan(500);
  for (const { purl } of bill.components) expect(purl).toMatch(/^pkg:npm\//);
});

test("twice is the same, to the letter", () => {
  expect(makeBill()).toBe(makeBill());
});
