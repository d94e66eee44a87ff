// The example for sources in another language does what the kit does: the same grants, the same codes.

import { generateKeyPairSync } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import type { Grant } from "../../shared/kernel/requester";
import { retireGrantKeys, rotateGrantKeys } from "../../shared/launch/grant-keys";
import { createGrantVerifier, type GrantVerifier } from "../../shared/subgraph-kit/grant";
import { forgeGrant, makeGrantKeys, type GrantChange } from "../kit/grant-keys";
import { aGrant, aRequester } from "../kit/requesters";

const EXAMPLES = join(__dirname, "..", "..", "docs", "examples");
const REQUEST = {
  query:
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Family { id @include(if: true) } } } # "é"',
  variables: { r: [{ __typename: "Family", id: "OVV-06" }], ',"variables":': 1.5e21, "é\u2028": null },
};
const GRANT: Grant = {
  ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"),
  subjects: [{ type: "Family", id: "OVV-06", key: "LOK-2006", categories: ["CARE_PLAN"] }],
};

type Example = (body: Buffer, certificate?: string) => unknown;

/** The example as it stands, with what it imports. */
function loadExample(): (file: string, audience: string) => Example {
  const source = readFileSync(join(EXAMPLES, "verify-grant.mjs"), "utf8")
    .replace(/^import \{(.*)\} from "node:(\w+)";$/gm, "const {$1} = $2;")
    .replace("export function createVerifier", "result.createVerifier = function createVerifier");
  const result: { createVerifier?: (file: string, audience: string) => Example } = {};
  runInNewContext(source, { result, crypto, fs, Buffer, performance, Date });
  if (!result.createVerifier) throw new Error("The example gives no verifier.");
  return result.createVerifier;
}

let keys: Awaited<ReturnType<typeof makeGrantKeys>>;
let kit: GrantVerifier;
let example: Example;
beforeEach(async () => {
  keys = await makeGrantKeys();
  kit = await createGrantVerifier(keys.publicFile, "lokalis");
  example = loadExample()(keys.publicFile, "lokalis");
});
afterEach(() => {
  rmSync(keys.directory, { recursive: true });
});

/** The body as the gateway posts it. */
const bodyOf = (grant: unknown, request: object = REQUEST): Buffer =>
  Buffer.from(JSON.stringify({ ...request, extensions: grant === undefined ? {} : { grant } }));
const exampleSays = (grant: unknown, certificate?: string, request: object = REQUEST): unknown => {
  try {
    return example(bodyOf(grant, request), certificate);
  } catch (error) {
    return (error as { code?: string }).code;
  }
};
const kitSays = (grant: unknown, certificate?: string, request = REQUEST): Promise<unknown> =>
  kit(grant, { ...request, certificate }).catch((error: { code?: string }) => error.code);

const nowS = (): number => Math.floor(Date.now() / 1000);
const ownKey = () => generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });

test("gives what the gateway granted, once", async () => {
  const token = await keys.sign(GRANT, "lokalis", REQUEST);
  expect(exampleSays(token)).toEqual(GRANT);
  expect(exampleSays(token)).toBe("GRANT_REPLAYED");
  expect(await kitSays(token)).toEqual(GRANT);
  expect(await kitSays(token)).toBe("GRANT_REPLAYED");
});

test.each<[string, () => GrantChange]>([
  ["expired", () => ({ claims: { exp: nowS() - 30 } })],
  ["never expiring", () => ({ claims: { exp: undefined } })],
  ["valid for a minute", () => ({ claims: { exp: nowS() + 61 } })],
  ["of the future", () => ({ claims: { iat: nowS() + 60, exp: nowS() + 80 } })],
  ["of before the source began", () => ({ claims: { iat: nowS() - 20 } })],
  ["for another source", () => ({ claims: { aud: "save" } })],
  ["of another issuer", () => ({ claims: { iss: "elders" } })],
  ["without an id", () => ({ claims: { jti: undefined } })],
  ["for another request", () => ({ claims: { request: "x" } })],
  ["bound to another connection", () => ({ claims: { cnf: { "x5t#S256": "x" } } })],
  ["another kind of token", () => ({ header: { typ: "JWT" } })],
  ["of an unknown key", () => ({ header: { kid: "x" }, key: ownKey() })],
  ["of no key", () => ({ header: { kid: undefined } })],
  ["signed with another key", () => ({ key: ownKey() })],
  ["no grant", () => ({ claims: { grant: {} } })],
])("refuses one that is %s, with the code of the kit", async (_what, change) => {
  const token = await forgeGrant(keys.privateFile, GRANT, "lokalis", REQUEST, change());
  const code = await kitSays(token);
  expect(code).toMatch(/^GRANT_/);
  expect(exampleSays(token)).toBe(code);
});

test.each<[string, unknown]>([
  ["none", undefined],
  ["an object", { alg: "none" }],
  ["words", "not a token"],
  ["half a token", "a.b"],
  [
    "unsigned",
    `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from("{}").toString("base64url")}.`,
  ],
])("refuses %s in the place of a grant, with the code of the kit", async (_what, grant) => {
  const code = await kitSays(grant);
  expect(code).toMatch(/^GRANT_/);
  expect(exampleSays(grant)).toBe(code);
});

test("refuses a good grant with another request, or over another connection", async () => {
  const token = await keys.sign(GRANT, "lokalis", REQUEST, "thumbprint");
  expect(exampleSays(token)).toBe("GRANT_INVALID");
  expect(exampleSays(token, "thumbprint", { ...REQUEST, query: "{ a }" })).toBe("GRANT_INVALID");
  expect(exampleSays(token, "thumbprint", { ...REQUEST, variables: {} })).toBe("GRANT_INVALID");
  expect(exampleSays(token, "thumbprint")).toEqual(GRANT);
});

test("the bytes of the body are the bytes of the digest, so that nobody has to write JSON anew", () => {
  const body = bodyOf("a.b.c");
  const end = body.lastIndexOf(',"extensions":{"grant":"');
  const parts = body.subarray('{"query":'.length, end);
  const split = parts.indexOf(',"variables":');
  const digested = Buffer.concat([
    Buffer.from("["),
    parts.subarray(0, split),
    Buffer.from(","),
    parts.subarray(split + ',"variables":'.length),
    Buffer.from("]"),
  ]);
  expect(digested.toString()).toBe(JSON.stringify([REQUEST.query, REQUEST.variables]));
});

test("knows a key from when it is published, and until it is taken out", async () => {
  const before = await keys.sign(GRANT, "lokalis", REQUEST);
  await rotateGrantKeys(keys.directory, { immediately: true });
  const after = () => forgeGrant(keys.privateFile, GRANT, "lokalis", REQUEST);
  expect(exampleSays(await after())).toEqual(GRANT);
  expect(exampleSays(before)).toEqual(GRANT);
  await retireGrantKeys(keys.directory, { immediately: true });
  const late = loadExample()(keys.publicFile, "lokalis");
  expect(() => late(bodyOf(before))).toThrow("GRANT_INVALID");
  expect(late(bodyOf(await after()))).toEqual(GRANT);
});
