// The demo issuers do not run in production, and not beside the issuers of the organisations themselves.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "../../../shared/kernel/settings";
import { reasonsNotToRun } from "../../../shared/launch/demo-issuer/demo-only";
import { writeRegionWithIssuers } from "../../kit/region-with-issuers";
import { IssuerEnvironment } from "../../../shared/launch/demo-issuer/issuer-settings";
import { portOffsets } from "../../../shared/region/ports";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";

const ROOT = join(__dirname, "../../..");
/** Where they stand by default. */
const OWN = 4000 + portOffsets(loadRegion(DEFAULT_REGION)).issuer;
const TSX = join(ROOT, "node_modules", "tsx", "dist", "cli.mjs");

const reasonsFor = async (env: Readonly<Record<string, string>>): Promise<string[]> =>
  reasonsNotToRun(readSettings(IssuerEnvironment, env));

test.each<[string, Record<string, string>, RegExp]>([
  ["in production", { NODE_ENV: "production" }, /^NODE_ENV: /],
  ["beside a file of issuers", { SCHAKEL_ISSUERS_FILE: "issuers.json" }, /^SCHAKEL_ISSUERS_FILE: /],
  ["with an issuer elsewhere", { SCHAKEL_ISSUER_URL: "https://login.example" }, /^SCHAKEL_ISSUER_URL: /],
  [
    "at an address of another machine",
    { SCHAKEL_ISSUER_URL: `http://192.0.2.1:${OWN}` },
    /^SCHAKEL_ISSUER_URL: /,
  ],
  [
    "at a name that nobody knows",
    { SCHAKEL_ISSUER_URL: `http://issuer.invalid:${OWN}` },
    /^SCHAKEL_ISSUER_URL: /,
  ],
  ["at another port", { SCHAKEL_ISSUER_URL: `http://127.0.0.1:${OWN + 1}` }, /^SCHAKEL_ISSUER_URL: /],
  ["below a path", { SCHAKEL_ISSUER_URL: `http://127.0.0.1:${OWN}/realms` }, /^SCHAKEL_ISSUER_URL: /],
])("they do not run %s", async (_where, env, reason) => {
  expect(await reasonsFor(env)).toEqual([expect.stringMatching(reason)]);
});

test("they do not run beside issuers in the region file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "demo-only-"));
  const region = writeRegionWithIssuers(folder);
  expect(await reasonsFor({ SCHAKEL_REGION: region })).toEqual([expect.stringMatching(/^SCHAKEL_REGION: /)]);
  rmSync(folder, { recursive: true });
});

test("every reason is said at once, and none of the values", async () => {
  const reasons = await reasonsFor({
    NODE_ENV: "production",
    SCHAKEL_ISSUERS_FILE: "secret.json",
    SCHAKEL_ISSUER_URL: "https://secret.example",
  });
  expect(reasons).toHaveLength(3);
  expect(reasons.join()).not.toContain("secret");
});

test.each<[string, Record<string, string>]>([
  ["without settings", {}],
  ["by address", { SCHAKEL_ISSUER_URL: `http://127.0.0.1:${OWN}` }],
  ["by address, with a last slash", { SCHAKEL_ISSUER_URL: `http://127.0.0.1:${OWN}/` }],
  ["by name", { SCHAKEL_ISSUER_URL: `http://localhost:${OWN + 100}`, SCHAKEL_PORT: "4100" }],
  ["at a port of their own", { SCHAKEL_ISSUER_URL: "http://127.0.0.1:4999", SCHAKEL_ISSUER_PORT: "4999" }],
])("they run at their own place: %s", async (_how, env) => {
  expect(await reasonsFor(env)).toEqual([]);
});

test("the process ends with exit code 2 and says why", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [TSX, join(ROOT, "shared/launch/demo-issuer/main.ts")],
    {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], NODE_ENV: "production" },
    },
  );
  expect(status).toBe(2);
  expect(stdout).toContain("never run in production");
});
