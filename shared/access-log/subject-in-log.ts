// How somebody whom an issuer knows stands in the log when it is their sessions that something is done to.

import { createHash } from "node:crypto";

/** What an entry may hold as it is. */
const PLAIN = /^[A-Za-z0-9._-]{1,100}$/;

/** `sub` of a token, for `reliedOn`: as it is where the log can hold that, else as its digest. */
export const subjectInLog = (subject: string): string =>
  PLAIN.test(subject)
    ? `SUBJECT:${subject}`
    : `SUBJECT-SHA256:${createHash("sha256").update(subject).digest("hex")}`;
