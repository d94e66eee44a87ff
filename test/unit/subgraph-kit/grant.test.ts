// A grant opens one request at one source, once, while it is valid; anything else has its code.

import { generateKeyPairSync } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { base64url, type JWK } from "jose";
import type { GrantSigner } from "../../../gateway/federate/sign-grant";
import { createGrantSigner } from "../../../gateway/federate/sign-grant";
import type { Grant } from "../../../shared/kernel/requester";
import { createGrantVerifier } from "../../../shared/subgraph-kit/grant";
import { forgeGrant, makeGrantKeys, type GrantChange, type GrantKeyFolder } from "../../kit/grant-keys";
import { aGrant, aRequester } from "../../kit/requesters";

const REQUEST = { query: "{ a }", variables: { r: ["é 1.0"] } };
const SKEW_S = 5;
let keys: GrantKeyFolder & { readonly sign: GrantSigner };
const grant: Grant = {
  ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"),
  subjects: [{ type: "Family", id: "OVV-06", key: "LOK-2006", categories: ["CARE_PLAN"] }],
};
const now = (): number => Math.floor(Date.now() / 1000);
const verifier = () => createGrantVerifier(keys.publicFile, "lokalis", { clockSkewS: SKEW_S });
const forged = (change: GrantChange = {}) => forgeGrant(keys.privateFile, grant, "lokalis", REQUEST, change);
const ownKey = (): JWK => generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });

beforeAll(async () => {
  keys = await makeGrantKeys();
});
afterAll(() => {
  rmSync(keys.directory, { recursive: true });
});

test("gives what the gateway granted", async () => {
  const verify = await verifier();
  await expect(verify(await keys.sign(grant, "lokalis", REQUEST), REQUEST)).resolves.toMatchObject({
    ...grant,
  });
});

test("a team that the requester acts for travels along", async () => {
  const verify = await verifier();
  const ofTeam = { ...grant, requester: { ...grant.requester, team: "overvecht" } };
  const verified = await verify(await keys.sign(ofTeam, "lokalis", REQUEST), REQUEST);
  expect(verified.requester.team).toBe("overvecht");
});

test("a grant is used once, whichever comes first", async () => {
  const verify = await verifier();
  const token = await keys.sign(grant, "lokalis", REQUEST);
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => verify(token, REQUEST)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const one of outcomes.filter(({ status }) => status === "rejected")) {
    expect(one).toMatchObject({ reason: { code: "GRANT_REPLAYED" } });
  }
  await expect(verify(await keys.sign(grant, "lokalis", REQUEST), REQUEST)).resolves.toBeDefined();
});

test("what is refused for something else uses a grant up no more than it opens anything", async () => {
  const verify = await verifier();
  const token = await keys.sign(grant, "lokalis", REQUEST);
  await expect(verify(token, { ...REQUEST, query: "{ b }" })).rejects.toMatchObject({
    code: "GRANT_INVALID",
    details: { reason: "request" },
  });
  await expect(verify(token, REQUEST)).resolves.toBeDefined();
});

test("a source that cannot remember one more refuses it", async () => {
  const verify = await createGrantVerifier(keys.publicFile, "lokalis", { capacity: 1 });
  await verify(await keys.sign(grant, "lokalis", REQUEST), REQUEST);
  await expect(verify(await keys.sign(grant, "lokalis", REQUEST), REQUEST)).rejects.toMatchObject({
    code: "GRANTS_TOO_MANY",
    status: 503,
  });
});

test("what was granted before the process began may have been used before it began", async () => {
  const verify = await verifier();
  await expect(verify(await forged({ claims: { iat: now() - 20 } }), REQUEST)).rejects.toMatchObject({
    code: "GRANT_INVALID",
    details: { reason: "older than this process" },
  });
});

test.each([undefined, null, 7, { alg: "none" }, ["a"]])("without a text in its place: %j", async (token) => {
  await expect((await verifier())(token, REQUEST)).rejects.toMatchObject({ code: "GRANT_REQUIRED" });
});

const INVALID: readonly (readonly [string, () => GrantChange, string])[] = [
  ["for another source", () => ({ claims: { aud: "save" } }), "aud"],
  ["of another issuer", () => ({ claims: { iss: "elders" } }), "iss"],
  ["of another kind of token", () => ({ header: { typ: "at+jwt" } }), "typ"],
  ["for another request", () => ({ claims: { request: "x".repeat(43) } }), "request"],
  ["without a request", () => ({ claims: { request: undefined } }), "request"],
  ["without an id", () => ({ claims: { jti: undefined } }), "jti"],
  ["with an id that anybody can guess", () => ({ claims: { jti: "1" } }), "claims"],
  ["that never expires", () => ({ claims: { exp: undefined } }), "exp"],
  ["of which nobody says when it was made", () => ({ claims: { iat: undefined } }), "iat"],
  ["that is valid for a minute", () => ({ claims: { exp: now() + 61 } }), "lifetime"],
  ["of the future", () => ({ claims: { iat: now() + SKEW_S + 20, exp: now() + SKEW_S + 40 } }), "iat"],
  ["signed with another key", () => ({ key: ownKey() }), "signature"],
  ["of a key that nobody knows", () => ({ header: { kid: "unknown" }, key: ownKey() }), "key"],
  ["without the name of a key", () => ({ header: { kid: "" } }), "key"],
  ["with a grant that is none", () => ({ claims: { grant: { ...grant, purpose: "CURIOSITY" } } }), "grant"],
  [
    "bound to a connection that it did not come over",
    () => ({ claims: { cnf: { "x5t#S256": "a" } } }),
    "certificate",
  ],
];

test.each(INVALID)("refuses one %s", async (_what, change, reason) => {
  const verify = await verifier();
  await expect(verify(await forged(change()), REQUEST)).rejects.toMatchObject({
    code: "GRANT_INVALID",
    details: { reason },
  });
});

test("refuses one that expired, as soon as clocks cannot explain it", async () => {
  const verify = await verifier();
  const aged = (age: number) => forged({ claims: { iat: now(), exp: now() - age } });
  await expect(verify(await aged(SKEW_S + 1), REQUEST)).rejects.toMatchObject({ code: "GRANT_EXPIRED" });
});

test.each(["none", "HS256", "ES256"])("refuses one of the algorithm %s", async (alg) => {
  const verify = await verifier();
  const [, payload = "", signature = ""] = (await forged()).split(".");
  const header = base64url.encode(JSON.stringify({ alg, typ: "schakel-grant+jwt", kid: "x" }));
  for (const end of [signature, ""]) {
    await expect(verify(`${header}.${payload}.${end}`, REQUEST)).rejects.toMatchObject({
      code: "GRANT_INVALID",
    });
  }
});

test("over mutual TLS a grant is bound to the certificate of its connection", async () => {
  const verify = await verifier();
  const bound = () => keys.sign(grant, "lokalis", REQUEST, "thumbprint");
  await expect(verify(await bound(), { ...REQUEST, certificate: "thumbprint" })).resolves.toBeDefined();
  for (const [token, certificate] of [
    [await bound(), "another"],
    [await bound(), undefined],
    [await keys.sign(grant, "lokalis", REQUEST), "thumbprint"],
  ] as const) {
    await expect(verify(token, { ...REQUEST, certificate })).rejects.toMatchObject({
      code: "GRANT_INVALID",
      details: { reason: "certificate" },
    });
  }
});

test("a signer needs a key with a name", async () => {
  const file = `${keys.privateFile}.nameless`;
  writeFileSync(file, JSON.stringify(ownKey()));
  await expect(createGrantSigner(file)).rejects.toThrow("kid");
});
