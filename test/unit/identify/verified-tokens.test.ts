// A token that was verified before is taken for it only as long as verifying it again would give the same.

import { errors, type CryptoKey, type JWTVerifyGetKey } from "jose";
import * as fc from "fast-check";
import { issuerOf } from "../../../gateway/identify/issuer";
import { createTokenVerifier, knownIssuers } from "../../../gateway/identify/token";
import { VerifiedTokens } from "../../../gateway/identify/verified-tokens";
import { addDays, today } from "../../../shared/kernel/plain-date";
import { TestIssuer } from "../../kit/test-issuer";

const ISSUED_AT = 1_790_000_000;
const KEY = "the key" as unknown as CryptoKey;
const TOKEN = "aaa.bbb.ccc";

/** A memory in which the token is, as of its first moment, with its clock and the keys that its issuer has. */
function remembering(change: { exp?: number; tokenAgeSeconds?: number; clockSkewSeconds?: number } = {}) {
  const { exp = ISSUED_AT + 3_600, tokenAgeSeconds = 86_400, clockSkewSeconds = 5 } = change;
  const at = { seconds: ISSUED_AT };
  const has: { key: CryptoKey | Error } = { key: KEY };
  const keys: JWTVerifyGetKey = () =>
    has.key instanceof Error ? Promise.reject(has.key) : Promise.resolve(has.key);
  const verified = new VerifiedTokens(() => at.seconds * 1_000);
  const issuer = { ...issuerOf({ ...issuerBase, tokenAgeSeconds }), clockSkewSeconds };
  const payload = { iat: ISSUED_AT, exp };
  verified.remember(TOKEN, { issuer, keys, header: { alg: "ES256" }, key: KEY, payload });
  return { verified, at, has };
}

const issuerBase = {
  issuer: "https://issuer.test",
  organisation: "lokalis",
  kind: "LOCAL_TEAM",
  legalEntity: "lokalis",
} as const;

test("knows the token that it saw, and no other", async () => {
  const { verified } = remembering();
  expect(await verified.find(TOKEN)).toMatchObject({ key: KEY, payload: { iat: ISSUED_AT } });
  for (const other of [`${TOKEN}c`, "aaa.bbb.ccC", "", "aaa.bbb.cc"])
    expect(await verified.find(other)).toBe(undefined);
});

test("never knows it outside the time in which it holds", async () => {
  const times = fc.record({
    lives: fc.integer({ min: 1, max: 4_000 }),
    tokenAgeSeconds: fc.integer({ min: 60, max: 4_000 }),
    clockSkewSeconds: fc.integer({ min: 0, max: 60 }),
    later: fc.integer({ min: -100, max: 9_000 }),
  });
  await fc.assert(
    fc.asyncProperty(times, async ({ lives, later, ...change }) => {
      const { verified, at } = remembering({ ...change, exp: ISSUED_AT + lives });
      at.seconds += later;
      const holds = later >= 0 && later < Math.min(lives, change.tokenAgeSeconds) + change.clockSkewSeconds;
      expect((await verified.find(TOKEN)) !== undefined).toBe(holds);
    }),
  );
});

test("forgets it when its issuer has another key of that name, none, or cannot be asked", async () => {
  const others = [
    "another key" as unknown as CryptoKey,
    new errors.JWKSNoMatchingKey(),
    new Error("the issuer is away"),
  ];
  for (const key of others) {
    const { verified, has } = remembering();
    has.key = key;
    expect(await verified.find(TOKEN)).toBe(undefined);
    has.key = KEY;
    expect(await verified.find(TOKEN)).toBe(undefined);
  }
});

test("a token that was accepted is refused on the day after the last of its organisation", async () => {
  const issuer = await TestIssuer.start();
  try {
    const described = { ...issuerOf({ ...issuerBase, issuer: issuer.url }), until: today() };
    const verify = createTokenVerifier(knownIssuers([described], { secure: false }));
    const token = await issuer.token();
    for (const _ of ["first", "again"]) expect((await verify(token)).subject).toBe("lokalis.worker");
    // As it is once this day is over.
    described.until = addDays(today(), -1);
    await expect(verify(token)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  } finally {
    await issuer.stop();
  }
});

test("a token that was accepted is refused once its issuer has taken its key away", async () => {
  const issuer = await TestIssuer.start();
  try {
    const quick = { ...issuerBase, issuer: issuer.url, keysRefreshSeconds: 1 };
    const verify = createTokenVerifier(knownIssuers([issuerOf(quick)], { secure: false }));
    const token = await issuer.token();
    for (const _ of ["first", "again"]) expect((await verify(token)).subject).toBe("lokalis.worker");
    await issuer.rotate("second", { keepOld: false });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await expect(verify(token)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  } finally {
    await issuer.stop();
  }
});
