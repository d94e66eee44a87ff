// The second factor is what the issuer vouches for in so many words, and nothing that looks like it.

import { issuerOf } from "../../../gateway/identify/issuer";
import { createTokenVerifier, knownIssuers, type TokenVerifier } from "../../../gateway/identify/token";
import { SECOND_FACTOR_ACR } from "../../../shared/kernel/token-claims";
import { TestIssuer } from "../../kit/test-issuer";

let issuer: TestIssuer;
let verify: TokenVerifier;

beforeAll(async () => {
  issuer = await TestIssuer.start();
  const lokalis = { organisation: "lokalis", kind: "LOCAL_TEAM", legalEntity: "lokalis" } as const;
  verify = createTokenVerifier(
    knownIssuers([issuerOf({ issuer: issuer.url, ...lokalis })], { secure: false }),
  );
});

afterAll(async () => {
  await issuer.stop();
});

const secondFactorOf = async (claims: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const token = await issuer.token({
    claims: { sub: "lokalis.privacy-officer", function: "PRIVACY_OFFICER", ...claims },
  });
  return (await verify(token)).requester.secondFactor;
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
