// Tokens of the demo verify against the keys that the demo issuers publish, and against no others.

import { mintToken } from "../../../shared/launch/token/mint-token";
import { type Persona } from "../../../shared/region/demo";
import { PERSONAS } from "../../kit/personas";
import { startDemoIssuers, type DemoIssuers } from "../../kit/demo-issuers";

let issuers: DemoIssuers;

beforeAll(async () => {
  issuers = await startDemoIssuers();
});

afterAll(async () => {
  await issuers.stop();
});

const mint = async (persona: Persona, lifetimeSeconds?: number): Promise<string> =>
  await mintToken({
    persona,
    keysDirectory: issuers.keysDirectory,
    issuerBaseUrl: issuers.baseUrl,
    ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
  });

test.each(PERSONAS)("a token of $code verifies at its own issuer", async (persona) => {
  const payload = await issuers.verified(persona.organisation, await mint(persona));
  expect(payload).toMatchObject({ sub: persona.worker, function: persona.workerFunction });
  expect(payload.exp! - payload.iat!).toBe(8 * 3600);
});

test("a token does not verify at the issuer of another organisation", async () => {
  const [persona] = PERSONAS;
  await expect(issuers.verified("save", await mint(persona!))).rejects.toMatchObject({
    code: "ERR_JWKS_NO_MATCHING_KEY",
  });
});

test("a token that was asked for the past has expired", async () => {
  const [persona] = PERSONAS;
  await expect(issuers.verified(persona!.organisation, await mint(persona!, -10))).rejects.toMatchObject({
    code: "ERR_JWT_EXPIRED",
  });
});

test("an issuer describes itself and publishes no private key", async () => {
  const description = await (
    await fetch(`${issuers.baseUrl}/issuers/save/.well-known/openid-configuration`)
  ).json();
  expect(description).toMatchObject({
    issuer: `${issuers.baseUrl}/issuers/save`,
    jwks_uri: `${issuers.baseUrl}/issuers/save/jwks.json`,
  });
  expect(await (await fetch(`${issuers.baseUrl}/issuers/save/jwks.json`)).text()).not.toContain('"d"');
});

test.each([
  "/",
  "/issuers/nobody/jwks.json",
  "/issuers/save/issuer-save.jwk.json",
  "/issuers/../save",
  "/issuers/save/",
])("there is nothing at %s", async (path) => {
  expect((await fetch(`${issuers.baseUrl}${path}`)).status).toBe(404);
});

test("says that it is well", async () => {
  expect((await fetch(`${issuers.baseUrl}/health`)).status).toBe(200);
  expect((await fetch(`${issuers.baseUrl}/ready?x`)).status).toBe(200);
  expect((await fetch(`${issuers.baseUrl}/ready`, { method: "POST" })).status).toBe(404);
});
