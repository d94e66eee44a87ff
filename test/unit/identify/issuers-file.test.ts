// The issuers file says who vouches for whom; every fault of it is listed at its place, and no value repeated.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readIssuers, readIssuersFile } from "../../../gateway/identify/issuers-file";
import { ROOT_FIELDS } from "../../../gateway/federate/root-fields";
import { MACHINE_MUTATIONS } from "../../../shared/region/machine-mutations";
import { SettingsError } from "../../../shared/kernel/settings";
import { SECOND_FACTOR_ACR } from "../../../shared/kernel/token-claims";
import { UTRECHT } from "../../kit/requesters";

const SMALL = { organisation: "lokalis", issuer: "https://login.lokalis.example", algorithms: ["ES256"] };
const options = { region: UTRECHT, secure: true };

function faultsOf(entries: readonly unknown[], secure = true): readonly string[] {
  try {
    readIssuers({ issuers: entries }, { ...options, secure });
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

test("a small entry is enough; all else has a default", () => {
  const [issuer] = readIssuers({ issuers: [SMALL] }, options);
  expect(issuer).toMatchObject({
    issuer: SMALL.issuer,
    organisation: "lokalis",
    kind: "LOCAL_TEAM",
    legalEntity: "lokalis",
    audience: "schakel",
    signOutAudience: "schakel",
    types: ["at+jwt"],
    worker: ["sub"],
    workerFunction: { path: ["function"] },
    team: { path: ["team"] },
    secondFactor: SECOND_FACTOR_ACR,
    clockSkewSeconds: 5,
    tokenAgeSeconds: 43_200,
    clients: new Map(),
  });
});

test("the example of the documentation can be used as it stands", () => {
  const text = readFileSync(join(__dirname, "../../../docs/signing-in.md"), "utf8");
  const example = JSON.parse(/```json\n([^]*?)```/.exec(text)?.[1] ?? "") as unknown;
  const [lokalis, save] = readIssuers(example, options);
  expect(lokalis).toMatchObject({ organisation: "lokalis", algorithms: ["PS256"] });
  expect(save).toMatchObject({ audience: "api://schakel", client: ["azp"], types: ["at+jwt", "jwt"] });
  expect(save?.clients.get("save-ecd")?.mutations).toEqual(["reviewReferral", "startReferral"]);
  expect(save?.clients.get("save-ecd")?.isBound).toBeUndefined();
});

test("what can be a system's own is checked by the register itself or is about its own service alone, and is documented", () => {
  const text = readFileSync(join(__dirname, "../../../docs/signing-in.md"), "utf8");
  for (const name of MACHINE_MUTATIONS) {
    expect(["delivered", "service"]).toContain(ROOT_FIELDS[`Mutation.${name}`]?.about);
    expect(text).toContain(`\`${name}\``);
  }
});

test("a system can be listed as one whose tokens are bound to a certificate", () => {
  const client = { id: "x", function: "WORKER", mutations: ["startReferral"], certificateBound: true };
  const entry = { ...SMALL, organisation: "lokalis", clients: [client] };
  const [issuer] = readIssuers({ issuers: [entry] }, options);
  expect(issuer?.clients.get("x")?.isBound).toBe(true);
});

test("the hub, the family and the municipality have an issuer each as well", () => {
  const codes = ["hub", "family", "municipality"];
  const entries = codes.map((code) => ({
    ...SMALL,
    organisation: code,
    issuer: `https://${code}.example/x`,
  }));
  expect(readIssuers({ issuers: entries }, options).map((one) => one.kind)).toEqual([
    "HUB",
    "FAMILY",
    "MUNICIPALITY",
  ]);
});

test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  ["an organisation of no region", { organisation: "elders" }, /issuers\.0\.organisation/],
  ["an issuer without https, in production", { issuer: "http://login.example" }, /issuers\.0\.issuer: https/],
  ["an issuer with a query", { issuer: "https://login.example?x=1" }, /issuer: a URL without query/],
  ["an issuer with a password", { issuer: "https://a:b@login.example" }, /issuer: a URL without query/],
  ["an issuer that is no address", { issuer: "lokalis" }, /issuers\.0\.issuer/],
  ["a shared secret", { algorithms: ["HS256"] }, /issuers\.0\.algorithms/],
  ["no signature", { algorithms: ["ES256", "none"] }, /issuers\.0\.algorithms/],
  ["no algorithm", { algorithms: [] }, /issuers\.0\.algorithms/],
  ["a setting that there is none of", { algoritms: [] }, /issuers\.0/],
  [
    "a function that the organisation has not",
    { claims: { function: { path: "g", values: { x: "GUARDIAN" } } } },
    /function GUARDIAN/,
  ],
  [
    "a function that nobody has",
    { claims: { function: { path: "g", values: { x: "BOSS" } } } },
    /issuers\.0\.claims\.function\.values/,
  ],
  ["a clock that is minutes off", { clockSkewSeconds: 600 }, /issuers\.0\.clockSkewSeconds/],
  ["keys that go on for less than they are fresh", { keysKeptSeconds: 5 }, /keysKeptSeconds/],
  [
    "a system with a mutation that is for people",
    { clients: [{ id: "x", function: "WORKER", mutations: ["declareEmergency"] }] },
    /issuers\.0\.clients\.0\.mutations/,
  ],
  [
    "a system with a question",
    { clients: [{ id: "x", function: "WORKER", mutations: ["family"] }] },
    /issuers\.0\.clients\.0\.mutations/,
  ],
  [
    "a system that looks after the log",
    { clients: [{ id: "x", function: "PRIVACY_OFFICER", mutations: ["startReferral"] }] },
    /no system can be judged as PRIVACY_OFFICER/,
  ],
  [
    "a system twice",
    { clients: ["x", "x"].map((id) => ({ id, function: "WORKER", mutations: ["startReferral"] })) },
    /one id stands there twice/,
  ],
])("refuses %s", (_what, change, fault) => {
  const faults = faultsOf([{ ...SMALL, ...change }]);
  expect(faults).not.toEqual([]);
  expect(faults.join("\n")).toMatch(fault);
  expect(faults.every((one) => one.startsWith("SCHAKEL_ISSUERS_FILE: "))).toBe(true);
});

test("two organisations have no issuer in common, for the employer follows from it", () => {
  const faults = faultsOf([SMALL, { ...SMALL, organisation: "save", issuer: `${SMALL.issuer}/` }]);
  expect(faults.join("\n")).toMatch(/same issuer/);
  expect(faultsOf([SMALL, { ...SMALL, issuer: "https://other.example" }]).join("\n")).toMatch(
    /same organisation/,
  );
});

test("http will do where it is no production", () => {
  expect(faultsOf([{ ...SMALL, issuer: "http://127.0.0.1:4009" }], false)).toEqual([]);
});

test("all faults are listed at once", () => {
  const faults = faultsOf([
    { ...SMALL, issuer: "http://a.example" },
    { ...SMALL, organisation: "elders", issuer: "http://b.example" },
  ]);
  expect(faults).toHaveLength(3);
});

describe("out of a file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "schakel-issuers-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each<[string, string | undefined]>([
    ["that is not there", undefined],
    ["that is no JSON", "{ issuers:"],
    ["that is empty JSON", "{}"],
    ["without issuers", '{"issuers":[]}'],
  ])("refuses one %s", (_what, text) => {
    const file = join(folder, "issuers.json");
    rmSync(file, { force: true });
    if (text !== undefined) writeFileSync(file, text);
    expect(() => readIssuersFile(file, options)).toThrow(SettingsError);
  });

  test("reads a good one", () => {
    const file = join(folder, "good.json");
    writeFileSync(file, JSON.stringify({ issuers: [SMALL] }));
    expect(readIssuersFile(file, options)).toHaveLength(1);
  });
});
