// A release is taken when it is signed by a key that may, and what lies here is file by file what was signed.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { CompactSign, importJWK, type JWK } from "jose";
import { loadRelease, readParts } from "../../../gateway/release/load-release";
import { ReleaseError, type ReleasedParts } from "../../../gateway/release/release";
import {
  makeReleaseKey,
  retireReleaseKey,
  signHere,
  verifyHere,
} from "../../../gateway/release/release-command";
import { signRelease, verifyRelease } from "../../../gateway/release/sign-release";
import { publicPart, toJwk } from "../../../shared/launch/jwk";

const newKey = async (): Promise<JWK> => toJwk(generateKeyPairSync("ed25519").privateKey, "EdDSA");
const parts = readParts();
const changed = (
  change: Partial<ReleasedParts["rules"]> & { readonly supergraph?: string; readonly region?: string },
): ReleasedParts => {
  const { supergraph = parts.supergraph, region = parts.region, ...rules } = change;
  return { supergraph, region, rules: { ...parts.rules, ...rules } };
};

/** The faults of what is refused; fails when it is not. */
async function faultsOf(tried: Promise<unknown>): Promise<readonly string[]> {
  const refused: unknown = await tried.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ReleaseError);
  return (refused as ReleaseError).faults;
}

let folder = "";
let key: JWK;
beforeAll(async () => {
  key = await newKey();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-release-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("what was signed is taken, whichever of the keys signed it", async () => {
  const keys = { keys: [publicPart(await newKey()), publicPart(key)] };
  const { release, kid } = await verifyRelease(await signRelease(parts, key), keys, parts);
  expect(kid).toBe(key.kid);
  expect(release.policySet).toBe(parts.rules.version);
  expect(release.files).toHaveLength(parts.rules.policies.length + 3);
});

test("a file that was changed, taken away or added is named", async () => {
  const signed = await signRelease(parts, key);
  const keys = { keys: [publicPart(key)] };
  const [first, ...others] = parts.rules.policies;
  if (!first) throw new Error("The set has no rules.");
  const folderOf = `privacy/policies/${parts.rules.version}`;
  const tried: readonly (readonly [ReleasedParts, string])[] = [
    [changed({ supergraph: `${parts.supergraph}\n` }), "supergraph.graphql is not as it was signed"],
    [
      changed({ region: parts.region.replace('"kind": "CERTIFIED_AGENCY"', '"kind": "SAFE_HOME"') }),
      "region.json is not as it was signed",
    ],
    [
      changed({ policies: [{ ...first, text: `${first.text} ` }, ...others] }),
      `${folderOf}/${first.name} is not as it was signed`,
    ],
    [changed({ policies: others }), `${folderOf}/${first.name} was signed and is not in use`],
    [
      changed({ policies: [...parts.rules.policies, { name: "new.cedar", text: "" }] }),
      `${folderOf}/new.cedar was not signed`,
    ],
    [changed({ schema: "" }), `${folderOf}/schema.cedarschema is not as it was signed`],
  ];
  for (const [other, fault] of tried) {
    expect(await faultsOf(verifyRelease(signed, keys, other))).toEqual([fault]);
  }
  expect(await faultsOf(verifyRelease(signed, keys, changed({ version: "2030-01-01" })))).toContain(
    `the rules in use are 2030-01-01, those that were signed ${parts.rules.version}`,
  );
});

test("a signature of another key, of another kind, or with anything changed in it is not taken", async () => {
  const keys = { keys: [publicPart(key)] };
  const signed = await signRelease(parts, key);
  expect(await faultsOf(verifyRelease(await signRelease(parts, await newKey()), keys, parts))).toEqual([
    "it is signed by a key that may not sign releases",
  ]);
  const stranger = { ...(await newKey()), kid: key.kid ?? "" };
  expect(await faultsOf(verifyRelease(await signRelease(parts, stranger), keys, parts))).toEqual([
    "its signature does not hold",
  ]);
  const [, payload = ""] = signed.split(".");
  for (const header of [
    { alg: "EdDSA", typ: "schakel-release" },
    { alg: "EdDSA", kid: key.kid ?? "", typ: "schakel-grant+jwt" },
    { alg: "EdDSA", kid: key.kid ?? "" },
  ]) {
    const other = await new CompactSign(Buffer.from(payload, "base64url"))
      .setProtectedHeader(header)
      .sign(await importJWK(key, "EdDSA"));
    expect(await faultsOf(verifyRelease(other, keys, parts))).toEqual(["it is no signed release"]);
  }
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
  expect(await faultsOf(verifyRelease(unsigned, keys, parts))).toEqual(["it is no signed release"]);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: signed.length - 1 }),
      fc.constantFrom(...Array.from("ABCDEFGHabcdefgh01234567-_.")),
      async (place, letter) => {
        // The last letter of a part has bits that stand for nothing.
        fc.pre(signed[place] !== letter && !/^(\.|$)/.test(signed.slice(place + 1)));
        const other = signed.slice(0, place) + letter + signed.slice(place + 1);
        await faultsOf(verifyRelease(other, keys, parts));
      },
    ),
    { numRuns: 60 },
  );
});

test("keys change without a moment in which nothing is taken", async () => {
  const [first, second, keys, release] = ["1.json", "2.json", "keys.json", "release.jws"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const kid = await makeReleaseKey(first, keys);
  expect(statSync(first).mode & 0o077).toBe(0);
  expect(readFileSync(keys, "utf8")).not.toContain('"d"');
  await signHere(first, release);
  await makeReleaseKey(second, keys);
  const verified = async (): Promise<string> => (await verifyHere(release, keys)).kid;
  expect(await verified()).toBe(kid);
  await signHere(second, release);
  retireReleaseKey(kid, keys);
  expect(await verified()).not.toBe(kid);
  await signHere(first, release);
  expect(await faultsOf(verified())).toEqual(["it is signed by a key that may not sign releases"]);
});

test("keys are not made over, nor taken away to the last", async () => {
  const [file, keys] = [join(folder, "key.json"), join(folder, "keys.json")];
  const kid = await makeReleaseKey(file, keys);
  const before = readFileSync(file, "utf8");
  expect(await faultsOf(makeReleaseKey(file, keys))).toEqual(["--key: is there already"]);
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(() => {
    retireReleaseKey(kid, keys);
  }).toThrow("would have no key left");
  expect(() => {
    retireReleaseKey("other", keys);
  }).toThrow("has no key other");
});

test("settings that cannot be used are named, and nothing of what is in the files", async () => {
  const [file, keys, release] = ["key.json", "keys.json", "release.jws"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await makeReleaseKey(file, keys);
  await signHere(file, release);
  const settings = { SCHAKEL_RELEASE_KEYS: keys, SCHAKEL_RELEASE: release };
  const found = await loadRelease(settings);
  expect(found.signed?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(await loadRelease({})).toEqual(parts);
  for (const [change, fault] of [
    [{ SCHAKEL_RELEASE: undefined }, /^SCHAKEL_RELEASE: is needed/],
    [{ SCHAKEL_RELEASE: join(folder, "none") }, /^SCHAKEL_RELEASE: cannot be read \(ENOENT\)$/],
    [{ SCHAKEL_RELEASE_KEYS: join(folder, "none") }, /^SCHAKEL_RELEASE_KEYS: cannot be read \(ENOENT\)$/],
    [{ SCHAKEL_RELEASE_KEYS: file }, /^SCHAKEL_RELEASE_KEYS: a JWK set/],
  ] as const) {
    expect(await faultsOf(loadRelease({ ...settings, ...change }))).toEqual([expect.stringMatching(fault)]);
  }
  writeFileSync(keys, JSON.stringify({ keys: [JSON.parse(readFileSync(file, "utf8"))] }));
  expect(await faultsOf(loadRelease(settings))).toEqual([
    expect.stringMatching(/^SCHAKEL_RELEASE_KEYS: has a private key/),
  ]);
});
