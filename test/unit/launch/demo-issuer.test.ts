// Tokens of the demo verify against the keys that the demo issuers publish, and against no others.

import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, jwtVerify, type JWK } from "jose";
import { createIssuerServer, issuerUrl } from "../../../shared/launch/demo-issuer/issuer-server";
import { ensureIssuerKeys, issuerNames, publicPart } from "../../../shared/launch/keys";
import { mintToken } from "../../../shared/launch/token/mint-token";
import { PERSONAS, type Persona } from "../../../shared/region/personas";
import { loadRegion } from "../../../shared/region/region";

const region = loadRegion("utrecht");
const BASE = "http://issuers.test";
let keysDirectory: string;
let server: Server;
let address: string;

beforeAll(async () => {
  keysDirectory = mkdtempSync(join(tmpdir(), "schakel-issuer-"));
  await ensureIssuerKeys(keysDirectory, region);
  const keys = new Map(
    issuerNames(region).map((name) => [
      name,
      publicPart(JSON.parse(readFileSync(join(keysDirectory, `issuer-${name}.jwk.json`), "utf8")) as JWK),
    ]),
  );
  server = createIssuerServer({ baseUrl: BASE, keys }).listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(keysDirectory, { recursive: true });
});

const mint = async (persona: Persona, lifetimeSeconds?: number): Promise<string> =>
  await mintToken({
    persona,
    keysDirectory,
    issuerBaseUrl: BASE,
    ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
  });

const verify = async (token: string, organisation: string) =>
  await jwtVerify(token, createRemoteJWKSet(new URL(`${address}/issuers/${organisation}/jwks.json`)), {
    issuer: issuerUrl(BASE, organisation),
    audience: "schakel",
    algorithms: ["ES256"],
  });

test.each(PERSONAS)("a token of $code verifies at its own issuer", async (persona) => {
  const { payload } = await verify(await mint(persona), persona.organisation);
  expect(payload).toMatchObject({ sub: persona.worker, function: persona.workerFunction });
  expect(payload.exp! - payload.iat!).toBe(8 * 3600);
});

test("a token does not verify at the issuer of another organisation", async () => {
  const [persona] = PERSONAS;
  await expect(verify(await mint(persona!), "save")).rejects.toMatchObject({
    code: "ERR_JWKS_NO_MATCHING_KEY",
  });
});

test("a token that was asked for the past has expired", async () => {
  const [persona] = PERSONAS;
  await expect(verify(await mint(persona!, -10), persona!.organisation)).rejects.toMatchObject({
    code: "ERR_JWT_EXPIRED",
  });
});

test("an issuer describes itself and publishes no private key", async () => {
  const description = await (await fetch(`${address}/issuers/save/.well-known/openid-configuration`)).json();
  expect(description).toMatchObject({
    issuer: `${BASE}/issuers/save`,
    jwks_uri: `${BASE}/issuers/save/jwks.json`,
  });
  expect(await (await fetch(`${address}/issuers/save/jwks.json`)).text()).not.toContain('"d"');
});

test.each([
  "/",
  "/issuers/nobody/jwks.json",
  "/issuers/save/issuer-save.jwk.json",
  "/issuers/../save",
  "/issuers/save/",
])("there is nothing at %s", async (path) => {
  expect((await fetch(`${address}${path}`)).status).toBe(404);
});

test("says that it is well", async () => {
  expect((await fetch(`${address}/health`)).status).toBe(200);
  expect((await fetch(`${address}/ready?x`)).status).toBe(200);
  expect((await fetch(`${address}/ready`, { method: "POST" })).status).toBe(404);
});
