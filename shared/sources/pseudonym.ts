// The pseudonym of a person at one organisation: the only way in which hub and source speak of the same person.

import { createHmac } from "node:crypto";

/** A secret key of one organisation for pseudonyms; `version` tells which key made a pseudonym. */
export interface PseudonymKey {
  readonly version: number;
  readonly secret: Buffer;
}

/** Whom a pseudonym stands for: a BSN, or without one (unborn child) the place in a case file. */
export type PseudonymSubject =
  { readonly bsn: string } | { readonly caseReference: string; readonly number: number };

/** base64url of HMAC-SHA-256 over "bsn:<BSN>", or over "case:<case reference>:<number>" for a person without BSN. */
export function pseudonymOf(key: PseudonymKey, subject: PseudonymSubject): string {
  const text = "bsn" in subject ? `bsn:${subject.bsn}` : `case:${subject.caseReference}:${subject.number}`;
  return createHmac("sha256", key.secret).update(text).digest("base64url");
}
