// Tokens that attackers bring to a running gateway, one by one: each gets its code, none gets data, each is on record.

import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportSPKI, importJWK, type CryptoKey } from "jose";
import { sharedHub } from "../../kit/shared-hub";
import { makeKey, nowS, TestIssuer, type TokenChange } from "../../kit/test-issuer";
import { askWith, startTokenGateways, type Traced, type TokenGateways } from "../../kit/token-gateways";

const hub = sharedHub();

let lokalis: TestIssuer;
let save: TestIssuer;
let troubled: TestIssuer;
let gateways: TokenGateways;

beforeAll(async () => {
  [lokalis, save, troubled] = await Promise.all([
    TestIssuer.start(),
    TestIssuer.start("PS256"),
    TestIssuer.start(),
  ]);
  gateways = await startTokenGateways(
    hub,
    [
      { organisation: "lokalis", issuer: lokalis.url, algorithms: ["ES256"] },
      { organisation: "save", issuer: save.url, algorithms: ["PS256"] },
      {
        organisation: "veilig-thuis",
        issuer: troubled.url,
        algorithms: ["ES256"],
        keysRefreshSeconds: 1,
        keysKeptSeconds: 1,
      },
    ],
    1,
  );
});

afterAll(async () => {
  await gateways.stop();
  await Promise.all([lokalis, save, troubled].map(async (one) => one.stop()));
});

const ask = async (token: string): Promise<Traced> => askWith(hub, gateways.ports[0] ?? 0, token);

/** Nothing but the code, and a line in the log of somebody whom nobody vouched for. */
function expectRefused({ answer, codes, entries }: Traced, code: string, status: number): void {
  expect([answer.status, codes]).toEqual([status, [code]]);
  expect(answer.body.data).toBeUndefined();
  expect(entries).toEqual([
    { outcome: "REFUSED", errorCode: code, operation: "request", worker: null, organisation: null },
  ]);
}

const part = (value: object | string): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

const claimsNow = () => ({
  iss: lokalis.url,
  aud: "schakel",
  sub: "lokalis.worker",
  function: "WORKER",
  iat: nowS(),
  exp: nowS() + 60,
});

test("a good token gets the view, in the name of its worker", async () => {
  const { answer, entries } = await ask(await lokalis.token());
  expect(answer.body.data).toMatchObject({ family: { lokalis: { carePlan: expect.anything() as object } } });
  expect(new Set(entries.map((one) => `${one.organisation} ${one.worker}`))).toEqual(
    new Set(["lokalis lokalis.worker"]),
  );
});

test.each<[string, () => TokenChange, string]>([
  ["has expired", () => ({ claims: { exp: nowS() - 60 } }), "TOKEN_EXPIRED"],
  ["is not yet valid", () => ({ claims: { nbf: nowS() + 600 } }), "TOKEN_INVALID"],
  ["is for another audience", () => ({ claims: { aud: "elsewhere" } }), "TOKEN_INVALID"],
  ["is of an issuer of no region", () => ({ claims: { iss: "https://elders.example" } }), "ISSUER_UNKNOWN"],
  ["is in the name of another employer's issuer", () => ({ claims: { iss: save.url } }), "TOKEN_INVALID"],
  ["has no function", () => ({ claims: { function: undefined } }), "TOKEN_INVALID"],
  [
    "has a function of another kind of organisation",
    () => ({ claims: { function: "ASSESSOR" } }),
    "TOKEN_INVALID",
  ],
  ["has the function of the operator", () => ({ claims: { function: "OPERATOR" } }), "TOKEN_INVALID"],
  ["is an ID token", () => ({ header: { typ: "JWT" } }), "TOKEN_INVALID"],
  ["is a logout token", () => ({ claims: { events: {} } }), "TOKEN_INVALID"],
  [
    "names a file for its key",
    () => ({ header: { kid: "../../keys/issuer-lokalis.jwk.json" } }),
    "TOKEN_INVALID",
  ],
  ["names SQL for its key", () => ({ header: { kid: "' or 1=1 --" } }), "TOKEN_INVALID"],
  ["names an object for its key", () => ({ header: { kid: { length: 1 } } }), "TOKEN_INVALID"],
  ["names no text for its key", () => ({ header: { kid: "\u0000" } }), "TOKEN_INVALID"],
  ["is of a worker whose name is no id", () => ({ claims: { sub: "lokalis worker" } }), "TOKEN_INVALID"],
  ["is of a system that nobody listed", () => ({ claims: { sub: "x", client_id: "x" } }), "TOKEN_INVALID"],
])("a token that %s", async (_what, change, code) => {
  expectRefused(await ask(await lokalis.token(change())), code, 401);
});

test("a forged token: signed by a key of the attacker's own under the name of the issuer's", async () => {
  expectRefused(await ask(await lokalis.token({ key: await makeKey("first") })), "TOKEN_INVALID", 401);
});

test("a token of which the claims were changed on the way", async () => {
  const [header, , signature] = (await lokalis.token()).split(".");
  const changed = `${header}.${part({ ...claimsNow(), function: "PRIVACY_OFFICER" })}.${signature}`;
  expectRefused(await ask(changed), "TOKEN_INVALID", 401);
});

test("the issuer of another organisation vouching for a worker who is not its own makes them its own, and opens nothing", async () => {
  const claims = { function: "VOLUNTARY_WORKER" };
  const { answer, entries } = await ask(await save.token({ claims }));
  expect(answer.body.data).toMatchObject({ family: null });
  expect(new Set(entries.map((one) => one.organisation))).toEqual(new Set(["save"]));
});

test.each(["none", "None", "NONE"])("a token with `alg: %s`", async (alg) => {
  const header = part({ alg, typ: "at+jwt", kid: "first" });
  expectRefused(await ask(`${header}.${part(claimsNow())}.`), "TOKEN_INVALID", 401);
  expectRefused(await ask(`${header}.${part(claimsNow())}.${part("x")}`), "TOKEN_INVALID", 401);
});

test("a token with the public key for a shared secret (key confusion)", async () => {
  const publicKey = (await importJWK({ ...lokalis.key.publicJwk, ext: true }, "ES256")) as CryptoKey;
  const signed = `${part({ alg: "HS256", typ: "at+jwt", kid: "first" })}.${part(claimsNow())}`;
  for (const secret of [await exportSPKI(publicKey), JSON.stringify(lokalis.key.publicJwk)]) {
    const token = `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
    expectRefused(await ask(token), "TOKEN_INVALID", 401);
  }
});

test("a token that brings its key along, or says where it is: nobody goes there", async () => {
  const own = await makeKey("first");
  let visits = 0;
  const trap = createServer((_request, response) => {
    visits += 1;
    response.end(JSON.stringify({ keys: [own.publicJwk] }));
  });
  await new Promise<void>((resolve) => {
    trap.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;
  try {
    for (const header of [{ jwk: own.publicJwk }, { jku: url }, { x5u: url }, { x5c: ["AAAA"] }]) {
      expectRefused(await ask(await lokalis.token({ key: own, header })), "TOKEN_INVALID", 401);
    }
    expect(visits).toBe(0);
  } finally {
    trap.closeAllConnections();
    await new Promise((resolve) => trap.close(resolve));
  }
});

test("a token that demands of its reader what nobody knows (crit)", async () => {
  const header = part({ alg: "ES256", typ: "at+jwt", kid: "first", crit: ["x"], x: 1 });
  expectRefused(await ask(`${header}.${part(claimsNow())}.${part("x")}`), "TOKEN_INVALID", 401);
});

test("a token that says something twice", async () => {
  const header = part({ alg: "ES256", typ: "at+jwt", kid: "first" });
  const claims = JSON.stringify(claimsNow()).replace("{", '{"function":"OPERATOR",');
  expectRefused(await ask(`${header}.${part(claims)}.${part("x")}`), "TOKEN_INVALID", 401);
});

test("a token of the size of a book", async () => {
  expectRefused(await ask(`${part({ alg: "ES256" })}.${"a".repeat(9_000)}.x`), "TOKEN_INVALID", 401);
});

describe("while the keys of an issuer", () => {
  afterEach(() => {
    troubled.mood = "WELL";
  });

  test.each(["AWAY", "NONSENSE", "OF_ANOTHER", "SLOW"] as const)(
    "are %s, its tokens cannot be known, and workers of others go on",
    async (mood) => {
      troubled.mood = mood;
      const token = await troubled.token({ claims: { sub: "veilig-thuis.assessor", function: "ASSESSOR" } });
      // Until what was known of the issuer before is too old.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const [refused, others] = await Promise.all([ask(token), ask(await lokalis.token())]);
      expectRefused(refused, "ISSUER_UNREACHABLE", 503);
      expect(others.answer.body.data).toMatchObject({ family: { id: "OVV-06" } });
    },
  );

  test("are there again, its tokens hold again", async () => {
    const claims = { sub: "veilig-thuis.assessor", function: "ASSESSOR" };
    const { answer } = await askWith(hub, gateways.ports[0] ?? 0, await troubled.token({ claims }), {
      query: "{ me { worker } }",
      purpose: "SAFETY_ASSESSMENT",
    });
    expect(answer.body.data).toEqual({ me: { worker: "veilig-thuis.assessor" } });
  });
});
