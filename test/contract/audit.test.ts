// npm run audit names what is inside a known-affected range, and says when it could not look everywhere.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const SCRIPT = join(ROOT, "scripts/audit.mjs");
const LOCK = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  packages: Record<string, { version: string }>;
};
const { advisories } = JSON.parse(readFileSync(join(ROOT, "scripts/advisories.json"), "utf8")) as {
  advisories: Record<"advisory" | "affected" | "fixed" | "what" | "gateway", string>[];
};
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-audit-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fileWith = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
/** The lock file with this package at this version, wherever it stood or not. */
const lockWith = (name: string, version: string, place = `node_modules/${name}`): string =>
  fileWith("package-lock.json", JSON.stringify({ packages: { ...LOCK.packages, [place]: { version } } }));

/** Runs it, with `npm` being a program of this test when there is one. */
function audit(words: readonly string[], npm?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...words], {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      ...(npm === undefined ? {} : { npm_execpath: fileWith("npm.js", npm) }),
    },
  });
  return { status, found: stdout.split("\n").filter((line) => line.startsWith("FOUND")), stdout, stderr };
}

test("nothing that is locked is inside a range of the list", () => {
  expect(audit(["--offline"])).toMatchObject({ status: 0, found: [], stderr: "" });
});

test.each([
  ["@apollo/gateway", "2.13.1", "CVE-2026-32621"],
  ["@apollo/server", "5.4.2", "GHSA-9q82-xgwf-vj6h"],
  ["graphql", "16.8.0", "CVE-2023-26144"],
  ["bullmq", "6.3.0", "4585"],
  ["@apollo/composition", "2.11.0-preview.2", "CVE-2025-64347"],
])("%s %s is named, also deep among the packages of another", (name, version, advisory) => {
  for (const place of [`node_modules/${name}`, `node_modules/express/node_modules/${name}`]) {
    const { status, found } = audit(["--offline", "--lock", lockWith(name, version, place)]);
    expect(status).toBe(1);
    expect(found).toContainEqual(expect.stringContaining(`FOUND  ${name} ${version}: `));
    expect(found.join("\n")).toContain(advisory);
  }
});

test.each([
  ["@apollo/gateway", "2.13.2"],
  ["graphql", "16.8.1"],
  ["bullmq", "6.4.0"],
])("%s %s is clear", (name, version) => {
  expect(audit(["--offline", "--lock", lockWith(name, version)])).toMatchObject({ status: 0, found: [] });
});

test("every advisory says what it is and what the gateway does about it", () => {
  expect(advisories.length).toBeGreaterThan(12);
  for (const { what, gateway, fixed } of advisories) {
    expect(what).not.toBe("");
    expect(gateway).toMatch(/\.$/);
    expect(fixed).not.toBe("");
  }
});

describe("the npm audit service", () => {
  const FINDING = {
    vulnerabilities: {
      express: {
        name: "express",
        severity: "high",
        range: "<6",
        via: [{ title: "something", url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc" }],
      },
    },
  };
  const prints = (report: object): string =>
    `process.stdout.write(${JSON.stringify(JSON.stringify(report))});`;

  test("adds what it knows, and that is a finding", () => {
    const { status, found } = audit([], `${prints(FINDING)} process.exitCode = 1;`);
    expect(status).toBe(1);
    expect(found).toEqual([expect.stringMatching(/^FOUND  express <6: GHSA-aaaa-bbbb-cccc \(high\)/)]);
  });

  test("knows of nothing", () => {
    const { status, stdout } = audit([], prints({ vulnerabilities: {} }));
    expect(status).toBe(0);
    expect(stdout).toContain("and the npm audit service: 0 found");
  });

  test.each([
    ["refuses", prints({ message: "405 Method Not Allowed" }), "405 Method Not Allowed"],
    ["says something else", 'process.stdout.write("<html>");', "no report"],
    ["never answers", "setInterval(() => undefined, 1000);", "ETIMEDOUT"],
  ])("%s: that is said, and no finding", (_how, npm, why) => {
    const { status, stdout, stderr } = audit(["--wait", "2"], npm);
    expect(status).toBe(0);
    expect(stderr).toContain(`The npm audit service did not answer (${why})`);
    expect(stdout).not.toContain("and the npm audit service");
  });

  test("does not hide what the list knows", () => {
    const npm = prints({ message: "away" });
    expect(audit(["--lock", lockWith("graphql", "16.8.0")], npm).status).toBe(1);
  });
});

test.each([[["--nonsense"]], [["--wait", "never"]], [["--lock", "/not/there"]]])(
  "%j is wrong use",
  (words) => {
    expect(audit(words).status).toBe(2);
  },
);
