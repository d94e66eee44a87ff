// In production a process refuses whatever is for a demo or travels in the open, and says for each what to do.

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGatewaySettings } from "../../../gateway/settings";
import { faultsOf } from "../../../shared/kernel/settings";
import { KEY_FILES, writeKeyFileOnce } from "../../../shared/launch/key-files";
import { ensureIssuerKeys, ensureKeys } from "../../../shared/launch/keys";
import { readPrepareSettings } from "../../../shared/launch/prepare/prepare-settings";
import { readLauncherSettings } from "../../../shared/launch/settings";
import { loadRegion } from "../../../shared/region/region";
import { readSubgraphSettings } from "../../../shared/subgraph-kit/settings";
import { writeRegionWithIssuers } from "../../kit/region-with-issuers";
import { writeStufRegion } from "../../kit/stuf/region";
import { readLogSettings } from "../../../subgraphs/access-log/source/command/surroundings";
import { readQueueSettings } from "../../../subgraphs/referrals/source/command/surroundings";

const region = loadRegion("utrecht");
const WITNESS = "save";
const regions = mkdtempSync(join(tmpdir(), "schakel-production-regions-"));
afterAll(() => {
  rmSync(regions, { recursive: true });
});
let folder = "";
let env: Record<string, string> = {};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-production-"));
  await ensureKeys(folder, region, { origin: "OWN", elsewhere: new Set([WITNESS]) });
  // What the organisation that is a witness made itself, and handed over.
  writeKeyFileOnce(folder, KEY_FILES.checkpointPublic(WITNESS), { keys: [] });
  writeKeyFileOnce(folder, KEY_FILES.pseudonym(WITNESS), {});
  const database = "postgresql://hub:w0rd@db.example/hub?sslmode=verify-full";
  env = {
    NODE_ENV: "production",
    DATABASE_URL: database,
    MIGRATION_DATABASE_URL: database,
    REDIS_URL: "rediss://default:w0rd@queue.example",
    SCHAKEL_ISSUER_URL: "https://login.example",
    SCHAKEL_KEYS_DIR: folder,
    SCHAKEL_TLS_DIR: folder,
    SCHAKEL_SUBGRAPH_URL_SAVE: "https://schakel.save.example/graphql",
    SCHAKEL_RELEASE_KEYS: join(folder, "release-keys.json"),
    SCHAKEL_RELEASE: join(folder, "release.jws"),
  };
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Read = (given: Record<string, string>) => unknown;

const PROCESSES: Readonly<Record<string, Read>> = {
  gateway: readGatewaySettings,
  launcher: readLauncherSettings,
  subgraph: (given) => readSubgraphSettings("families", given),
  prepare: readPrepareSettings,
  "log command": readLogSettings,
  "queue command": readQueueSettings,
};

/** The faults of each process, without those of what it has nothing to do with. */
const faults = (
  name: string,
  change: Readonly<Record<string, string | undefined>> = {},
): readonly string[] => {
  const given = Object.entries({ ...env, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return faultsOf(() => PROCESSES[name]?.(Object.fromEntries(given)));
};

test.each(Object.keys(PROCESSES))("%s: settings of a real place are taken", (name) => {
  expect(faults(name)).toEqual([]);
});

const ALL = Object.keys(PROCESSES);
const OPEN = "postgresql://hub:w0rd@db.example/hub";

test.each<[string, Record<string, string | undefined>, string, readonly string[]]>([
  ["a database without TLS", { DATABASE_URL: OPEN }, "DATABASE_URL", ALL],
  ["one that is not verified", { DATABASE_URL: `${OPEN}?sslmode=require` }, "DATABASE_URL", ALL],
  [
    "the embedded PostgreSQL",
    { DATABASE_URL: undefined, MIGRATION_DATABASE_URL: undefined },
    "DATABASE_URL",
    ["launcher", "log command", "queue command"],
  ],
  ["a queue without TLS", { REDIS_URL: "redis://queue.example" }, "REDIS_URL", ["launcher", "subgraph"]],
  [
    "the issuers of the demo",
    { SCHAKEL_ISSUER_URL: undefined },
    "SCHAKEL_ISSUERS_FILE",
    ["gateway", "launcher"],
  ],
  [
    "issuers without TLS",
    { SCHAKEL_ISSUER_URL: "http://login.example" },
    "SCHAKEL_ISSUER_URL",
    ["gateway", "launcher"],
  ],
  [
    "subgraphs without mutual TLS",
    { SCHAKEL_TLS_DIR: undefined },
    "SCHAKEL_TLS_DIR",
    ["gateway", "launcher"],
  ],
  [
    "a supergraph and rules that nobody signed",
    { SCHAKEL_RELEASE_KEYS: undefined, SCHAKEL_RELEASE: undefined },
    "SCHAKEL_RELEASE_KEYS",
    ["gateway", "launcher"],
  ],
  [
    "a door for messages of the chain without certificates",
    {
      SCHAKEL_REGION: writeStufRegion(regions),
      SCHAKEL_STUF_PORT: "4990",
      SCHAKEL_STUF_DOOR_SECRET: "w0rd-of-a-secret",
    },
    "SCHAKEL_STUF_TLS_DIR",
    ["gateway"],
  ],
  [
    "a log without a witness",
    { SCHAKEL_SUBGRAPH_URL_SAVE: undefined },
    "SCHAKEL_SUBGRAPH_URL_<NAME>",
    ["gateway", "launcher"],
  ],
  [
    "a witness on this machine",
    { SCHAKEL_SUBGRAPH_URL_SAVE: "https://127.0.0.1:4003/graphql" },
    "SCHAKEL_SUBGRAPH_URL_<NAME>",
    ["gateway", "launcher"],
  ],
])("%s is refused in production, and not in a demo", (_what, change, setting, processes) => {
  for (const name of processes) {
    const found = faults(name, change);
    expect(found.map((fault) => fault.slice(0, fault.indexOf(":")))).toEqual([setting]);
    expect(found.join()).not.toContain("w0rd");
    if (change["DATABASE_URL"] !== undefined || !("DATABASE_URL" in change)) {
      expect(faults(name, { ...change, NODE_ENV: "demo" })).toEqual([]);
    }
  }
});

test("issuers of the region file are those of a real place, behind https", () => {
  // Beside the keys a file that others can read would be a fault of its own.
  const place = join(folder, "region");
  mkdirSync(place);
  const given = { SCHAKEL_ISSUER_URL: undefined, SCHAKEL_REGION: writeRegionWithIssuers(place) };
  for (const name of ["gateway", "launcher"]) expect(faults(name, given)).toEqual([]);
  const open = writeRegionWithIssuers(place, { issuer: "http://login.example", algorithms: ["ES256"] });
  expect(faults("gateway", { ...given, SCHAKEL_REGION: open })).toEqual([
    expect.stringMatching(/^SCHAKEL_REGION: issuer of lokalis: issuer: https is needed/),
  ]);
});

test("a witness whose private key is here is none: who runs the hub could sign for it", () => {
  writeKeyFileOnce(folder, KEY_FILES.checkpointPrivate(WITNESS), {});
  for (const name of ["gateway", "launcher"]) {
    expect(faults(name)).toEqual([expect.stringMatching(/^SCHAKEL_KEYS_DIR: .*checkpoint-save\.jwk\.json/)]);
  }
});

test("an organisation elsewhere makes its own keys, and the hub says which it lacks of them", () => {
  rmSync(join(folder, KEY_FILES.checkpointPublic(WITNESS)));
  rmSync(join(folder, KEY_FILES.pseudonym(WITNESS)));
  const lacks = (name: string): string => `SCHAKEL_KEYS_DIR: ${name} is not here; its organisation has it`;
  expect(faults("launcher")).toEqual([
    lacks(KEY_FILES.checkpointPublic(WITNESS)),
    lacks(KEY_FILES.pseudonym(WITNESS)),
  ]);
});

test("keys of a demo are known for what they are in each of their files, wherever these lie", async () => {
  const demo = mkdtempSync(join(tmpdir(), "schakel-demo-keys-"));
  try {
    await ensureKeys(demo, region);
    await ensureIssuerKeys(demo, region);
    const files = readdirSync(demo);
    const found = faults("subgraph", { SCHAKEL_KEYS_DIR: demo });
    expect(found).toHaveLength(files.length);
    for (const file of files) {
      expect(found).toContainEqual(expect.stringContaining(`SCHAKEL_KEYS_DIR: ${file} `));
    }
    expect(faults("subgraph", { SCHAKEL_KEYS_DIR: demo, NODE_ENV: "demo" })).toEqual([]);
  } finally {
    rmSync(demo, { recursive: true, force: true });
  }
});

test("private keys that others can read are refused, public ones are not", () => {
  chmodSync(join(folder, KEY_FILES.logPublic), 0o644);
  expect(faults("gateway")).toEqual([]);
  chmodSync(join(folder, KEY_FILES.logPrivate), 0o644);
  expect(faults("gateway")).toEqual([
    expect.stringMatching(/^SCHAKEL_KEYS_DIR: log-private\.jwk\.json can be read/),
  ]);
});

test("databases of organisations that are prepared are reached over TLS too", () => {
  expect(faults("prepare", { SOURCE_DATABASE_URL_SAVE: OPEN })).toEqual([
    expect.stringMatching(/^SOURCE_DATABASE_URL_SAVE: /),
  ]);
});

test("subgraphs are reached over mutual TLS, and each that is not is named", () => {
  const open = { SCHAKEL_SUBGRAPH_URL_SAVE: "http://schakel.save.example/graphql" };
  const settings = (found: readonly string[]): string[] => found.map((one) => one.slice(0, one.indexOf(":")));
  for (const name of ["gateway", "launcher"]) {
    expect(settings(faults(name, open))).toEqual(["SCHAKEL_SUBGRAPH_URL_SAVE"]);
    expect(settings(faults(name, { ...open, SCHAKEL_TLS_DIR: undefined }))).toEqual([
      "SCHAKEL_TLS_DIR",
      "SCHAKEL_SUBGRAPH_URL_SAVE",
    ]);
  }
});

test("all of it is said at once", () => {
  const change = {
    DATABASE_URL: OPEN,
    REDIS_URL: "redis://queue.example",
    SCHAKEL_TLS_DIR: undefined,
    SCHAKEL_PROT: "1",
  };
  expect(faults("launcher", change)).toHaveLength(4);
});
