// Attacks on what the demo issuers give to programs: codes, refresh tokens, and the tokens of systems.

import { decodeJwt } from "jose";
import {
  APP,
  askAt,
  exchangeOf,
  PASSWORD,
  renewalOf,
  returned,
  signIn,
  tell,
  tokensFor,
  tokensIn,
} from "../../kit/code-flow";
import { startDemoIssuers, Visitor, type DemoIssuers } from "../../kit/demo-issuers";

/** What the library says to a client that asks in a way that is not its own. */
const NOT_ITS_GRANT = { error_description: "requested grant type is not allowed for this client" };
let issuers: DemoIssuers;

beforeAll(async () => {
  issuers = await startDemoIssuers();
});

afterAll(async () => {
  await issuers.stop();
});

const basic = (client: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${client}:${PASSWORD}`).toString("base64")}`,
});

/** A code of the app for a worker, with what exchanges it. */
async function codeOf(persona: string): Promise<{ code: string; verifier: string }> {
  const { address, verifier } = askAt(issuers, persona.slice(0, persona.indexOf(".")));
  const { code = "" } = returned(await signIn(new Visitor(), address, persona));
  expect(code).not.toBe("");
  return { code, verifier };
}

describe("PKCE", () => {
  test.each([
    ["none", { code_challenge: undefined, code_challenge_method: undefined }],
    ["plain", { code_challenge_method: "plain" }],
    ["plain, by leaving the method out", { code_challenge_method: undefined }],
  ])("has to be S256: %s", async (_how, changes) => {
    const answer = returned(await new Visitor().get(askAt(issuers, "lokalis", changes).address));
    expect(answer).toMatchObject({ error: "invalid_request" });
    expect(answer).not.toHaveProperty("code");
  });

  test.each([
    ["of another sign-in", { code_verifier: "x".repeat(43) }],
    ["none", { code_verifier: "" }],
  ])("the verifier has to be that of the request: %s", async (_how, changes) => {
    const { code, verifier } = await codeOf("lokalis.worker");
    const told = await tell(issuers, "lokalis", "/token", { ...exchangeOf(code, verifier), ...changes });
    expect(told).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});

describe("a code", () => {
  test("that comes twice is refused and ends the session of the first time", async () => {
    const { code, verifier } = await codeOf("lokalis.worker");
    const { access, refresh } = tokensIn(
      await tell(issuers, "lokalis", "/token", exchangeOf(code, verifier)),
    );
    const again = await tell(issuers, "lokalis", "/token", exchangeOf(code, verifier));
    expect(again).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    const renewed = await tell(issuers, "lokalis", "/token", renewalOf(refresh));
    expect(renewed).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(issuers.hub.heard.map((one) => decodeJwt(one)["sid"])).toContain(decodeJwt(access)["sid"]);
  });

  test("of the app is nothing to another client", async () => {
    const { code, verifier } = await codeOf("lokalis.worker");
    const { client_id: _app, ...fields } = exchangeOf(code, verifier);
    const told = await tell(issuers, "lokalis", "/token", fields, basic("lokalis.system"));
    expect(told).toMatchObject({ status: 400, body: NOT_ITS_GRANT });
  });

  test("of one organisation is nothing at another", async () => {
    const { code, verifier } = await codeOf("lokalis.worker");
    const told = await tell(issuers, "save", "/token", exchangeOf(code, verifier));
    expect(told).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("is not exchanged for another address than it was sent to", async () => {
    const { code, verifier } = await codeOf("lokalis.worker");
    const fields = { ...exchangeOf(code, verifier), redirect_uri: "http://127.0.0.1:2/signed-in" };
    expect((await tell(issuers, "lokalis", "/token", fields)).status).toBe(400);
  });
});

describe("a refresh token", () => {
  test("of one organisation is nothing at another", async () => {
    const { refresh } = await tokensFor(issuers, new Visitor(), "lokalis.worker");
    const told = await tell(issuers, "save", "/token", renewalOf(refresh));
    expect(told).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("is not withdrawn by another client", async () => {
    const { refresh } = await tokensFor(issuers, new Visitor(), "lokalis.worker");
    const { client_id: _app, ...fields } = { client_id: APP, token: refresh };
    await tell(issuers, "lokalis", "/revoke", fields, basic("lokalis.system"));
    expect((await tell(issuers, "lokalis", "/token", renewalOf(refresh))).status).toBe(200);
  });
});

describe("a system", () => {
  test.each([
    [
      "with a wrong secret",
      "save",
      { authorization: `Basic ${Buffer.from("save.system:x").toString("base64")}` },
    ],
    ["of another organisation", "lokalis", basic("save.system")],
    ["at an issuer that is no organisation", "family", basic("family.system")],
  ])("gets no token: %s", async (_how, issuer, headers) => {
    const told = await tell(issuers, issuer, "/token", { grant_type: "client_credentials" }, headers);
    expect(told).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  test("gets no token for something that is not the hub", async () => {
    const fields = { grant_type: "client_credentials", resource: "https://elsewhere.example/" };
    const told = await tell(issuers, "save", "/token", fields, basic("save.system"));
    expect(told).toMatchObject({ status: 400, body: { error: "invalid_target" } });
  });

  test("is not what the app can be: it has no secret, and gets no token in its own name", async () => {
    const told = await tell(issuers, "save", "/token", { grant_type: "client_credentials", client_id: APP });
    expect(told).toMatchObject({ status: 400, body: NOT_ITS_GRANT });
  });
});
