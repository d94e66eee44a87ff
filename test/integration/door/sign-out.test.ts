// A sign-out that could not be put on record holds at once, and is put on record when its issuer tells it again.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { issuerOf } from "../../../gateway/identify/issuer";
import { createSignIn, type SignIn } from "../../../gateway/identify/sign-in";
import { signOutRoute } from "../../../gateway/identify/sign-out";
import type { SignedOut } from "../../../gateway/record/refused-at-door";
import { SchakelError } from "../../../shared/kernel/errors";
import { createLogger } from "../../../shared/kernel/logger";
import { withDatabase } from "../../kit/database";
import { aRequester } from "../../kit/requesters";
import { nowS, TestIssuer } from "../../kit/test-issuer";

const database = withDatabase();
let issuer: TestIssuer;
let signIn: SignIn;
let server: Server;
let isLogAway = false;
let recorded: SignedOut["ended"][] = [];
let refused: string[] = [];

const whenThere = (write: () => void): void => {
  if (isLogAway) throw new SchakelError("LOG_UNAVAILABLE");
  write();
};

beforeAll(async () => {
  issuer = await TestIssuer.start();
  const of = { organisation: "lokalis", kind: "LOCAL_TEAM", legalEntity: "lokalis" } as const;
  const known = issuerOf({ issuer: issuer.url, ...of, signOutAudience: "schakel-portal" });
  signIn = createSignIn([known], database.pool, { secure: false });
  const app = express();
  app.post(
    "/sign-out",
    ...signOutRoute({
      signIn,
      record: {
        signedOut: async ({ ended }) => whenThere(() => recorded.push(ended)),
        refused: async ({ error }) => whenThere(() => refused.push(error.code)),
      },
      log: createLogger("test", "silent"),
    }),
  );
  server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await issuer.stop();
});
beforeEach(() => {
  [isLogAway, recorded, refused] = [false, [], []];
});

const messageFor = async (session: string): Promise<string> =>
  issuer.logoutToken({ claims: { aud: "schakel-portal", sid: session, jti: `message-${session}` } });

/** What the issuer hears: the status, and the code and reason of a refusal. */
async function tell(token: string): Promise<unknown[]> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/sign-out`, {
    method: "POST",
    body: new URLSearchParams({ logout_token: token }),
  });
  const text = await response.text();
  const { code, reason } = (text === "" ? {} : JSON.parse(text)) as { code?: string; reason?: string };
  return [response.status, code, reason];
}

const isLetIn = async (session: string): Promise<boolean> =>
  signIn
    .refuseEnded({
      requester: { ...aRequester("lokalis.worker", "WORKER"), session },
      subject: "lokalis.worker",
      issuedAt: nowS(),
    })
    .then(() => true)
    .catch((error: SchakelError) => {
      expect(error.code).toBe("SESSION_ENDED");
      return false;
    });

test("what could not be recorded has ended all the same, and is recorded when it is told again, once", async () => {
  const token = await messageFor("s-1");
  expect(await isLetIn("s-1")).toBe(true);
  isLogAway = true;
  expect(await tell(token)).toEqual([503, "LOG_UNAVAILABLE", undefined]);
  expect(await tell(token)).toEqual([503, "LOG_UNAVAILABLE", undefined]);
  expect(await isLetIn("s-1")).toBe(false);
  expect(recorded).toEqual([]);
  isLogAway = false;
  expect(await tell(token)).toEqual([200, undefined, undefined]);
  expect(recorded).toMatchObject([{ issuer: "lokalis", session: "s-1" }]);
  // From here on it is a repeat as any other.
  expect(await tell(token)).toEqual([400, "TOKEN_INVALID", "jti"]);
  expect(recorded).toHaveLength(1);
  expect(refused).toEqual(["TOKEN_INVALID"]);
  expect(await isLetIn("s-1")).toBe(false);
});

test("what is on record is not recorded twice", async () => {
  const token = await messageFor("s-2");
  expect(await tell(token)).toEqual([200, undefined, undefined]);
  expect(await tell(token)).toEqual([400, "TOKEN_INVALID", "jti"]);
  expect(recorded).toHaveLength(1);
});
