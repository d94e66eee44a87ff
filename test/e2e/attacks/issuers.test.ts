// What an issuer says holds on every gateway from the next request on: that it has another key, and that somebody signed out.

import { sharedHub } from "../../kit/shared-hub";
import { makeKey, nowS, TestIssuer } from "../../kit/test-issuer";
import {
  askWith,
  signOutAt,
  startTokenGateways,
  type TokenGateways,
  type Traced,
} from "../../kit/token-gateways";

const hub = sharedHub();
/** Seconds after which the keys of the issuers are asked again. */
const KEYS_REFRESH_S = 2;

let lokalis: TestIssuer;
let save: TestIssuer;
let gateways: TokenGateways;

beforeAll(async () => {
  [lokalis, save] = await Promise.all([TestIssuer.start(), TestIssuer.start()]);
  const common = { algorithms: ["ES256"], keysRefreshSeconds: KEYS_REFRESH_S };
  gateways = await startTokenGateways(
    hub,
    [
      { organisation: "lokalis", issuer: lokalis.url, signOutAudience: "schakel-portal", ...common },
      { organisation: "save", issuer: save.url, ...common },
    ],
    2,
  );
});

afterAll(async () => {
  await gateways.stop();
  await Promise.all([lokalis, save].map(async (one) => one.stop()));
});

const ME = { query: "{ me { worker } }" };

/** The same question, to every gateway. */
const askAll = async (token: string): Promise<Traced[]> =>
  Promise.all(gateways.ports.map(async (port) => askWith(hub, port, token, ME)));

async function expectAll(token: string, isOpen: boolean): Promise<void> {
  for (const { answer, codes, entries } of await askAll(token)) {
    if (isOpen) {
      expect([answer.status, codes]).toEqual([200, []]);
      continue;
    }
    expect([answer.status, codes]).toEqual([401, ["SESSION_ENDED"]]);
    expect(answer.body.data).toBeUndefined();
    expect(entries).toMatchObject([
      { outcome: "REFUSED", errorCode: "SESSION_ENDED", organisation: "lokalis" },
    ]);
  }
}

describe("signing out", () => {
  const tokenOf = async (worker: string, claims: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    lokalis.token({ claims: { sub: worker, iat: nowS() - 5, ...claims } });
  const logout = async (claims: Readonly<Record<string, unknown>>): Promise<string> =>
    lokalis.logoutToken({ claims: { aud: "schakel-portal", ...claims } });
  const tell = async (token: string) => signOutAt(gateways.ports[0] ?? 0, token);

  test("ends a session on both gateways from the next request on, and no other session", async () => {
    const [mine, other] = await Promise.all([
      tokenOf("worker-1", { sid: "one" }),
      tokenOf("worker-1", { sid: "two" }),
    ]);
    await expectAll(mine, true);
    expect((await tell(await logout({ sid: "one", sub: "worker-1" }))).status).toBe(200);
    await expectAll(mine, false);
    await expectAll(other, true);
  });

  test("of a worker ends everything that was issued until then, and nothing that is issued after", async () => {
    const before = await tokenOf("worker-2", { sid: "three" });
    await expectAll(before, true);
    expect((await tell(await logout({ sub: "worker-2", iat: nowS() - 1 }))).status).toBe(200);
    await expectAll(before, false);
    await expectAll(await tokenOf("worker-2", { sid: "four", iat: nowS() }), true);
    await expectAll(await tokenOf("worker-3"), true);
  });

  test("at another issuer ends nothing of this one", async () => {
    const token = await tokenOf("worker-4", { sid: "five" });
    const answer = await tell(await save.logoutToken({ claims: { sid: "five", sub: "worker-4" } }));
    expect(answer.status).toBe(200);
    await expectAll(token, true);
  });

  test("counts once: the same message again is refused, at the other gateway as well", async () => {
    const token = await logout({ sid: "six" });
    expect((await tell(token)).status).toBe(200);
    for (const port of gateways.ports) {
      expect(await signOutAt(port, token)).toMatchObject({
        status: 400,
        body: { error: "invalid_request", code: "TOKEN_INVALID", reason: "jti" },
      });
    }
  });

  test.each<[string, () => Promise<string>]>([
    [
      "a forged message",
      async () => lokalis.logoutToken({ claims: { sid: "seven" }, key: await makeKey("first") }),
    ],
    ["one for another client", async () => logout({ sid: "seven", aud: "elsewhere" })],
    ["one with a nonce", async () => logout({ sid: "seven", nonce: "n" })],
    ["one of no event", async () => logout({ sid: "seven", events: {} })],
    ["one of long ago", async () => logout({ sid: "seven", iat: nowS() - 900, exp: nowS() + 900 })],
    ["one of an issuer of no region", async () => logout({ sid: "seven", iss: "https://elders.example" })],
    ["the access token of the worker", async () => tokenOf("worker-5", { sid: "seven" })],
    ["nothing", async () => Promise.resolve("")],
  ])("is not done by %s", async (_what, message) => {
    const token = await tokenOf("worker-5", { sid: "seven" });
    expect(await tell(await message())).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    await expectAll(token, true);
  });

  test.each<[string, RequestInit]>([
    ["JSON", { body: '{"logout_token":"x"}', headers: { "content-type": "application/json" } }],
    ["two messages", { body: new URLSearchParams("logout_token=a&logout_token=b") }],
    ["a book", { body: new URLSearchParams({ logout_token: "a".repeat(40_000) }) }],
    ["no form", {}],
  ])("takes a form of one message, and not %s", async (_what, init) => {
    const response = await fetch(`http://127.0.0.1:${gateways.ports[0]}/sign-out`, {
      method: "POST",
      ...init,
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });
});

test.each([
  ["that is published beside the new one for a while", true],
  ["that is gone at once, as after a theft", false],
])("a key is rotated under load, with an old key %s: no good token is refused", async (_what, keepOld) => {
  const oldKey = lokalis.key;
  const refused: unknown[] = [];
  let asked = 0;
  const over = new AbortController();
  const caller = async (port: number): Promise<void> => {
    while (!over.signal.aborted) {
      const { key } = lokalis;
      const { answer, codes } = await askWith(hub, port, await lokalis.token({ key }), ME);
      asked += 1;
      // A token on its way while its key was taken away is not good any more.
      const isGood = lokalis.published.includes(key.publicJwk);
      if (answer.status !== 200 && isGood) refused.push(codes);
    }
  };
  const load = Promise.all([...gateways.ports, ...gateways.ports].map(caller));
  for (const turn of [1, 2, 3]) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await lokalis.rotate(`turn-${turn}-${keepOld ? "beside" : "instead"}`, { keepOld });
  }
  await new Promise((resolve) => setTimeout(resolve, KEYS_REFRESH_S * 1000));
  over.abort();
  await load;
  expect(refused).toEqual([]);
  expect(asked).toBeGreaterThan(20);
  for (const { answer, codes } of await askAll(await lokalis.token({ key: oldKey }))) {
    expect([answer.status, codes]).toEqual(keepOld ? [200, []] : [401, ["TOKEN_INVALID"]]);
  }
});

test("a flood of invented keys costs the issuer little, and good tokens are answered meanwhile", async () => {
  const port = gateways.ports[0] ?? 0;
  const good = await lokalis.token();
  const invented = await makeKey("invented");
  const tokens = await Promise.all(
    Array.from({ length: 300 }, async (_, index) =>
      lokalis.token({ key: invented, header: { kid: `k-${index}` } }),
    ),
  );
  const before = lokalis.asked;
  const flood = Promise.all(
    tokens.map(async (token) => {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, purpose: "CARE" },
        body: JSON.stringify(ME),
      });
      await response.arrayBuffer();
      return response.status;
    }),
  );
  const { answer } = await askWith(hub, port, good, ME);
  expect(answer.body.data).toEqual({ me: { worker: "lokalis.worker" } });
  expect((await flood).filter((status) => status !== 401 && status !== 503)).toEqual([]);
  // One question a second, by this gateway; the other one may have asked as well.
  expect(lokalis.asked - before).toBeLessThan(20);
});
