// The second factor is what the issuer vouches for in so many words, and nothing that looks like it.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { createTokenVerifier, type TokenVerifier } from "../../../gateway/identify/token";
import { SECOND_FACTOR_ACR } from "../../../shared/kernel/token-claims";

let server: Server;
let issuer: string;
let privateKey: CryptoKey;
let verify: TokenVerifier;

beforeAll(async () => {
  const pair = await generateKeyPair("ES256");
  privateKey = pair.privateKey;
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), alg: "ES256" }] });
  server = createServer((_request, response) =>
    response.setHeader("content-type", "application/json").end(keys),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  verify = createTokenVerifier([
    { issuer, organisation: "lokalis", kind: "LOCAL_TEAM", legalEntity: "lokalis" },
  ]);
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const secondFactorOf = async (claims: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const token = await new SignJWT({ function: "PRIVACY_OFFICER", ...claims })
    .setProtectedHeader({ alg: "ES256" })
    .setIssuer(issuer)
    .setAudience("schakel")
    .setSubject("lokalis.privacy-officer")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(privateKey);
  return (await verify(token)).secondFactor;
};

test.each(SECOND_FACTOR_ACR)("is vouched for by acr %s", async (acr) => {
  expect(await secondFactorOf({ acr })).toBe(true);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["no acr", {}],
  ["another acr", { acr: "pwd" }],
  ["acr in capitals", { acr: "MFA" }],
  ["acr with more behind it", { acr: "mfa " }],
  ["several in one acr", { acr: "pwd mfa" }],
  ["a list in the place of acr", { acr: ["mfa"] }],
  ["true in the place of acr", { acr: true }],
  ["amr alone", { amr: ["pwd", "otp", "mfa"] }],
  ["a claim of our own name", { secondFactor: true, mfa: "mfa" }],
])("is not vouched for by %s", async (_what, claims) => {
  expect(await secondFactorOf(claims)).toBe(false);
});
