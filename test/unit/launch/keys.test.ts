// Keys are made once, for their owner only, and fit together.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT, type JSONWebKeySet, type JWK } from "jose";
import { databasePassword, ensureIssuerKeys, ensureKeys } from "../../../shared/launch/keys";
import { loadRegion } from "../../../shared/region/region";

const region = loadRegion("utrecht");
const organisations = region.organisations.map(({ code }) => code as string);
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "schakel-keys-")), "keys");
});

afterEach(() => {
  rmSync(join(folder, ".."), { recursive: true });
});

const contents = (): Map<string, string> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

const ensureAll = async (): Promise<void> => {
  await ensureKeys(folder, region);
  await ensureIssuerKeys(folder, region);
};

test("makes every key file, readable for its owner only, and leaves no drafts", async () => {
  await ensureAll();
  expect([...contents().keys()].toSorted()).toEqual(
    [
      "database-secret.json",
      "grant-next.jwk.json",
      "grant-private.jwk.json",
      "grant-public.jwks.json",
      "log-private.jwk.json",
      "log-public.jwks.json",
      ...organisations.flatMap((name) => [`checkpoint-${name}.jwk.json`, `checkpoint-${name}.jwks.json`]),
      ...[...organisations, "family", "hub", "municipality"].map((name) => `issuer-${name}.jwk.json`),
      ...organisations.map((name) => `pseudonym-${name}.json`),
    ].toSorted(),
  );
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("changes nothing the second time", async () => {
  await ensureAll();
  const before = contents();
  await ensureAll();
  expect(contents()).toEqual(before);
});

test("agrees on one set when several make them at the same time", async () => {
  await Promise.all([ensureAll(), ensureAll(), ensureAll()]);
  await expectGrantsToVerify();
});

test("verifies with the public file what was signed with the private one, also after the first was lost", async () => {
  await ensureAll();
  await expectGrantsToVerify();
  unlinkSync(join(folder, "grant-public.jwks.json"));
  await ensureAll();
  await expectGrantsToVerify();
});

test("keeps the private half out of the public files", async () => {
  await ensureAll();
  const files = [...contents()].filter(([name]) => name.endsWith(".jwks.json"));
  expect(files).toHaveLength(2 + region.organisations.length);
  for (const [, text] of files) {
    const { keys } = JSON.parse(text) as JSONWebKeySet;
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(Object.keys(key)).not.toContain("d");
  }
});

test("gives every organisation a pseudonym key of its own, of 32 bytes", async () => {
  await ensureAll();
  const keys = region.organisations.map(({ code }) => {
    const file = JSON.parse(contents().get(`pseudonym-${code}.json`) ?? "") as {
      version: number;
      key: string;
    };
    expect(file.version).toBe(1);
    expect(Buffer.from(file.key, "base64url")).toHaveLength(32);
    return file.key;
  });
  expect(new Set(keys).size).toBe(keys.length);
});

test("derives one lasting password per database role", async () => {
  await ensureAll();
  const password = databasePassword(folder, "schakel_app");
  expect(databasePassword(folder, "schakel_app")).toBe(password);
  expect(databasePassword(folder, "lokalis")).not.toBe(password);
  expect(password.length).toBeGreaterThanOrEqual(43);
});

test("names a key file that cannot be used, and says nothing of what is in it", async () => {
  await ensureAll();
  writeFileSync(join(folder, "database-secret.json"), "very secret");
  expect(() => databasePassword(folder, "schakel_app")).toThrow(
    /database-secret\.json cannot be read \(it is not JSON\)/,
  );
});

async function expectGrantsToVerify(): Promise<void> {
  const jwk = JSON.parse(contents().get("grant-private.jwk.json") ?? "") as JWK;
  const token = await new SignJWT({ a: 1 })
    .setProtectedHeader({ alg: "EdDSA", kid: jwk.kid! })
    .sign(await importJWK(jwk, "EdDSA"));
  const keys = createLocalJWKSet(JSON.parse(contents().get("grant-public.jwks.json") ?? "") as JSONWebKeySet);
  await expect(jwtVerify(token, keys, { algorithms: ["EdDSA"] })).resolves.toMatchObject({
    payload: { a: 1 },
  });
}
