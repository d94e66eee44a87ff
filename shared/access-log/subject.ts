// Whom an entry is about, and how that is sealed under the key of the subject.

import { createCipheriv, createDecipheriv } from "node:crypto";
import type { NewAccessLogEntry } from "./access-log-entry";
import { takeRandomBytes } from "../kernel/random-bytes";

/** A subject as the log knows it. */
export interface LogSubject {
  readonly type: "FAMILY" | "PERSON";
  /** Pseudonym in the hub, or the id that was asked for. */
  readonly id: string;
  /** Family that the subject was looked at as part of; null when nobody has such an id. */
  readonly familyId: string | null;
}

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The subject of an entry; undefined when it has none. Throws a TypeError for half of one: a type without an id, or the reverse. */
export function subjectOf({ subjectType, subjectId, familyId }: NewAccessLogEntry): LogSubject | undefined {
  if (subjectType === "NONE" && subjectId === null) return undefined;
  if (subjectType === "NONE" || subjectId === null)
    throw new TypeError("A subject has a type and an id, or neither.");
  return { type: subjectType, id: subjectId, familyId };
}

/** The name of a subject among others: equal for those that have one key. */
export const nameOf = ({ type, id, familyId }: LogSubject): string => `${type}\n${id}\n${familyId ?? ""}`;

/** Seals a subject under its key of 32 bytes: iv, tag, ciphertext (docs/access-log-format.md). */
export function sealSubject({ type, id, familyId }: LogSubject, key: Buffer): Buffer {
  const iv = takeRandomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv);
  const sealed = [cipher.update(JSON.stringify({ type, id, family: familyId })), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]);
}

/** Opens what was sealed; throws when the key is another one or a byte was changed. */
export function openSubject(sealed: Buffer, key: Buffer): LogSubject {
  const opened = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  opened.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = Buffer.concat([opened.update(sealed.subarray(IV_BYTES + TAG_BYTES)), opened.final()]);
  const { type, id, family } = JSON.parse(text.toString()) as {
    type: LogSubject["type"];
    id: string;
    family: string | null;
  };
  return { type, id, familyId: family };
}
