// Where own systems are told, and the secrets: read once, refused with a reason that gives nothing away.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsError } from "../../../shared/kernel/settings";
import { loadRegion } from "../../../shared/region/region";
import { readEndpoints } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-settings";

const REGION = loadRegion("utrecht");
const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`;
let keys = "";
beforeEach(() => {
  keys = mkdtempSync(join(tmpdir(), "schakel-endpoints-"));
});
afterEach(() => {
  rmSync(keys, { recursive: true, force: true });
});

const read = (env: Record<string, string>) => readEndpoints(REGION, keys, env);
const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    read(env);
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
};
const SAVE = "SCHAKEL_WEBHOOK_URL_SAVE";
const SECRETS = "SCHAKEL_WEBHOOK_SECRETS_SAVE";

test("organisations without an address have no endpoint", () => {
  expect(read({}).size).toBe(0);
});

test("secrets come from the environment, or else from the key file of the organisation", () => {
  writeFileSync(
    join(keys, "webhook-veilig-thuis.json"),
    JSON.stringify({ secrets: [secretOf(24), secretOf(64)] }),
  );
  const endpoints = [
    ...read({
      [SAVE]: "https://save.example/hub",
      [SECRETS]: secretOf(32),
      SCHAKEL_WEBHOOK_URL_VEILIG_THUIS: "https://vt.example/",
    }).values(),
  ];
  expect(
    endpoints.map(({ organisation, secrets }) => [organisation, secrets.map((one) => one.length)]),
  ).toEqual([
    ["veilig-thuis", [24, 64]],
    ["save", [32]],
  ]);
});

test.each([
  ["no TLS", "http://save.example/hub"],
  ["another protocol", "ftp://save.example/hub"],
  ["a password in it", "https://hub:word@save.example/"],
  ["a fragment", "https://save.example/#here"],
  ["no URL", "save.example"],
])("an address with %s is refused, and not repeated", (_what, url) => {
  const faults = faultsOf({ [SAVE]: url, [SECRETS]: secretOf(32) });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(new RegExp(`^${SAVE}: `));
  expect(faults[0]).not.toContain(url);
});

test("without TLS it goes to this machine only, and not in production", () => {
  const local = { [SAVE]: "http://127.0.0.1:5000/hub", [SECRETS]: secretOf(32) };
  expect(faultsOf(local)).toEqual([]);
  expect(faultsOf({ ...local, NODE_ENV: "production" })).toHaveLength(1);
  expect(faultsOf({ ...local, [SAVE]: "http://127.0.0.1.save.example/" })).toHaveLength(1);
});

test.each([
  ["one that is short", secretOf(23)],
  ["one that is long", secretOf(65)],
  ["one without its mark", secretOf(32).slice("whsec_".length)],
  ["three", [32, 33, 34].map(secretOf).join(" ")],
  ["an empty one", ""],
])("of secrets, %s is refused, and not repeated", (_what, secrets) => {
  const faults = faultsOf({ [SAVE]: "https://save.example/hub", [SECRETS]: secrets });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(new RegExp(`^${SECRETS}: `));
  if (secrets !== "") expect(faults[0]).not.toContain(secrets);
});

test("every fault is named at once: also a key file that is not there", () => {
  const faults = faultsOf({
    [SAVE]: "https://save.example/hub",
    SCHAKEL_WEBHOOK_URL_WSS: "http://wss.example/",
  });
  expect(faults).toEqual([
    expect.stringContaining("webhook-save.json"),
    expect.stringMatching(/^SCHAKEL_WEBHOOK_URL_WSS: /),
    expect.stringContaining("webhook-wss.json"),
  ]);
});
