// Checks that the keys of subjects are those that entries were sealed under, and that a destroyed one was destroyed on record.

import { createDecipheriv } from "node:crypto";
import type { ClientBase } from "pg";
import { bytesOf, subjectKeyId, type Value } from "./format";
import type { Faults } from "./faults";
import { readAll } from "./rows";

interface LivingKey {
  readonly type: string;
  readonly key: Buffer;
  /** What is sealed in an entry of this subject. */
  readonly sealed: string;
}

/** A key that was destroyed, with the entry that says so. */
export interface DestroyedKey {
  readonly id: string;
  readonly at: string;
  readonly position: number;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const READ_KEYS = `select id, subject_type, subject_id, family_id, key,
  to_char(destroyed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), destroyed_position
from access_log.subject_key`;

/** The keys of a log. */
export class SubjectKeyCheck {
  readonly #living = new Map<string, LivingKey>();
  readonly #faults: Faults;
  readonly destroyed = new Map<string, DestroyedKey>();
  /** Destroyed keys that something still stands under. */
  readonly destroyedInUse = new Set<string>();
  /** Keys about which something was said; each is said once. */
  readonly #told = new Set<string>();
  /** Keys that do not follow from their own row. */
  readonly #changed = new Set<string>();

  private constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Reads all keys; each is held against its own id at once. */
  static async read(client: ClientBase, faults: Faults): Promise<SubjectKeyCheck> {
    const check = new SubjectKeyCheck(faults);
    for (const [id, type, subject, family = null, key, at, position] of await readAll(client, READ_KEYS)) {
      if (!id) continue;
      if (key && type && subject) {
        const bytes = bytesOf(key);
        const sealed = JSON.stringify({ type, id: subject, family });
        check.#living.set(id, { type, key: bytes, sealed });
        if (subjectKeyId(bytes, type, subject, family) !== id) check.#changed.add(id);
      } else if (at && position) {
        check.destroyed.set(id, { id, at, position: Number(position) });
      }
    }
    return check;
  }

  /** Keys that do not follow from their row and that no entry named so far. */
  get unnamed(): string[] {
    return [...this.#changed].filter((id) => !this.#told.has(id));
  }

  /** Checks the subject of an entry, or of one of its lines (then nothing is sealed). */
  check(position: number, batch: number, keyId: Value, type: Value, sealed: Value): void {
    if (keyId === null || this.#told.has(keyId)) return;
    const living = this.#living.get(keyId);
    if (!living) {
      if (this.destroyed.has(keyId)) {
        this.destroyedInUse.add(keyId);
        return;
      }
      this.#say(
        "KEY_MISSING",
        position,
        batch,
        keyId,
        `The key ${keyId} of the subject of entry ${position} is gone.`,
      );
    } else if (
      this.#changed.has(keyId) ||
      living.type !== type ||
      (sealed !== null && !opens(sealed, living))
    ) {
      const text = `The key ${keyId} is not the one that the subject of entry ${position} was sealed under, or not of that subject.`;
      this.#say("KEY_CHANGED", position, batch, keyId, text);
    }
  }

  #say(
    kind: "KEY_MISSING" | "KEY_CHANGED",
    position: number,
    batch: number,
    keyId: string,
    text: string,
  ): void {
    this.#told.add(keyId);
    this.#faults.add(kind, position, batch, text);
  }
}

function opens(sealed: string, { key, sealed: expected }: LivingKey): boolean {
  const bytes = bytesOf(sealed);
  if (bytes.length <= IV_BYTES + TAG_BYTES) return false;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const opened = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8");
  try {
    return opened + decipher.final("utf8") === expected;
  } catch {
    return false;
  }
}
