// Attacks on the demo issuers: each is refused, and gives no code and no token.

import * as fc from "fast-check";
import {
  APP,
  askAt,
  enterPassword,
  PASSWORD,
  renewalOf,
  RETURN,
  returned,
  tell,
  tokensFor,
} from "../../kit/code-flow";
import { startDemoIssuers, Visitor, type DemoIssuers } from "../../kit/demo-issuers";

const ELSEWHERE = "https://elsewhere.example/signed-in";
let issuers: DemoIssuers;

beforeAll(async () => {
  issuers = await startDemoIssuers();
});

afterAll(async () => {
  await issuers.stop();
});

describe("an address to be sent back to", () => {
  test.each([
    ["elsewhere", ELSEWHERE],
    ["a name that begins like this machine", "http://127.0.0.1.elsewhere.example/signed-in"],
    ["with a user before a host", "http://127.0.0.1:80@elsewhere.example/signed-in"],
    ["by another name of this machine", "http://localhost/signed-in"],
    ["with TLS", "https://127.0.0.1/signed-in"],
    ["another path", "http://127.0.0.1/signed-in/../stolen"],
    ["a longer path", "http://127.0.0.1/signed-in/more"],
    ["with a query", "http://127.0.0.1/signed-in?to=elsewhere"],
    ["with a fragment", "http://127.0.0.1/signed-in#here"],
    ["of a script", "javascript:alert(1)"],
  ])("that is not registered is not followed: %s", async (_how, redirect) => {
    const page = await new Visitor().get(askAt(issuers, "lokalis", { redirect_uri: redirect }).address);
    expect(page.status).toBe(400);
    expect(page.headers.get("location")).toBeNull();
    expect(page.text).not.toContain("elsewhere");
  });

  test("may have any port of this machine, for that is chosen at each sign-in", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 65_535 }), async (port) => {
        const redirect = `http://127.0.0.1:${port}/signed-in`;
        const page = await new Visitor().get(askAt(issuers, "lokalis", { redirect_uri: redirect }).address);
        expect(page.status).toBe(200);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the form of somebody else's browser", () => {
  const filled = { persona: "lokalis.worker", password: PASSWORD, skip: "yes" };

  test.each([
    ["from another site", { origin: "https://elsewhere.example" }],
    ["from a page that hides where it is from", { origin: "null" }],
    ["from another port of this machine", { origin: "http://127.0.0.1:1" }],
  ])("is refused %s", async (_how, headers) => {
    const visitor = new Visitor();
    const page = await visitor.get(askAt(issuers, "lokalis").address);
    const posted = await visitor.post(page.action ?? "", filled, headers);
    expect(posted.status).toBe(403);
    expect(returned(posted)).toEqual({});
  });

  test("is refused when it does not say where it is from", async () => {
    const page = await new Visitor().get(askAt(issuers, "lokalis").address);
    const response = await fetch(page.action ?? "", { method: "POST", body: new URLSearchParams(filled) });
    expect(response.status).toBe(403);
  });

  test("cannot go on with a sign-in that another browser began", async () => {
    const page = await new Visitor().get(askAt(issuers, "lokalis").address);
    const posted = await new Visitor().post(page.action ?? "", filled);
    expect([posted.status, returned(posted)]).toEqual([400, {}]);
  });

  test("cannot sign somebody out", async () => {
    const visitor = new Visitor();
    const { refresh } = await tokensFor(issuers, visitor, "lokalis.worker");
    const confirm = `${issuers.baseUrl}/issuers/lokalis/sign-out/confirm`;
    for (const fields of [{ logout: "yes" }, { logout: "yes", xsrf: "guessed" }]) {
      expect((await visitor.post(confirm, fields)).status).toBe(400);
    }
    expect((await tell(issuers, "lokalis", "/token", renewalOf(refresh))).status).toBe(200);
  });
});

describe("a persona of another organisation", () => {
  test("is nobody here, whatever the form says", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(askAt(issuers, "lokalis").address);
    const posted = await enterPassword(visitor, page, "save.guardian");
    expect([posted.status, returned(posted)]).toEqual([400, {}]);
  });

  test("keeps a session of their own at each issuer", async () => {
    const visitor = new Visitor();
    await tokensFor(issuers, visitor, "save.guardian");
    const page = await visitor.get(askAt(issuers, "lokalis").address);
    expect(page.text).toContain('name="password"');
  });
});

describe("signing out", () => {
  test("does not lead elsewhere", async () => {
    const { id } = await tokensFor(issuers, new Visitor(), "lokalis.worker");
    for (const hint of [{ client_id: APP }, { id_token_hint: id }]) {
      const url = new URL(`${issuers.baseUrl}/issuers/lokalis/sign-out`);
      for (const [name, value] of Object.entries({ ...hint, post_logout_redirect_uri: ELSEWHERE })) {
        url.searchParams.set(name, value);
      }
      expect((await new Visitor().get(url)).status).toBe(400);
    }
  });

  test("forgets an address that no client vouches for", async () => {
    const visitor = new Visitor();
    await tokensFor(issuers, visitor, "lokalis.worker");
    const url = `${issuers.baseUrl}/issuers/lokalis/sign-out?post_logout_redirect_uri=${encodeURIComponent(ELSEWHERE)}`;
    const page = await visitor.get(url);
    const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(page.text) ?? [];
    const gone = await visitor.post(page.action ?? "", { xsrf, logout: "yes" });
    expect([gone.url.origin, gone.status]).toEqual([issuers.baseUrl, 200]);
    expect(gone.text).toContain("U bent uitgelogd.");
  });
});

describe("what an issuer says of itself", () => {
  test("follows from where it stands, not from the host that a caller names", async () => {
    const headers = {
      "x-forwarded-host": "elsewhere.example",
      "x-forwarded-proto": "https",
      host: "elsewhere.example",
    };
    const response = await fetch(`${issuers.baseUrl}/issuers/lokalis/.well-known/openid-configuration`, {
      headers,
    });
    expect(await response.text()).not.toContain("elsewhere");
  });

  test.each(["/reg", "/token/introspection", "/request", "/device/auth", "/backchannel", "/me"])(
    "there is nothing at %s",
    async (path) => {
      const response = await fetch(`${issuers.baseUrl}/issuers/lokalis${path}`, { method: "POST" });
      expect(response.status).toBe(404);
    },
  );
});

test.each([
  ["tokens in the address", { response_type: "id_token token" }],
  ["an ID token in the address", { response_type: "id_token" }],
  ["something that is not the hub", { resource: "https://elsewhere.example/" }],
  ["a request of its own making", { request: "eyJhbGciOiJub25lIn0.e30." }],
])("who asks %s gets no code", async (_what, changes) => {
  const page = await new Visitor().get(askAt(issuers, "lokalis", changes).address);
  const { hash, searchParams } = page.url;
  expect(searchParams.get("code")).toBeNull();
  expect(`${hash}${searchParams.toString()}`).toMatch(/error=/);
});

test("whatever comes as a field, nothing of it becomes a part of a page, and nothing is ours to answer for", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("client_id", "claims", "acr_values", "scope", "prompt", "max_age", "id_token_hint"),
      fc.oneof(fc.string(), fc.json(), fc.constant('"><script>alert(1)</script>')),
      async (name, value) => {
        const page = await new Visitor().get(askAt(issuers, "lokalis", { [name]: value }).address);
        expect(page.status).toBeLessThan(500);
        expect(page.text).not.toContain("<script");
      },
    ),
    { numRuns: 200 },
  );
});

test.each([
  ["larger than any form", "application/x-www-form-urlencoded", `persona=${"x".repeat(10_000)}`, 413],
  [
    "in a set of characters that is not read",
    "application/x-www-form-urlencoded; charset=nonsense",
    "a=b",
    415,
  ],
  ["that is no form", "application/json", '{"persona":"lokalis.worker"}', 400],
])("a form %s is refused as the caller's fault", async (_how, type, body, status) => {
  const page = await new Visitor().get(askAt(issuers, "lokalis").address);
  const headers = { "content-type": type, origin: issuers.baseUrl };
  const response = await fetch(page.action ?? "", { method: "POST", headers, body });
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain(RETURN);
});
