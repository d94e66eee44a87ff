// A session ends by what its issuer says in the form that the standard gives (Back-Channel Logout 1.0, 2.4 and 2.6).

import { issuerOf } from "../../../gateway/identify/issuer";
import {
  createLogoutVerifier,
  LOGOUT_EVENT,
  type LogoutVerifier,
} from "../../../gateway/identify/logout-token";
import { knownIssuers } from "../../../gateway/identify/token";
import { makeKey, nowS, TestIssuer, type TokenChange } from "../../kit/test-issuer";

let lokalis: TestIssuer;
let verify: LogoutVerifier;

beforeAll(async () => {
  lokalis = await TestIssuer.start();
  const of = { organisation: "lokalis", kind: "LOCAL_TEAM", legalEntity: "lokalis" } as const;
  verify = createLogoutVerifier(
    knownIssuers([issuerOf({ issuer: lokalis.url, ...of, signOutAudience: "schakel-portal" })], {
      secure: false,
    }),
  );
});

afterAll(async () => {
  await lokalis.stop();
});

const tokenOf = async ({ claims, ...rest }: TokenChange): Promise<string> =>
  lokalis.logoutToken({ ...rest, claims: { aud: "schakel-portal", ...claims } });

test.each<[string, Readonly<Record<string, unknown>>, object]>([
  ["a session", { sid: "s-1" }, { session: "s-1", subject: undefined }],
  ["all sessions of somebody", { sub: "lokalis.worker" }, { session: undefined, subject: "lokalis.worker" }],
  ["a session of somebody", { sid: "s", sub: "w" }, { session: "s", subject: "w" }],
])("ends %s", async (_what, claims, end) => {
  const iat = nowS();
  const found = await verify(await tokenOf({ claims: { ...claims, jti: "j-1", iat } }));
  expect(found).toMatchObject({ issuer: "lokalis", messageId: "j-1", issuedBefore: iat, ...end });
  // As long as any token of it can hold.
  expect(found.keepSeconds).toBeGreaterThan(12 * 3_600);
});

test.each([{ typ: "logout+jwt" }, { typ: "application/LOGOUT+JWT" }, { typ: "JWT" }, { typ: undefined }])(
  "is accepted with the header %p",
  async (header) => {
    await expect(verify(await tokenOf({ header, claims: { sid: "s" } }))).resolves.toBeDefined();
  },
);

test.each<[string, TokenChange, string | undefined]>([
  ["of nobody", {}, "sid"],
  ["with a nonce", { claims: { sid: "s", nonce: "n" } }, "nonce"],
  ["with an empty nonce", { claims: { sid: "s", nonce: null } }, "nonce"],
  ["without an event", { claims: { sid: "s", events: undefined } }, "events"],
  ["of another event", { claims: { sid: "s", events: { "https://x.example": {} } } }, "events"],
  ["of an event that is a text", { claims: { sid: "s", events: LOGOUT_EVENT } }, "events"],
  ["of an event that holds a text", { claims: { sid: "s", events: { [LOGOUT_EVENT]: "x" } } }, "events"],
  ["of events in a list", { claims: { sid: "s", events: [LOGOUT_EVENT] } }, "events"],
  ["without an id", { claims: { sid: "s", jti: undefined } }, "jti"],
  ["with an id that is a number", { claims: { sid: "s", jti: 1 } }, "jti"],
  ["of a session that is an object", { claims: { sid: {} } }, "sid"],
  ["of a subject without end", { claims: { sub: "x".repeat(256) } }, "sub"],
  ["for another client", { claims: { sid: "s", aud: "schakel" } }, "aud"],
  ["that never expires", { claims: { sid: "s", exp: undefined } }, "exp"],
  ["without a time of issue", { claims: { sid: "s", iat: undefined } }, "iat"],
  ["that is an access token", { header: { typ: "at+jwt" }, claims: { sid: "s" } }, "typ"],
])("is refused %s", async (_what, change, reason) => {
  await expect(verify(await tokenOf(change))).rejects.toMatchObject({
    code: "TOKEN_INVALID",
    details: { reason },
  });
});

test("is refused when it is of another time, another issuer or another key", async () => {
  const late = await tokenOf({ claims: { sid: "s", iat: nowS() - 600, exp: nowS() + 600 } });
  await expect(verify(late)).rejects.toMatchObject({ code: "TOKEN_EXPIRED" });
  const expired = await tokenOf({ claims: { sid: "s", exp: nowS() - 60 } });
  await expect(verify(expired)).rejects.toMatchObject({ code: "TOKEN_EXPIRED" });
  const strange = await tokenOf({ claims: { sid: "s", iss: "https://x.example" } });
  await expect(verify(strange)).rejects.toMatchObject({ code: "ISSUER_UNKNOWN" });
  const forged = await tokenOf({ claims: { sid: "s" }, key: await makeKey("first") });
  await expect(verify(forged)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
});
