// Wrong input gets a clear error with a code of the one list, no data, and nothing personal.

import { SignJWT, generateKeyPair } from "jose";
import { isErrorCode } from "../../shared/kernel/errors";
import { ask, post, tokenOf, type Answer } from "../kit/hub";
import { portOf } from "../kit/hub-place";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const QUERY = `{ family(id: "OVV-06") { id } }`;
const body = (query: string): string => JSON.stringify({ query });

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);

async function bearer(persona: string, lifetimeSeconds?: number): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await tokenOf(hub, persona, lifetimeSeconds)}`, purpose: "CARE" };
}

/** A token that looks right and is signed by somebody else. */
async function forged(issuer: string): Promise<Record<string, string>> {
  const { privateKey } = await generateKeyPair("ES256");
  const token = await new SignJWT({ function: "WORKER" })
    .setProtectedHeader({ alg: "ES256" })
    .setIssuer(issuer)
    .setAudience("schakel")
    .setSubject("lokalis.worker")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(privateKey);
  return { authorization: `Bearer ${token}`, purpose: "CARE" };
}

const nested = (depth: number): string =>
  `{ family(id: "OVV-06") { id ${"members { family { ".repeat(depth)} id ${"} } ".repeat(depth)} } }`;

describe("wrong input", () => {
  test.each([
    ["no token", async () => post(hub.port, body(QUERY)), 401, "TOKEN_REQUIRED"],
    [
      "a token that is none",
      async () => post(hub.port, body(QUERY), { authorization: "Bearer a.b.c", purpose: "CARE" }),
      401,
      "TOKEN_INVALID",
    ],
    [
      "an expired token",
      async () => post(hub.port, body(QUERY), await bearer("lokalis.worker", -60)),
      401,
      "TOKEN_EXPIRED",
    ],
    [
      "a token of an issuer outside the region",
      async () => post(hub.port, body(QUERY), await forged("https://issuer.example/issuers/lokalis")),
      401,
      "ISSUER_UNKNOWN",
    ],
    [
      "a token that somebody else signed in the name of an issuer",
      async () =>
        post(
          hub.port,
          body(QUERY),
          await forged(`http://127.0.0.1:${portOf(hub, "issuer")}/issuers/lokalis`),
        ),
      401,
      "TOKEN_INVALID",
    ],
    [
      "no purpose",
      async () => ask(hub, { persona: "lokalis.worker", query: QUERY }),
      400,
      "PURPOSE_REQUIRED",
    ],
    [
      "a purpose that is not open to the function",
      async () => ask(hub, { persona: "lokalis.worker", purpose: "INVESTIGATION", query: QUERY }),
      403,
      "PURPOSE_NOT_OPEN",
    ],
    [
      "a purpose that does not exist",
      async () => ask(hub, { persona: "lokalis.worker", purpose: "CURIOSITY", query: QUERY }),
      403,
      "PURPOSE_NOT_OPEN",
    ],
    [
      "JSON that is none",
      async () => post(hub.port, '{"query": "{ me', await bearer("lokalis.worker")),
      400,
      "REQUEST_MALFORMED",
    ],
    [
      "JSON without a query",
      async () => post(hub.port, '{"q": 1}', await bearer("lokalis.worker")),
      400,
      "REQUEST_MALFORMED",
    ],
    [
      "a batch of queries",
      async () => post(hub.port, `[${body(QUERY)},${body(QUERY)}]`, await bearer("lokalis.worker")),
      400,
      "REQUEST_MALFORMED",
    ],
    [
      "a body that is too large",
      async () =>
        post(hub.port, body(`{ me { worker } } #${"x".repeat(400_000)}`), await bearer("lokalis.worker")),
      413,
      "REQUEST_TOO_LARGE",
    ],
    [
      "a query that is no GraphQL",
      async () => ask(hub, { persona: "lokalis.worker", purpose: "CARE", query: "{ family(" }),
      400,
      "QUERY_INVALID",
    ],
    [
      "an unknown field",
      async () =>
        ask(hub, { persona: "lokalis.worker", purpose: "CARE", query: `{ family(id: "OVV-06") { bsn } }` }),
      400,
      "QUERY_INVALID",
    ],
    [
      "a query that is too deep",
      async () => ask(hub, { persona: "lokalis.worker", purpose: "CARE", query: nested(10) }),
      400,
      "QUERY_TOO_DEEP",
    ],
    [
      "a name that is the gateway's own",
      async () =>
        ask(hub, {
          persona: "lokalis.worker",
          purpose: "CARE",
          query: `{ _schakel_x: family(id: "OVV-06") { id } }`,
        }),
      400,
      "QUERY_INVALID",
    ],
    [
      "an unknown family",
      async () =>
        ask(hub, { persona: "lokalis.worker", purpose: "CARE", query: `{ family(id: "OVV-99") { id } }` }),
      200,
      "FAMILY_NOT_FOUND",
    ],
    [
      "a family that others work with",
      async () =>
        ask(hub, { persona: "lokalis.worker", purpose: "CARE", query: `{ family(id: "OVV-15") { id } }` }),
      200,
      "FAMILY_NOT_FOUND",
    ],
  ] as const)("%s", async (_what, send, status, code) => {
    const answer = await send();
    expect([answer.status, codesOf(answer)]).toEqual([status, [code]]);
    expect(isErrorCode(code)).toBe(true);
    expect(Object.values(answer.body.data ?? {}).filter((value) => value !== null)).toEqual([]);
    const text = JSON.stringify(answer.body);
    expect(text).not.toMatch(/stack|node_modules|at \w+ \(|select |Sanne|Smit/i);
  });

  test("the purposes that are open are listed when none, or another one, is given", async () => {
    const answer = await ask(hub, { persona: "veilig-thuis.advisor", query: QUERY });
    expect(answer.body.errors?.[0]?.extensions["purposes"]).toEqual(["CONSULT"]);
  });

  test("a family that does not exist and one that others work with get the same refusal", async () => {
    const [unknown, others] = await Promise.all(
      ["OVV-99", "OVV-15"].map(async (id) =>
        ask(hub, { persona: "lokalis.worker", purpose: "CARE", query: `{ family(id: "${id}") { id } }` }),
      ),
    );
    expect(unknown?.body.errors).toEqual(others?.body.errors);
    expect(unknown?.body.data).toEqual(others?.body.data);
  });

  test("a query over GET from a browser that was lured is refused", async () => {
    const response = await fetch(`http://127.0.0.1:${hub.port}/graphql?query=${encodeURIComponent(QUERY)}`, {
      headers: await bearer("lokalis.worker"),
    });
    expect(response.status).toBe(400);
  });

  test("a BSN in the text of a query is refused before it is planned, and not repeated", async () => {
    const answer = await ask(hub, {
      persona: "lokalis.worker",
      purpose: "CARE",
      query: `{ family(id: "999910000") { id } }`,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map((one) => one.extensions["code"])).toEqual(["QUERY_INVALID"]);
    expect(JSON.stringify(answer.body)).not.toContain("999910000");
  });

  test("a BSN typed as an id is not written down anywhere", async () => {
    await ask(hub, {
      persona: "lokalis.worker",
      purpose: "CARE",
      query: "query ($id: ID!) { family(id: $id) { id } }",
      variables: { id: "999910000" },
    });
    const log = await ask(hub, {
      persona: "lokalis.privacy-officer",
      purpose: "OVERSIGHT",
      query: `{ accessLog(first: 50) { edges { node { subjectId outcome } } } }`,
    });
    expect(log.body.errors).toBeUndefined();
    expect(JSON.stringify(log.body)).not.toContain("999910000");
    expect(JSON.stringify(log.body)).toContain("(not an id)");
  });
});
