// The pseudonym of a person at one organisation: the only way in which hub and source speak of the same person.

import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";

/** The secret key of one organisation for pseudonyms; `version` tells which key made a pseudonym. */
export interface PseudonymKey {
  readonly version: number;
  readonly secret: Buffer;
}

/** Whom a pseudonym stands for: a BSN, or without one (unborn child) the place in a case file. */
export type PseudonymSubject =
  { readonly bsn: string } | { readonly caseReference: string; readonly number: number };

/** Bytes of a key: as long as the output of SHA-256. */
const KEY_BYTES = 32;

const KeyFile = z.object({
  version: z.number().int().min(1),
  key: z.string().regex(/^[A-Za-z0-9_-]+$/),
});

/** base64url of HMAC-SHA-256 over "bsn:<BSN>", or over "case:<case reference>:<number>" for a person without BSN. */
export function pseudonymOf(key: PseudonymKey, subject: PseudonymSubject): string {
  const text = "bsn" in subject ? `bsn:${subject.bsn}` : `case:${subject.caseReference}:${subject.number}`;
  return createHmac("sha256", key.secret).update(text).digest("base64url");
}

/** Reads a key file `{"version":1,"key":"<base64url of 32 bytes>"}`; the errors name the file, never what is in it. */
export async function readPseudonymKey(path: string): Promise<PseudonymKey> {
  const unusable = (why: string): Error => new Error(`Pseudonym key ${path} ${why}.`);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw unusable(`cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown cause"})`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw unusable("is not JSON");
  }
  const parsed = KeyFile.safeParse(content);
  const secret = parsed.success ? Buffer.from(parsed.data.key, "base64url") : undefined;
  if (!parsed.success || secret?.length !== KEY_BYTES) {
    throw unusable(`must hold {"version": number, "key": base64url of ${KEY_BYTES} bytes}`);
  }
  return { version: parsed.data.version, secret };
}
