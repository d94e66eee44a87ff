// Who finds the port of a source gets nothing from it: not without a grant, and with a stolen one no more than the very
// request that it was made for.

import { createHash, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importJWK, SignJWT, type JWK } from "jose";
import { createGrantSigner, type GrantSigner } from "../../../gateway/federate/sign-grant";
import type { Grant, GrantedSubject } from "../../../shared/kernel/requester";
import { sharedHub } from "../../kit/shared-hub";
import { aGrant, aRequester } from "../../kit/requesters";

const hub = sharedHub();
const PORTS = { lokalis: 1, save: 3, families: 6, referrals: 7, "access-log": 8 } as const;
type Source = keyof typeof PORTS;
const KEY_FILE = join(hub.folder, "data", "keys", "grant-private.jwk.json");

interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const FAMILY: Request = {
  query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Family { lokalis { carePlan { summary } } } } }`,
  variables: { r: [{ __typename: "Family", id: "OVV-06" }] },
};
const SUBJECT = {
  type: "Family",
  id: "OVV-06",
  key: "LOK-2006",
  categories: ["CARE_PLAN"],
} satisfies GrantedSubject;
const grantFor = (...subjects: GrantedSubject[]): Grant => ({
  ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"),
  subjects,
});

async function post(
  source: Source,
  request: Request,
  grant: unknown,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${hub.port + PORTS[source]}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...request, extensions: grant === undefined ? {} : { grant } }),
  });
  return { status: response.status, text: await response.text() };
}

const expectRefused = ({ status, text }: { status: number; text: string }): void => {
  expect(status).toBe(401);
  expect(JSON.parse(text)).toMatchObject({
    errors: [{ extensions: { code: expect.stringMatching(/^GRANT_/) as unknown } }],
  });
  expect(text).not.toContain('"data"');
};

let sign: GrantSigner;
beforeAll(async () => {
  sign = await createGrantSigner(KEY_FILE);
});

test("the request that a grant was made for is answered", async () => {
  const { status, text } = await post("lokalis", FAMILY, await sign(grantFor(SUBJECT), "lokalis", FAMILY));
  expect([status, text]).toEqual([200, expect.stringContaining("summary")]);
});

describe("a source answers nothing", () => {
  test.each([
    ["without a grant", undefined],
    ["to nothing in the place of a grant", null],
    ["to an object in the place of a grant", { alg: "none" }],
    ["to text in the place of a grant", "grant"],
    [
      "to a grant that nobody signed",
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(
        JSON.stringify({
          iss: "schakel-gateway",
          aud: "lokalis",
          exp: 9_999_999_999,
          grant: grantFor(SUBJECT),
        }),
      ).toString("base64url")}.`,
    ],
  ])("%s", async (_what, grant) => {
    for (const source of Object.keys(PORTS) as Source[]) {
      expectRefused(await post(source, FAMILY, grant));
      expectRefused(await post(source, { query: "{ _service { sdl } }", variables: {} }, grant));
    }
  });

  test("to a grant for another source", async () => {
    expectRefused(await post("lokalis", FAMILY, await sign(grantFor(SUBJECT), "save", FAMILY)));
  });

  /** A grant with claims that differ from those of a good one. */
  const claims = async (change: { exp?: number | null; iss?: string; own?: boolean }): Promise<string> => {
    const jwk = JSON.parse(readFileSync(KEY_FILE, "utf8")) as JWK;
    const key = change.own ? generateKeyPairSync("ed25519").privateKey : await importJWK(jwk, "EdDSA");
    const request = createHash("sha256")
      .update(JSON.stringify([FAMILY.query, FAMILY.variables]))
      .digest("base64url");
    const jwt = new SignJWT({ grant: grantFor(SUBJECT), request })
      .setProtectedHeader({ alg: "EdDSA", ...(jwk.kid ? { kid: jwk.kid } : {}) })
      .setIssuer(change.iss ?? "schakel-gateway")
      .setAudience("lokalis");
    const { exp = Math.floor(Date.now() / 1000) + 30 } = change;
    return (exp === null ? jwt : jwt.setExpirationTime(exp)).sign(key);
  };
  test.each([
    ["that has expired", { exp: Math.floor(Date.now() / 1000) - 1 }],
    ["that never expires", { exp: null }],
    ["of another issuer", { iss: "elders" }],
    ["signed with another key", { own: true }],
  ])("to a grant %s", async (_what, change) => {
    expectRefused(await post("lokalis", FAMILY, await claims(change)));
    expect((await post("lokalis", FAMILY, await claims({}))).status).toBe(200);
  });
});

describe("a stolen grant opens nothing but the request that it was made for", () => {
  const stolen = async (source: Source, request: Request, ...subjects: GrantedSubject[]) =>
    sign(grantFor(...subjects), source, request);

  test.each<[string, Request]>([
    [
      "another field",
      { ...FAMILY, query: FAMILY.query.replace("carePlan { summary }", "reporters { name }") },
    ],
    [
      "one field more",
      { ...FAMILY, query: FAMILY.query.replace("carePlan {", "safetyPlan { summary } carePlan {") },
    ],
    ["another family", { ...FAMILY, variables: { r: [{ __typename: "Family", id: "OVV-01" }] } }],
    [
      "one family more",
      { ...FAMILY, variables: { r: [FAMILY.variables["r"], { __typename: "Family", id: "OVV-01" }].flat() } },
    ],
    ["the schema", { query: "{ _service { sdl } }", variables: {} }],
  ])("not %s at an organisation", async (_what, request) => {
    expectRefused(await post("lokalis", request, await stolen("lokalis", FAMILY, SUBJECT)));
  });

  const OWN: Request = { query: "query ($id: ID!) { family(id: $id) { id } }", variables: { id: "OVV-06" } };
  test.each<[string, Request]>([
    ["another family", { ...OWN, variables: { id: "OVV-15" } }],
    [
      "more of the same family",
      { ...OWN, query: "query ($id: ID!) { family(id: $id) { id members { id role } } }" },
    ],
    [
      "a person, as an entity",
      {
        query:
          "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { role family { id } } } }",
        variables: { r: [{ __typename: "Person", id: "OVV-15-1" }] },
      },
    ],
    [
      "a change",
      {
        query: `mutation { assignWorker(input: { familyId: "OVV-13", workerId: "lokalis.colleague", relation: ASSIGNED, idempotencyKey: "stolen" }) { id } }`,
        variables: {},
      },
    ],
  ])("not %s at the register of families", async (_what, request) => {
    const grant = await stolen("families", OWN);
    expect((await post("families", OWN, grant)).status).toBe(200);
    expectRefused(await post("families", request, grant));
  });

  test("not the requests of the log, by an officer's grant for one of them", async () => {
    const first: Request = { query: "{ accessLog(first: 1) { totalCount } }", variables: {} };
    const grant = await stolen("access-log", first);
    expectRefused(
      await post("access-log", { ...first, query: "{ accessLog(first: 100) { totalCount } }" }, grant),
    );
  });
});
