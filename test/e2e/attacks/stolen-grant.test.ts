// Who finds the port of a source gets nothing from it: not without a grant, and with a stolen one no more than the very
// request that it was made for.

import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import type { JWK } from "jose";
import { createGrantSigner, type GrantSigner } from "../../../gateway/federate/sign-grant";
import type { Grant, GrantedSubject } from "../../../shared/kernel/requester";
import { sharedHub } from "../../kit/shared-hub";
import { subgraphPortOf } from "../../kit/hub-place";
import { forgeGrant, type GrantChange } from "../../kit/grant-keys";
import { aGrant, aRequester } from "../../kit/requesters";

const hub = sharedHub();
const SOURCES = ["lokalis", "save", "families", "referrals", "access-log"] as const;
type Source = (typeof SOURCES)[number];
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
  const response = await fetch(`http://127.0.0.1:${subgraphPortOf(hub, source)}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...request, extensions: grant === undefined ? {} : { grant } }),
  });
  return { status: response.status, text: await response.text() };
}

const expectRefused = (
  { status, text }: { status: number; text: string },
  code: RegExp = /^GRANT_/,
): void => {
  expect(status).toBe(401);
  expect(JSON.parse(text)).toMatchObject({
    errors: [{ extensions: { code: expect.stringMatching(code) as unknown } }],
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
    for (const source of SOURCES) {
      expectRefused(await post(source, FAMILY, grant));
      expectRefused(await post(source, { query: "{ _service { sdl } }", variables: {} }, grant));
    }
  });

  test("to a grant for another source", async () => {
    expectRefused(await post("lokalis", FAMILY, await sign(grantFor(SUBJECT), "save", FAMILY)));
  });

  const nowS = (): number => Math.floor(Date.now() / 1000);
  const ownKey = (): JWK => generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  test.each<[string, RegExp, () => GrantChange]>([
    ["that has expired", /^GRANT_EXPIRED$/, () => ({ claims: { exp: nowS() - 30 } })],
    ["that never expires", /^GRANT_INVALID$/, () => ({ claims: { exp: undefined } })],
    ["that is valid for an hour", /^GRANT_INVALID$/, () => ({ claims: { exp: nowS() + 3_600 } })],
    ["of another issuer", /^GRANT_INVALID$/, () => ({ claims: { iss: "elders" } })],
    ["that is no grant but another token", /^GRANT_INVALID$/, () => ({ header: { typ: "JWT" } })],
    ["signed with another key", /^GRANT_INVALID$/, () => ({ key: ownKey() })],
    ["of a key that nobody knows", /^GRANT_INVALID$/, () => ({ header: { kid: "mine" }, key: ownKey() })],
    ["that can be used twice", /^GRANT_INVALID$/, () => ({ claims: { jti: undefined } })],
  ])("to a grant %s", async (_what, code, change) => {
    const forged = (one: GrantChange) => forgeGrant(KEY_FILE, grantFor(SUBJECT), "lokalis", FAMILY, one);
    expectRefused(await post("lokalis", FAMILY, await forged(change())), code);
    expect((await post("lokalis", FAMILY, await forged({}))).status).toBe(200);
  });
});

describe("a stolen grant opens nothing but the request that it was made for", () => {
  test.each<[Source, Request, readonly GrantedSubject[]]>([
    ["lokalis", FAMILY, [SUBJECT]],
    ["families", { query: "query ($id: ID!) { family(id: $id) { id } }", variables: { id: "OVV-06" } }, []],
    ["access-log", { query: "{ accessLog(first: 1) { totalCount } }", variables: {} }, []],
  ])("not even that one a second time, at %s", async (source, request, subjects) => {
    const grant = await sign(grantFor(...subjects), source, request);
    expect((await post(source, request, grant)).status).toBe(200);
    for (let again = 0; again < 3; again++) {
      expectRefused(await post(source, request, grant), /^GRANT_REPLAYED$/);
    }
  });

  test("nor for others at the same moment", async () => {
    const grant = await sign(grantFor(SUBJECT), "lokalis", FAMILY);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post("lokalis", FAMILY, grant)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectRefused(answer, /^GRANT_REPLAYED$/);
    }
  });

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
