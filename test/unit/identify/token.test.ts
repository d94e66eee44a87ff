// A token vouches for somebody when all of it holds; whatever else comes is refused, with what is wrong.

import { createHmac } from "node:crypto";
import { exportSPKI, importJWK, SignJWT, type CryptoKey } from "jose";
import { issuerOf, type Issuer } from "../../../gateway/identify/issuer";
import { createTokenVerifier, knownIssuers, type TokenVerifier } from "../../../gateway/identify/token";
import { makeKey, nowS, TestIssuer, type TokenChange } from "../../kit/test-issuer";

let lokalis: TestIssuer;
let save: TestIssuer;

beforeAll(async () => {
  [lokalis, save] = await Promise.all([TestIssuer.start(), TestIssuer.start("PS256")]);
});

afterAll(async () => {
  await Promise.all([lokalis.stop(), save.stop()]);
});

const verifierOf = (changed: Partial<Issuer> = {}): TokenVerifier =>
  createTokenVerifier(
    knownIssuers(
      [
        issuerOf({
          issuer: lokalis.url,
          organisation: "lokalis",
          kind: "LOCAL_TEAM",
          legalEntity: "lokalis",
          ...changed,
        }),
        issuerOf({
          issuer: save.url,
          organisation: "save",
          kind: "CERTIFIED_AGENCY",
          legalEntity: "svmn",
          algorithms: ["PS256"],
        }),
      ],
      { secure: false },
    ),
  );

/** The code of a refusal, and what was wrong. */
async function refusalOf(token: string, verify: TokenVerifier = verifierOf()): Promise<unknown> {
  const refused = await verify(token).then(
    () => "accepted",
    (error: { code: string; details: Record<string, unknown> }) => [error.code, error.details["reason"]],
  );
  return refused;
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

test("vouches for a worker, whose employer is the one that the issuer is of", async () => {
  const token = await lokalis.token({
    claims: { sid: "s-1", team: "overvecht", organisation: "save", aud: ["other", "schakel"] },
  });
  expect(await verifierOf()(token)).toEqual({
    requester: {
      worker: "lokalis.worker",
      organisation: "lokalis",
      kind: "LOCAL_TEAM",
      legalEntity: "lokalis",
      workerFunction: "WORKER",
      secondFactor: false,
      team: "overvecht",
      session: "s-1",
    },
    subject: "lokalis.worker",
    issuedAt: expect.any(Number) as number,
  });
});

test("each issuer signs by its own algorithms", async () => {
  const token = await save.token({ claims: { sub: "save.guardian", function: "GUARDIAN" } });
  expect((await verifierOf()(token)).requester.organisation).toBe("save");
});

const CHANGES: readonly (readonly [string, () => TokenChange, unknown])[] = [
  ["that has expired", () => ({ claims: { exp: nowS() - 60 } }), ["TOKEN_EXPIRED", undefined]],
  [
    "that is a day old, whatever it says of itself",
    () => ({ claims: { iat: nowS() - 86_400, exp: nowS() + 86_400 } }),
    ["TOKEN_EXPIRED", undefined],
  ],
  ["that is not yet valid", () => ({ claims: { nbf: nowS() + 60 } }), ["TOKEN_INVALID", "nbf"]],
  ["of the future", () => ({ claims: { iat: nowS() + 600 } }), ["TOKEN_INVALID", "iat"]],
  ["that never expires", () => ({ claims: { exp: undefined } }), ["TOKEN_INVALID", "exp"]],
  ["without a time of issue", () => ({ claims: { iat: undefined } }), ["TOKEN_INVALID", "iat"]],
  ["for another audience", () => ({ claims: { aud: "other" } }), ["TOKEN_INVALID", "aud"]],
  ["for nobody", () => ({ claims: { aud: undefined } }), ["TOKEN_INVALID", "aud"]],
  [
    "of an issuer of no region",
    () => ({ claims: { iss: "https://x.example" } }),
    ["ISSUER_UNKNOWN", undefined],
  ],
  ["of no issuer", () => ({ claims: { iss: undefined } }), ["ISSUER_UNKNOWN", undefined]],
  ["of a list of issuers", () => ({ claims: { iss: [lokalis.url] } }), ["ISSUER_UNKNOWN", undefined]],
  ["in the name of another issuer", () => ({ claims: { iss: save.url } }), ["TOKEN_INVALID", undefined]],
  ["without a function", () => ({ claims: { function: undefined } }), ["TOKEN_INVALID", "function"]],
  ["with an unknown function", () => ({ claims: { function: "BOSS" } }), ["TOKEN_INVALID", "function"]],
  [
    "with a function of another kind of organisation",
    () => ({ claims: { function: "GUARDIAN" } }),
    ["TOKEN_INVALID", "function"],
  ],
  [
    "with two functions",
    () => ({ claims: { function: ["WORKER", "PRIVACY_OFFICER"] } }),
    ["TOKEN_INVALID", "function"],
  ],
  [
    "with a function inside an object",
    () => ({ claims: { function: { a: "WORKER" } } }),
    ["TOKEN_INVALID", "function"],
  ],
  ["of nobody", () => ({ claims: { sub: undefined } }), ["TOKEN_INVALID", "sub"]],
  ["of somebody whose name is no id", () => ({ claims: { sub: "a b\u0000" } }), ["TOKEN_INVALID", "sub"]],
  [
    "of somebody who is called as a system",
    () => ({ claims: { sub: "client:x" } }),
    ["TOKEN_INVALID", "client"],
  ],
  [
    "of a system that nobody listed",
    () => ({ claims: { sub: "x", client_id: "x" } }),
    ["TOKEN_INVALID", "client"],
  ],
  ["with a session that is no text", () => ({ claims: { sid: 7 } }), ["TOKEN_INVALID", "sid"]],
  ["for two teams", () => ({ claims: { team: ["a", "b"] } }), ["TOKEN_INVALID", "team"]],
  ["that is an ID token", () => ({ header: { typ: "JWT" } }), ["TOKEN_INVALID", "typ"]],
  ["without a type", () => ({ header: { typ: undefined } }), ["TOKEN_INVALID", "typ"]],
  ["that is a logout token", () => ({ claims: { events: {} } }), ["TOKEN_INVALID", "events"]],
  ["with a key that is no name", () => ({ header: { kid: 1 } }), ["TOKEN_INVALID", "kid"]],
  [
    "with a key that is an object",
    () => ({ header: { kid: { toString: "first" } } }),
    ["TOKEN_INVALID", "kid"],
  ],
  ["with a path for a key", () => ({ header: { kid: "../../../dev/null" } }), ["TOKEN_INVALID", undefined]],
  [
    "with a name of the language for a key",
    () => ({ header: { kid: "__proto__" } }),
    ["TOKEN_INVALID", undefined],
  ],
];

test.each(CHANGES)("refuses one %s", async (_what, change, refusal) => {
  expect(await refusalOf(await lokalis.token(change()))).toEqual(refusal);
});

test("refuses one that demands something of its reader", async () => {
  const token = await new SignJWT(claimsNow())
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "first", crit: ["exp"], exp: 1 })
    .sign(lokalis.key.privateKey, { crit: { exp: true } });
  expect(await refusalOf(token)).toEqual(["TOKEN_INVALID", undefined]);
});

describe("refuses a signature", () => {
  const header = (more: object) => part({ typ: "at+jwt", kid: "first", ...more });

  test.each(["none", "None", "NONE", "nOnE", ""])("that is none, as %p", async (alg) => {
    const token = `${header({ alg })}.${part(claimsNow())}`;
    expect(await refusalOf(`${token}.`)).not.toBe("accepted");
    expect(await refusalOf(`${token}.${part("x")}`)).toEqual(["TOKEN_INVALID", undefined]);
  });

  test.each(["HS256", "HS384", "HS512"])("by %s with the public key for a secret", async (alg) => {
    const hash = alg.replace("HS", "sha");
    const publicKey = (await importJWK({ ...lokalis.key.publicJwk, ext: true }, "ES256")) as CryptoKey;
    const signed = `${header({ alg })}.${part(claimsNow())}`;
    const secrets = [await exportSPKI(publicKey), JSON.stringify(lokalis.key.publicJwk), ""];
    for (const secret of secrets) {
      const token = `${signed}.${createHmac(hash, secret).update(signed).digest("base64url")}`;
      expect(await refusalOf(token)).toEqual(["TOKEN_INVALID", undefined]);
    }
  });

  test("by a key that the token brings itself, or points to", async () => {
    const own = await makeKey("first");
    for (const more of [
      { jwk: own.publicJwk },
      { jku: `${save.url}/jwks.json` },
      { x5u: "https://x.example/cert.pem" },
      { x5c: ["AAAA"] },
    ]) {
      const token = await lokalis.token({ key: own, header: more });
      expect(await refusalOf(token)).toEqual(["TOKEN_INVALID", undefined]);
    }
  });

  test("by an algorithm that the issuer does not use", async () => {
    const rsa = await makeKey("rsa", "RS256");
    lokalis.published = [...lokalis.published, rsa.publicJwk];
    expect(await refusalOf(await lokalis.token({ key: rsa }))).toEqual(["TOKEN_INVALID", undefined]);
  });

  test("that is of other claims", async () => {
    const [head, , signature] = (await lokalis.token()).split(".");
    const token = `${head}.${part({ ...claimsNow(), function: "PRIVACY_OFFICER" })}.${signature}`;
    expect(await refusalOf(token)).toEqual(["TOKEN_INVALID", undefined]);
  });
});

describe("reads an issuer's own claims", () => {
  test("a function and a team by its own words, wherever they stand", async () => {
    const verify = verifierOf({
      worker: ["https://hr.example/number"],
      workerFunction: {
        path: ["realm_access", "roles"],
        values: new Map([
          ["jeugd-medewerker", "WORKER"],
          ["fg", "PRIVACY_OFFICER"],
        ]),
      },
      team: { path: ["afdeling"], values: new Map([["Overvecht Noord", "overvecht"]]) },
      secondFactor: ["urn:tweede"],
    });
    const claims = {
      "https://hr.example/number": "m-17",
      function: "PRIVACY_OFFICER",
      realm_access: { roles: ["offline_access", "jeugd-medewerker"] },
      afdeling: "Overvecht Noord",
      acr: "urn:tweede",
    };
    const { requester, subject } = await verify(await lokalis.token({ claims }));
    expect(requester).toMatchObject({
      worker: "m-17",
      workerFunction: "WORKER",
      team: "overvecht",
      secondFactor: true,
    });
    expect(subject).toBe("lokalis.worker");
    expect(
      await refusalOf(
        await lokalis.token({ claims: { ...claims, realm_access: { roles: ["WORKER"] } } }),
        verify,
      ),
    ).toEqual(["TOKEN_INVALID", "function"]);
  });

  test("only what the token itself has, not what every object has", async () => {
    const verify = verifierOf({ worker: ["constructor", "name"] });
    expect(await refusalOf(await lokalis.token(), verify)).toEqual(["TOKEN_INVALID", "constructor.name"]);
  });

  test("a system by its client, judged by its function, with its own mutations alone", async () => {
    const client = { id: "lokalis-ecd", workerFunction: "WORKER", mutations: ["startReferral"] } as const;
    const verify = verifierOf({ clients: new Map([[client.id, client]]) });
    const claims = {
      sub: "0f3c",
      client_id: client.id,
      function: undefined,
      acr: "mfa",
      sid: "s",
      team: "a",
    };
    expect(await verify(await lokalis.token({ claims }))).toMatchObject({
      requester: { worker: "client:lokalis-ecd", workerFunction: "WORKER", secondFactor: false },
      mutations: ["startReferral"],
    });
    const { requester } = await verify(await lokalis.token({ claims }));
    expect(requester).not.toHaveProperty("session");
    expect(requester).not.toHaveProperty("team");
  });
});
