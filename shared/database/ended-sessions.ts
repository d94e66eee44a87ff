// Sessions that were ended while their tokens still hold: written by the gateway that was told, read by every gateway at
// every request. Sessions and subjects are kept as digests.

import type { Pool } from "pg";
import { sha256Hex } from "../kernel/sha256";
import { inTransaction } from "./pool";
import { onRecord } from "./record-unavailable";

/** Seconds after which no token can hold, whatever an issuers file says: a day, and what clocks may differ. */
const LONGEST_TOKEN_S = 24 * 60 * 60 + 300;
/** What the clock of an issuer may be ahead, whatever an issuers file says: such a token was issued before it says so. */
const MOST_AHEAD_S = 120;

/** A session of somebody at an issuer, as a token names it. */
export interface SessionOfToken {
  /** Code of the organisation whose issuer it is. */
  readonly issuer: string;
  /** `sid`; undefined for a token that names none. */
  readonly session: string | undefined;
  /** `sub`. */
  readonly subject: string;
  /** `iat`: seconds since 1970. */
  readonly issuedAt: number;
}

/** The end of a session, or of all sessions of a subject. */
export interface SessionEnd {
  readonly issuer: string;
  /** Names the message by which it ended, so that each counts once. */
  readonly messageId: string;
  readonly session: string | undefined;
  readonly subject: string | undefined;
  /** Tokens of the subject up to this moment end; seconds since 1970. */
  readonly issuedBefore: number;
  /** Seconds from now after which no token of the session can hold. */
  readonly keepSeconds: number;
}

/** Somebody whom an operator keeps out, at an issuer. */
export interface RevokedSubject {
  readonly issuer: string;
  /** `sub`. */
  readonly subject: string;
}

/** Texts of others are kept in no other form. */
const digestOf = (text: string | undefined): string | null => (text === undefined ? null : sha256Hex(text));

const ANY_ENDED = `
select asked.place::int as place
from unnest($1::text[], $2::text[], $3::text[], $4::float8[]) with ordinality
  as asked (issuer, session, subject, issued_at, place)
where exists (select from hub.ended_session e where e.issuer = asked.issuer and e.session = asked.session)
  or exists (select from hub.ended_session e where e.issuer = asked.issuer and e.subject = asked.subject
    and (e.session is null or asked.session is null) and e.issued_before >= to_timestamp(asked.issued_at))`;

/**
 * Which of these sessions were ended, as of now, by their place in the list. A token that names no session ends with any
 * session of its subject. Rejects with RECORD_UNAVAILABLE.
 */
export async function endedAmong(
  pool: Pick<Pool, "query">,
  asked: readonly SessionOfToken[],
): Promise<ReadonlySet<number>> {
  const { rows } = await onRecord(async () =>
    pool.query<{ place: number }>({
      name: "ended-sessions",
      text: ANY_ENDED,
      values: [
        asked.map((one) => one.issuer),
        asked.map((one) => digestOf(one.session)),
        asked.map((one) => sha256Hex(one.subject)),
        asked.map((one) => one.issuedAt),
      ],
    }),
  );
  return new Set(rows.map((row) => row.place - 1));
}

/**
 * Ends a session, and lets go of rows that no token needs any more. Resolves with true when that is still to be put on record:
 * the first time, and when the same message ended it before and nobody said `endIsOnRecord`. Rejects with RECORD_UNAVAILABLE.
 */
export async function endSession(pool: Pick<Pool, "query">, end: SessionEnd): Promise<boolean> {
  return onRecord(async () => {
    await pool.query("delete from hub.ended_session where expires_at <= clock_timestamp()");
    const { rowCount } = await pool.query(
      `insert into hub.ended_session (issuer, token, session, subject, issued_before, expires_at)
       values ($1, $2, $3, $4, to_timestamp($5::float8), clock_timestamp() + make_interval(secs => $6::float8))
       on conflict do nothing`,
      [
        end.issuer,
        sha256Hex(end.messageId),
        digestOf(end.session),
        digestOf(end.subject),
        end.issuedBefore,
        end.keepSeconds,
      ],
    );
    if (rowCount === 1) return true;
    const { rowCount: unrecorded } = await pool.query(
      `select from hub.ended_session where issuer = $1 and token = $2 and recorded_at is null
         and session is not distinct from $3 and subject is not distinct from $4`,
      [end.issuer, sha256Hex(end.messageId), digestOf(end.session), digestOf(end.subject)],
    );
    return unrecorded === 1;
  });
}

/** From now on the same message counts for nothing. Rejects with RECORD_UNAVAILABLE. */
export async function endIsOnRecord(
  pool: Pick<Pool, "query">,
  { issuer, messageId }: Pick<SessionEnd, "issuer" | "messageId">,
): Promise<void> {
  await onRecord(async () =>
    pool.query(
      "update hub.ended_session set recorded_at = clock_timestamp() where issuer = $1 and token = $2 and recorded_at is null",
      [issuer, sha256Hex(messageId)],
    ),
  );
}

/** Of each subject there is one revocation by an operator; another takes its place. */
const revocationOf = ({ subject }: RevokedSubject): string => sha256Hex(`operator:${subject}`);

/**
 * Ends all sessions of a subject: tokens that were issued until `seconds` from now (and two minutes, for clocks) are refused, by every gateway from its next
 * request on. Kept until none of them can hold any more. Rejects with RECORD_UNAVAILABLE.
 */
export async function revokeSubject(pool: Pool, revoked: RevokedSubject, seconds: number): Promise<void> {
  await onRecord(async () =>
    inTransaction(pool, async (client) => {
      // No role of the hub changes such a row, but for whether it is on record.
      await client.query("delete from hub.ended_session where issuer = $1 and token = $2", [
        revoked.issuer,
        revocationOf(revoked),
      ]);
      await client.query(
        `insert into hub.ended_session (issuer, token, subject, issued_before, expires_at)
         select $1, $2, $3, until, until + make_interval(secs => $5::float8)
         from (select clock_timestamp() + make_interval(secs => $4::float8)) as a (until)`,
        [
          revoked.issuer,
          revocationOf(revoked),
          sha256Hex(revoked.subject),
          seconds + MOST_AHEAD_S,
          LONGEST_TOKEN_S,
        ],
      );
    }),
  );
}

/** Takes the revocation of a subject back. Resolves with false when there is none. Rejects with RECORD_UNAVAILABLE. */
export async function liftRevocation(pool: Pick<Pool, "query">, revoked: RevokedSubject): Promise<boolean> {
  const { rowCount } = await onRecord(async () =>
    pool.query("delete from hub.ended_session where issuer = $1 and token = $2", [
      revoked.issuer,
      revocationOf(revoked),
    ]),
  );
  return rowCount === 1;
}

/**
 * Until which moment tokens of a subject must have been issued to be refused, by an operator's revocation; undefined when there
 * is none. Rejects with RECORD_UNAVAILABLE.
 */
export async function findRevocation(
  pool: Pick<Pool, "query">,
  revoked: RevokedSubject,
): Promise<Date | undefined> {
  const { rows } = await onRecord(async () =>
    pool.query<{ until: Date }>(
      `select issued_before as until from hub.ended_session
       where issuer = $1 and token = $2 and expires_at > clock_timestamp()`,
      [revoked.issuer, revocationOf(revoked)],
    ),
  );
  return rows[0]?.until;
}
