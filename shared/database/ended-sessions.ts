// Sessions that were ended while their tokens still hold: written by the gateway that was told, read by every gateway at
// every request. Sessions and subjects are kept as digests.

import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { onRecord } from "./record-unavailable";

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

/** SHA-256 in hexadecimal; texts of others are kept in no other form. */
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

const digestOf = (text: string | undefined): string | null => (text === undefined ? null : digest(text));

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
        asked.map((one) => digest(one.subject)),
        asked.map((one) => one.issuedAt),
      ],
    }),
  );
  return new Set(rows.map((row) => row.place - 1));
}

/**
 * Ends a session, and lets go of rows that no token needs any more. Resolves with false when the same message ended it before.
 * Rejects with RECORD_UNAVAILABLE.
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
        digest(end.messageId),
        digestOf(end.session),
        digestOf(end.subject),
        end.issuedBefore,
        end.keepSeconds,
      ],
    );
    return rowCount === 1;
  });
}
