// npm run sbom: a bill of materials (CycloneDX 1.5, JSON) of everything that package-lock.json names, on standard output. The
// same lock file always gives the same bill.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "./lib/npm.mjs";
import { fail, print, readManifest, ROOT } from "./lib/project.mjs";

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;
const OPTIONS = ["--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"];

const [program, ...first] = npmCommand();
const { status, stdout, stderr, error } = spawnSync(program, [...first, "sbom", ...OPTIONS], {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: MOST_OUTPUT_BYTES,
});
if (error || status !== 0) fail(`npm sbom failed. ${error?.message ?? stderr}`);
print(JSON.stringify(settle(JSON.parse(stdout)), null, 2));

/** Takes out what differs from run to run or from folder to folder, and puts the rest in one order. */
function settle({ metadata, components, dependencies, ...bill }) {
  const { timestamp: _moment, tools, component, ...other } = metadata;
  const { name } = readManifest();
  return {
    ...bill,
    serialNumber: `urn:uuid:${uuidOf(readFileSync(join(ROOT, "package-lock.json")))}`,
    metadata: {
      ...other,
      tools: tools.map(({ version: _version, ...tool }) => tool),
      component: { ...component, name },
    },
    components: components.map(byItsName).toSorted(by("bom-ref")),
    dependencies: dependencies
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.toSorted(inOrder) }))
      .toSorted(by("ref")),
  };
}

/** npm calls a package by the alias that it was installed under; its reference and its purl say what it is. */
function byItsName(component) {
  const reference = component["bom-ref"];
  return { ...component, name: reference.slice(0, reference.lastIndexOf("@")) };
}

function by(key) {
  return (one, other) => inOrder(one[key], other[key]);
}

/** By code points: the same in every language of the machine. */
function inOrder(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** A UUID (version 8: of our own making) out of what is in a file. */
function uuidOf(content) {
  const hex = createHash("sha256").update(content).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
