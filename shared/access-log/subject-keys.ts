// The keys of subjects, as a writer holds them: asked of the database once, kept for a while, never made here.

import type { ClientBase } from "pg";
import { nameOf, type LogSubject } from "./subject";

/** A key with its id, under which the subject stands in the log. */
export interface SubjectKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Keys that are kept; the least recently used go first. */
const MOST_KEPT = 20_000;

const TAKE_KEYS = `select subject_type as type, subject_id as subject, family_id as family, id, key
from access_log.take_subject_keys($1::json)`;

/** Gives the key of each subject; makes those that are missing. */
export class SubjectKeys {
  readonly #kept = new Map<string, SubjectKey>();

  /** The keys of all these subjects, by their names, by way of one question at most. Rejects with the driver's error. */
  async take(
    client: Pick<ClientBase, "query">,
    subjects: ReadonlyMap<string, LogSubject>,
  ): Promise<ReadonlyMap<string, SubjectKey>> {
    const taken = new Map<string, SubjectKey>();
    const missing: LogSubject[] = [];
    for (const [name, subject] of subjects) {
      const kept = this.#kept.get(name);
      if (kept) taken.set(name, kept);
      else missing.push(subject);
    }
    for (const [name, key] of taken) this.#keep(name, key);
    if (missing.length > 0) {
      for (const [name, key] of await ask(client, missing)) {
        taken.set(name, key);
        this.#keep(name, key);
      }
    }
    return taken;
  }

  /** Forgets everything: a key was destroyed, so what is kept may be stale. */
  forget(): void {
    this.#kept.clear();
  }

  #keep(name: string, key: SubjectKey): void {
    this.#kept.delete(name);
    this.#kept.set(name, key);
    if (this.#kept.size <= MOST_KEPT) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}

async function ask(
  client: Pick<ClientBase, "query">,
  subjects: readonly LogSubject[],
): Promise<Map<string, SubjectKey>> {
  const wanted = subjects.map(({ type, id, familyId }) => ({
    subject_type: type,
    subject_id: id,
    family_id: familyId,
  }));
  const { rows } = await client.query<{
    type: LogSubject["type"];
    subject: string;
    family: string | null;
    id: string;
    key: Buffer;
  }>({ name: "take-subject-keys", text: TAKE_KEYS, values: [JSON.stringify(wanted)] });
  return new Map(
    rows.map(({ type, subject, family, id, key }) => [
      nameOf({ type, id: subject, familyId: family }),
      { id, key },
    ]),
  );
}
