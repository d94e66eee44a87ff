// A session that ended opens nothing from that moment on; what it says of whom cannot be read out of the database.

import {
  endedAmong,
  endIsOnRecord,
  endSession,
  findRevocation,
  liftRevocation,
  revokeSubject,
  type SessionEnd,
  type SessionOfToken,
} from "../../../shared/database/ended-sessions";
import { withDatabase } from "../../kit/database";

const database = withDatabase();
const NOW_S = 1_700_000_000;

const aSession = (change: Partial<SessionOfToken> = {}): SessionOfToken => ({
  issuer: "lokalis",
  session: "s-1",
  subject: "lokalis.worker",
  issuedAt: NOW_S,
  ...change,
});

let messages = 0;
const anEnd = (change: Partial<SessionEnd> = {}): SessionEnd => {
  messages += 1;
  return {
    issuer: "lokalis",
    messageId: `m-${messages}`,
    session: undefined,
    subject: undefined,
    issuedBefore: NOW_S,
    keepSeconds: 60,
    ...change,
  };
};

const end = async (change: Partial<SessionEnd>): Promise<boolean> => endSession(database.pool, anEnd(change));
const isEnded = async (change: Partial<SessionOfToken> = {}): Promise<boolean> =>
  (await endedAmong(database.pool, [aSession(change)])).has(0);

afterEach(async () => {
  await database.owner.query("delete from hub.ended_session");
});

test("nobody's session has ended by itself", async () => {
  expect(await isEnded()).toBe(false);
  expect(await endedAmong(database.pool, [])).toEqual(new Set());
});

test("the end of a session ends its tokens, whenever they were issued, and those of no other", async () => {
  expect(await end({ session: "s-1" })).toBe(true);
  expect(await isEnded()).toBe(true);
  expect(await isEnded({ issuedAt: NOW_S + 3_600 })).toBe(true);
  expect(await isEnded({ session: "s-2" })).toBe(false);
  expect(await isEnded({ session: undefined })).toBe(false);
  expect(await isEnded({ issuer: "save" })).toBe(false);
});

test("the end of all sessions of somebody ends what was issued until then", async () => {
  expect(await end({ subject: "lokalis.worker" })).toBe(true);
  expect(await isEnded()).toBe(true);
  expect(await isEnded({ session: undefined })).toBe(true);
  expect(await isEnded({ issuedAt: NOW_S + 1 })).toBe(false);
  expect(await isEnded({ subject: "lokalis.colleague" })).toBe(false);
  expect(await isEnded({ issuer: "save" })).toBe(false);
});

test("a token that names no session ends with any session of its subject", async () => {
  await end({ session: "s-9", subject: "lokalis.worker" });
  expect(await isEnded()).toBe(false);
  expect(await isEnded({ session: undefined })).toBe(true);
  expect(await isEnded({ session: "s-9", subject: "somebody" })).toBe(true);
});

test("several are looked up at once, each for itself", async () => {
  await end({ session: "s-2" });
  const asked = ["s-1", "s-2", "s-3", "s-2"].map((session) => aSession({ session }));
  expect(await endedAmong(database.pool, asked)).toEqual(new Set([1, 3]));
});

test("a message counts until it is on record at its own issuer, and then no more", async () => {
  expect(await end({ session: "s-1", messageId: "same" })).toBe(true);
  // Not on record yet: whoever tells it again has it recorded.
  expect(await end({ session: "s-1", messageId: "same" })).toBe(true);
  await endIsOnRecord(database.pool, { issuer: "save", messageId: "same" });
  expect(await end({ session: "s-1", messageId: "same" })).toBe(true);
  await endIsOnRecord(database.pool, { issuer: "lokalis", messageId: "same" });
  expect(await end({ session: "s-1", messageId: "same" })).toBe(false);
});

test("a message that ended one session ends no other, on record or not", async () => {
  expect(await end({ session: "s-1", messageId: "same" })).toBe(true);
  expect(await end({ subject: "lokalis.worker", messageId: "same" })).toBe(false);
  expect(await end({ session: "s-2", messageId: "same" })).toBe(false);
  expect(await isEnded({ session: "s-2" })).toBe(false);
  expect(await end({ issuer: "save", session: "s-2", messageId: "same" })).toBe(true);
});

test("two of the same message at once end one session, and neither is lost", async () => {
  const same = { session: "s-1", messageId: "twice" };
  expect(await Promise.all([end(same), end(same)])).toEqual([true, true]);
  expect((await database.owner.query("select from hub.ended_session")).rowCount).toBe(1);
});

test("texts of any kind can be asked for and ended", async () => {
  const odd = "\u0000'; drop table hub.family; -- \u{1f600}";
  await end({ session: odd, subject: odd });
  expect(await isEnded({ session: odd })).toBe(true);
});

test("a row goes once no token can need it", async () => {
  await end({ session: "s-1" });
  await database.owner.query(
    "update hub.ended_session set ended_at = ended_at - interval '2 hours', expires_at = expires_at - interval '2 hours'",
  );
  await end({ session: "s-2" });
  const { rowCount } = await database.owner.query("select from hub.ended_session");
  expect(rowCount).toBe(1);
  expect(await isEnded({ session: "s-2" })).toBe(true);
});

test("the database holds neither sessions nor names, and the working role changes no row", async () => {
  await end({ session: "s-secret", subject: "lokalis.worker", messageId: "m-secret" });
  const { rows } = await database.owner.query("select t::text as text from hub.ended_session t");
  expect(JSON.stringify(rows)).not.toMatch(/secret|worker/);
  await expect(
    database.pool.query("update hub.ended_session set expires_at = ended_at + interval '1 second'"),
  ).rejects.toThrow(/permission denied/);
});

describe("a worker whom an operator keeps out", () => {
  const WORKER = { issuer: "lokalis", subject: "lokalis.worker" };
  const nowS = (): number => Math.floor(Date.now() / 1_000);

  test("has no session left, whatever the clock of the issuer says within what may differ", async () => {
    await revokeSubject(database.pool, WORKER, 0);
    for (const session of ["s-1", "s-2", undefined]) {
      expect(await isEnded({ session, issuedAt: nowS() })).toBe(true);
      expect(await isEnded({ session, issuedAt: nowS() + 60 })).toBe(true);
      expect(await isEnded({ session, issuedAt: nowS() + 300 })).toBe(false);
    }
    expect(await isEnded({ subject: "lokalis.colleague", issuedAt: nowS() })).toBe(false);
    expect(await isEnded({ issuer: "save", issuedAt: nowS() })).toBe(false);
  });

  test("stays out as long as is said, and the last word holds", async () => {
    await revokeSubject(database.pool, WORKER, 3_600);
    expect(await isEnded({ issuedAt: nowS() + 3_500 })).toBe(true);
    expect(await isEnded({ issuedAt: nowS() + 4_000 })).toBe(false);
    await revokeSubject(database.pool, WORKER, 0);
    expect(await isEnded({ issuedAt: nowS() + 3_500 })).toBe(false);
    expect((await findRevocation(database.pool, WORKER))?.getTime()).toBeLessThan(Date.now() + 200_000);
    const { rows } = await database.owner.query<{ kept: boolean }>(
      "select expires_at > issued_before + interval '1 day' as kept from hub.ended_session",
    );
    expect(rows).toEqual([{ kept: true }]);
  });

  test("is let in again by lifting that, which ends no other end", async () => {
    await revokeSubject(database.pool, WORKER, 3_600);
    await end({ subject: WORKER.subject, issuedBefore: nowS() });
    expect(await liftRevocation(database.pool, WORKER)).toBe(true);
    expect(await findRevocation(database.pool, WORKER)).toBeUndefined();
    expect(await isEnded({ issuedAt: nowS() - 1 })).toBe(true);
    expect(await isEnded({ issuedAt: nowS() + 5 })).toBe(false);
    expect(await liftRevocation(database.pool, WORKER)).toBe(false);
  });
});
