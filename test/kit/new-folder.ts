// A checkout in which a new organisation's folder can be written and tried, without touching this one: all but its subgraphs
// lead here.

import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROJECT_ROOT } from "./hub-place";

const run = promisify(execFile);
const LINKED = [
  ".prettierignore",
  "gateway",
  "shared",
  "node_modules",
  "package.json",
  ".oxlintrc.json",
  ".prettierrc.json",
];

/** Makes one in an empty folder. */
export function makeCheckout(folder: string): void {
  mkdirSync(join(folder, "subgraphs"));
  for (const name of LINKED) symlinkSync(join(PROJECT_ROOT, name), join(folder, name));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(PROJECT_ROOT, "tsconfig.json"),
      include: ["subgraphs", join(PROJECT_ROOT, "shared")],
    }),
  );
  const config = `const { projects: [unit] } = require(${JSON.stringify(join(PROJECT_ROOT, "jest.config.js"))});
    module.exports = { ...unit, rootDir: __dirname };`;
  writeFileSync(join(folder, "jest.config.js"), config);
}

/** Runs a tool of the checkout in it; rejects with what it said when that ends otherwise than well. */
export async function runIn(folder: string, tool: string, ...args: string[]): Promise<string> {
  const script = join(PROJECT_ROOT, "node_modules", tool);
  try {
    const { stdout, stderr } = await run(process.execPath, [script, ...args], { cwd: folder });
    return stdout + stderr;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${tool}: ${stdout}${stderr}`, { cause: error });
  }
}
