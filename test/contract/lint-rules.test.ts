// Every rule of the layers and the important ones of the linter catch a violation that is planted for them.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const PROJECT_ROOT = join(__dirname, "../..");
const { forbidden } = jest.requireActual<{ forbidden: { name: string }[] }>("../../.dependency-cruiser.cjs");

/** Layer rule -> the files that break it, and nothing else. */
const LAYER_VIOLATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no-cycles": {
    "shared/cycle/one.ts": 'import { two } from "./two";\nexport const one = (): number => two();\n',
    "shared/cycle/two.ts": 'import { one } from "./one";\nexport const two = (): number => one();\n',
  },
  "not-to-unresolvable": { "shared/lost.ts": 'export { nothing } from "./not-there";\n' },
  "kernel-stands-alone": { "shared/kernel/leaning.ts": 'export { target } from "../target";\n' },
  "shared-imports-no-user-of-it": { "shared/curious.ts": 'export { target } from "../gateway/target";\n' },
  "subgraphs-are-apart": { "subgraphs/one/nosy.ts": 'export { target } from "../two/target";\n' },
  "subgraphs-know-no-gateway": {
    "subgraphs/one/knowing.ts": 'export { target } from "../../gateway/target";\n',
  },
  "gateway-knows-no-subgraph": {
    "gateway/knowing.ts": 'export { target } from "../subgraphs/two/target";\n',
  },
  "verifier-stands-alone": {
    "shared/access-log/verify/leaning.ts": 'export { target } from "../../target";\n',
  },
  "privacy-decides-on-facts-alone": {
    "gateway/privacy/asking.ts": 'export { Client } from "pg";\n',
    "gateway/privacy/queueing.ts": 'export { Redis } from "ioredis";\n',
    "gateway/privacy/querying.ts": 'export { parse } from "graphql";\n',
  },
  "privacy-needs-no-platform": {
    "gateway/privacy/reading.ts": 'export { readFileSync } from "node:fs";\n',
  },
};

/** Rule of the linter -> a file that breaks it. */
const LINT_VIOLATIONS: Readonly<Record<string, string>> = {
  "no-explicit-any": "export const loose = (value: any): void => void value;\n",
  "no-floating-promises":
    "const late = async (): Promise<void> => {};\nexport const go = (): void => {\n  late();\n};\n",
  "no-misused-promises":
    "export const go = (list: number[]): void => {\n  list.forEach(async (one) => {\n    await Promise.resolve(one);\n  });\n};\n",
  "switch-exhaustiveness-check":
    'export const name = (kind: "A" | "B"): string => {\n  switch (kind) {\n    case "A":\n      return "a";\n  }\n  return "";\n};\n',
  "no-console": 'export const shout = (): void => console.log("x");\n',
  "max-lines": "export {};\n".repeat(301),
};

const TARGETS = ["shared/target.ts", "gateway/target.ts", "subgraphs/two/target.ts"];

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "schakel-lint-")));
  for (const file of [".dependency-cruiser.cjs", ".oxlintrc.json", "tsconfig.json", "package.json"]) {
    cpSync(join(PROJECT_ROOT, file), join(folder, file));
  }
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"));
  for (const target of TARGETS) plant(target, "export const target = 1;\n");
  for (const files of Object.values(LAYER_VIOLATIONS)) {
    for (const [file, text] of Object.entries(files)) plant(file, text);
  }
  for (const [rule, text] of Object.entries(LINT_VIOLATIONS)) plant(`test/lint/${rule}.ts`, text);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const plant = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

const runTool = (program: string, args: readonly string[]): string =>
  spawnSync(process.execPath, [join(PROJECT_ROOT, "node_modules", program), ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  }).stdout;

describe("the layers", () => {
  let found: { from: string; rule: { name: string; severity: string } }[];

  beforeAll(() => {
    const stdout = runTool("dependency-cruiser/bin/dependency-cruise.mjs", [
      "--config=.dependency-cruiser.cjs",
      "--output-type=json",
      "gateway",
      "shared",
      "subgraphs",
    ]);
    const report = JSON.parse(stdout) as { summary: { violations: typeof found } };
    found = report.summary.violations;
  });

  test("fail the check when one is broken", () => {
    expect(new Set(found.map(({ rule }) => rule.severity))).toEqual(new Set(["error"]));
  });

  test("each have a violation planted for them", () => {
    expect(Object.keys(LAYER_VIOLATIONS).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
  });

  test.each(Object.entries(LAYER_VIOLATIONS))(
    "%s is caught where it is broken, and only there",
    (rule, files) => {
      const places = new Set(found.filter((one) => one.rule.name === rule).map(({ from }) => from));
      expect(places.size).toBeGreaterThan(0);
      for (const place of places) expect(Object.keys(files)).toContain(place);
    },
  );
});

describe("the linter", () => {
  let lines: string[];

  beforeAll(() => {
    const stdout = runTool("oxlint/bin/oxlint", ["--type-aware", "--deny-warnings", "--format", "unix"]);
    lines = stdout.split("\n");
  });

  test.each(Object.keys(LINT_VIOLATIONS))("%s is caught", (rule) => {
    expect(lines.filter((line) => line.includes(`test/lint/${rule}.ts`)).join("\n")).toContain(`(${rule})`);
  });

  test("a cycle of imports is caught", () => {
    expect(lines.filter((line) => line.includes("shared/cycle/")).join("\n")).toContain("(no-cycle)");
  });
});
