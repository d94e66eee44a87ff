// Signing in at a demo issuer: what a person sees, what the app and the hub are told, and how a session goes on and ends.

import { decodeJwt } from "jose";
import { PERSONAS } from "../../kit/personas";
import {
  APP,
  askAt,
  enterPassword,
  exchangeOf,
  renewalOf,
  returned,
  shownCode,
  signIn,
  tell,
  tokensFor,
  tokensIn,
} from "../../kit/code-flow";
import { startDemoIssuers, Visitor, type DemoIssuers } from "../../kit/demo-issuers";

const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
let issuers: DemoIssuers;

beforeAll(async () => {
  issuers = await startDemoIssuers();
});

beforeEach(() => {
  issuers.hub.heard.length = 0;
});

afterAll(async () => {
  await issuers.stop();
});

describe("the token for the hub", () => {
  test.each(PERSONAS)("says of $code who it is, in which function, in which session", async (persona) => {
    const { access } = await tokensFor(issuers, new Visitor(), persona.code);
    const claims = await issuers.verified(persona.organisation, access);
    expect(claims).toEqual({
      iss: `${issuers.baseUrl}/issuers/${persona.organisation}`,
      aud: "schakel",
      sub: persona.worker,
      function: persona.workerFunction,
      client_id: APP,
      sid: expect.any(String) as unknown,
      jti: expect.any(String) as unknown,
      iat: expect.any(Number) as unknown,
      exp: (claims.iat ?? 0) + 15 * 60,
      ...(persona.secondFactor ? { acr: "mfa" } : {}),
    });
  });

  test("is marked as an access token, so that an ID token is not taken for one", async () => {
    const { access, id } = await tokensFor(issuers, new Visitor(), "lokalis.worker");
    const typeOf = (token: string): unknown =>
      (JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()) as { typ?: unknown }).typ;
    expect(typeOf(access)).toBe("at+jwt");
    expect(typeOf(id)).not.toBe("at+jwt");
    expect(decodeJwt(id)["aud"]).toBe(APP);
  });

  test("carries no second factor of who left it out", async () => {
    const { access } = await tokensFor(issuers, new Visitor(), "lokalis.worker", {}, { skip: true });
    expect(decodeJwt(access)).not.toHaveProperty("acr");
  });

  test("carries one of who was asked for it and tried to leave it out", async () => {
    const asked = { acr_values: "mfa" };
    const { access } = await tokensFor(issuers, new Visitor(), "save.guardian", asked, { skip: true });
    expect(decodeJwt(access)["acr"]).toBe("mfa");
  });

  test("is asked in an organisation's own name by its system", async () => {
    const basic = { authorization: `Basic ${Buffer.from("save.system:overvecht-demo").toString("base64")}` };
    const { body } = await tell(issuers, "save", "/token", { grant_type: "client_credentials" }, basic);
    const claims = await issuers.verified("save", body["access_token"] ?? "");
    expect(claims).toMatchObject({ sub: "save.system", client_id: "save.system", aud: "schakel" });
    expect(claims).not.toHaveProperty("function");
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(5 * 60);
  });
});

describe("claims", () => {
  const claimsOfId = async (claims?: object): Promise<Record<string, unknown>> => {
    const asked = claims ? { claims: JSON.stringify({ id_token: claims }) } : {};
    const { id } = await tokensFor(issuers, new Visitor(), "veilig-thuis.privacy-officer", asked);
    return issuers.verified("veilig-thuis", id, APP);
  };

  test("that the app does not ask, it is not told", async () => {
    const claims = await claimsOfId();
    expect(claims).toMatchObject({ sub: "veilig-thuis.privacy-officer", nonce: "nonce-of-the-app" });
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(["function"]));
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(["acr"]));
  });

  test.each([
    ["function", "PRIVACY_OFFICER"],
    ["acr", "mfa"],
  ])("that the app asks, it is told: %s alone", async (name, value) => {
    const claims = await claimsOfId({ [name]: null, nonsense: null });
    const told = ["function", "acr", "amr", "nonsense"].filter((one) => one in claims);
    expect(told).toEqual([name]);
    expect(claims[name]).toBe(value);
  });

  test("can be asked of userinfo", async () => {
    const asked = { claims: JSON.stringify({ userinfo: { function: null } }), resource: undefined };
    const { address, verifier } = askAt(issuers, "rvdk", asked);
    const { code = "" } = returned(await signIn(new Visitor(), address, "rvdk.reviewer"));
    const { resource: _hub, ...exchange } = exchangeOf(code, verifier);
    const { access } = tokensIn(await tell(issuers, "rvdk", "/token", exchange));
    const response = await fetch(`${issuers.baseUrl}/issuers/rvdk/userinfo`, {
      headers: { authorization: `Bearer ${access}` },
    });
    expect(await response.json()).toEqual({ sub: "rvdk.reviewer", function: "REVIEWER" });
  });
});

describe("who is signed in already", () => {
  test("only confirms, and is told what the app learns", async () => {
    const visitor = new Visitor();
    await tokensFor(issuers, visitor, "lokalis.worker");
    const asked = { claims: JSON.stringify({ id_token: { function: null } }) };
    const page = await visitor.get(askAt(issuers, "lokalis", asked).address);
    expect(page.text).toContain("Verder als lokalis.worker");
    expect(page.text).toContain("uw functie");
    expect(returned(await visitor.post(page.action ?? "", {}))).toHaveProperty("code");
  });

  test("takes the second step when an app asks for it", async () => {
    const visitor = new Visitor();
    await tokensFor(issuers, visitor, "lokalis.worker", {}, { skip: true });
    const page = await visitor.get(askAt(issuers, "lokalis", { acr_values: "mfa" }).address);
    expect(page.text).toContain('name="password"');
    expect(page.text).not.toContain('name="skip"');
  });

  test("cannot be signed in without a page where there is no session", async () => {
    const page = await new Visitor().get(askAt(issuers, "save", { prompt: "none" }).address);
    expect(returned(page)).toMatchObject({ error: "login_required" });
  });
});

describe("wrong answers", () => {
  test("a wrong password is refused, in a way that does not tell whether the persona exists", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(askAt(issuers, "wss").address);
    const wrong = await enterPassword(visitor, page, "wss.privacy-officer", { password: "something else" });
    const unknown = await enterPassword(visitor, page, "wss.nobody");
    expect([wrong.status, unknown.status]).toEqual([400, 400]);
    expect(unknown.text).toBe(wrong.text.replace(" checked", ""));
    expect(wrong.text).toMatch(/<p class="error" id="error" role="alert">/);
  });

  test("the fifth wrong password ends the sign-in", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(askAt(issuers, "wss").address);
    for (let time = 1; time < 5; time++) {
      expect((await enterPassword(visitor, page, "wss.privacy-officer", { password: "wrong" })).status).toBe(
        400,
      );
    }
    const last = await enterPassword(visitor, page, "wss.privacy-officer", { password: "wrong" });
    expect(returned(last)).toMatchObject({ error: "access_denied", state: "state-of-the-app" });
  });

  test("a wrong code is refused, and the fifth ends the sign-in", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(askAt(issuers, "wss").address);
    const step = await enterPassword(visitor, page, "wss.privacy-officer");
    const wrong = shownCode(step) === "000000" ? "000001" : "000000";
    for (let time = 1; time < 5; time++) {
      const again = await visitor.post(step.action ?? "", { code: wrong });
      expect([again.status, shownCode(again)]).toEqual([400, shownCode(step)]);
    }
    expect(returned(await visitor.post(step.action ?? "", { code: wrong }))).toMatchObject({
      error: "access_denied",
    });
  });

  test("the second step cannot be posted before the first", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(askAt(issuers, "wss").address);
    const early = await visitor.post((page.action?.href ?? "").replace(/sign-in$/, "code"), { code: "" });
    expect(early.text).toContain('name="password"');
  });

  test("who stops is not signed in", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(askAt(issuers, "wss").address);
    const stopped = await visitor.post((page.action?.href ?? "").replace(/sign-in$/, "stop"), {});
    expect(returned(stopped)).toMatchObject({ error: "access_denied" });
  });
});

describe("a session", () => {
  const renew = async (refresh: string) => tell(issuers, "save", "/token", renewalOf(refresh));

  test("goes on with a refresh token, which is for one use", async () => {
    const first = await tokensFor(issuers, new Visitor(), "save.privacy-officer");
    const second = tokensIn(await renew(first.refresh));
    expect(second.refresh).not.toBe(first.refresh);
    expect(decodeJwt(second.access)).toMatchObject({
      sid: decodeJwt(first.access)["sid"],
      function: "PRIVACY_OFFICER",
      acr: "mfa",
    });
  });

  test("ends when a refresh token comes a second time, and the hub hears it", async () => {
    const first = await tokensFor(issuers, new Visitor(), "save.guardian");
    const second = tokensIn(await renew(first.refresh));
    expect(await renew(first.refresh)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await renew(second.refresh)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(issuers.hub.heard.map((one) => decodeJwt(one)["sid"])).toEqual([decodeJwt(first.access)["sid"]]);
  });

  test("ends when its refresh token is withdrawn: for the app, for the browser, and for the hub", async () => {
    const visitor = new Visitor();
    const { access, refresh } = await tokensFor(issuers, visitor, "save.guardian");
    const fields = { client_id: APP, token: refresh };
    expect(await tell(issuers, "save", "/revoke", fields)).toMatchObject({ status: 200 });
    const [logout = "", ...more] = issuers.hub.heard;
    expect(more).toEqual([]);
    expect(await issuers.verified("save", logout, APP)).toMatchObject({
      sub: "save.guardian",
      sid: decodeJwt(access)["sid"],
      events: { [LOGOUT_EVENT]: {} },
    });
    expect(await renew(refresh)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    const page = await visitor.get(askAt(issuers, "save").address);
    expect(page.text).toContain('name="password"');
  });

  test("leaves the other sessions of the same person as they are", async () => {
    const [one, other] = [
      await tokensFor(issuers, new Visitor(), "save.guardian"),
      await tokensFor(issuers, new Visitor(), "save.guardian"),
    ];
    await tell(issuers, "save", "/revoke", { client_id: APP, token: one.refresh });
    expect(await renew(other.refresh)).toMatchObject({ status: 200 });
  });

  test("whose end the hub does not hear is told again", async () => {
    const { access, refresh } = await tokensFor(issuers, new Visitor(), "save.guardian");
    issuers.hub.answers.push(503);
    await tell(issuers, "save", "/revoke", { client_id: APP, token: refresh });
    while (issuers.hub.heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    const told = issuers.hub.heard.map((one) => decodeJwt(one));
    expect(told.map(({ sid }) => sid)).toEqual([decodeJwt(access)["sid"], decodeJwt(access)["sid"]]);
    expect(told[0]?.jti).not.toBe(told[1]?.jti);
  });

  test("ends by signing out in the browser, after a question", async () => {
    const visitor = new Visitor();
    const { access, id, refresh } = await tokensFor(issuers, visitor, "save.guardian");
    const signOut = new URL(`${issuers.baseUrl}/issuers/save/sign-out`);
    signOut.searchParams.set("id_token_hint", id);
    signOut.searchParams.set("post_logout_redirect_uri", "http://127.0.0.1:1/signed-out");
    const page = await visitor.get(signOut);
    expect(issuers.hub.heard).toEqual([]);
    const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(page.text) ?? [];
    const gone = await visitor.post(page.action ?? "", { xsrf, logout: "yes" });
    expect(gone.url.href).toBe("http://127.0.0.1:1/signed-out");
    expect(issuers.hub.heard.map((one) => decodeJwt(one)["sid"])).toEqual([decodeJwt(access)["sid"]]);
    expect(await renew(refresh)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});
