// What one demo issuer remembers: sessions, codes and tokens, in memory, apart from every other issuer. A restart forgets.

import type { Adapter, AdapterPayload } from "oidc-provider";

/** Entries of one kind; the oldest make room, so that nobody fills the memory by asking. */
const MOST_ENTRIES = 5_000;

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Entries of one kind ("Session", "AuthorizationCode"); the library checks expiry and consumption itself as well. */
class MemoryAdapter implements Adapter {
  readonly #entries = new Map<string, Entry>();

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.#entries.delete(id);
    if (this.#entries.size >= MOST_ENTRIES) this.#makeRoom();
    const expiresAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000;
    this.#entries.set(id, { payload, expiresAt });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.#entries.get(id);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findWhere((payload) => payload.uid === uid);
  }

  /** The first entry that is still valid and for which this holds. */
  findWhere(holds: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    const now = Date.now();
    for (const { payload, expiresAt } of this.#entries.values()) {
      if (expiresAt > now && holds(payload)) return payload;
    }
    return undefined;
  }

  /** Codes for devices are not given. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.#entries.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.#entries) if (payload.grantId === grantId) this.#entries.delete(id);
  }

  #makeRoom(): void {
    const now = Date.now();
    for (const [id, { expiresAt }] of this.#entries) if (expiresAt <= now) this.#entries.delete(id);
    for (const id of this.#entries.keys()) {
      if (this.#entries.size < MOST_ENTRIES) return;
      this.#entries.delete(id);
    }
  }
}

/** All that one issuer remembers. */
export interface MemoryStore {
  /** The store of one kind of entry. */
  readonly adapter: (kind: string) => Adapter;
  /** Id (`uid`) of the session in which this grant was given, if it goes on. */
  readonly sessionOfGrant: (grantId: string) => string | undefined;
}

/** A store that is empty. */
export function memoryStore(): MemoryStore {
  const adapters = new Map<string, MemoryAdapter>();
  const adapter = (kind: string): MemoryAdapter => {
    const known = adapters.get(kind) ?? new MemoryAdapter();
    adapters.set(kind, known);
    return known;
  };
  return {
    adapter,
    sessionOfGrant: (grantId) =>
      adapter("Session").findWhere(({ authorizations = {} }) =>
        Object.values(authorizations).some((one) => one.grantId === grantId),
      )?.uid,
  };
}
