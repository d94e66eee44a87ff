// How somebody whom an issuer knows stands in the log when it is their sessions that something is done to.

import { sha256Hex } from "../kernel/sha256";

/** What an entry may hold as it is. */
const PLAIN = /^[A-Za-z0-9._-]{1,100}$/;

/** `sub` of a token, for `reliedOn`: as it is where the log can hold that, else as its digest. */
export const subjectInLog = (subject: string): string =>
  PLAIN.test(subject) ? `SUBJECT:${subject}` : `SUBJECT-SHA256:${sha256Hex(subject)}`;
