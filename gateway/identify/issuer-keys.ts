// The public keys of one issuer, found by its description (OpenID Connect Discovery 1.0) and kept for a while. jose fetches a
// key set as well, but refuses everybody when a set is old and the issuer is away; here known keys go on for a bounded time.
//
// Three moments count. After half of `refreshSeconds` the keys are asked again beside the work; after all of it, before it: so
// long can a key go on that the issuer took away. A key that is not known is asked for at once, but there is one question a
// second at most, and who comes too early waits for the next: so a new key is accepted from its first token, and a flood of
// invented keys costs the issuer nothing. After `keptSeconds` without an answer, nothing is known any more.

import { setTimeout as sleep } from "node:timers/promises";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, type LocalJWKSet } from "jose";
import { z } from "zod";
import { SchakelError } from "../../shared/kernel/errors";
import { fetchJson, type FetchJson } from "./fetch-json";
import type { Issuer } from "./issuer";

/** Milliseconds that an issuer may take for its description and keys together. */
const FETCH_TIMEOUT_MS = 2_000;
/** Milliseconds between two questions to one issuer. */
const COOL_DOWN_MS = 1_000;
/** Milliseconds until an issuer that did not answer is asked again, while its known keys go on. */
const RETRY_MS = 5_000;
/** Requests that may wait for the keys of one issuer. */
const MOST_WAITING = 200;

const Description = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const KeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(100),
});

/** What the keys of an issuer are fetched with; a clock and a fetcher of their own are for tests. */
export interface KeyDeps {
  /** Demand https of the issuer and of its keys. */
  readonly secure: boolean;
  readonly fetchJson?: FetchJson;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

interface KnownKeys {
  readonly select: LocalJWKSet;
  /** When they were asked for. */
  readonly at: number;
}

/** Where the description of an issuer is (OpenID Connect Discovery 1.0, 4.1). */
export const descriptionUrl = (issuer: string): URL =>
  new URL(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);

const unreachable = (cause?: unknown): SchakelError => new SchakelError("ISSUER_UNREACHABLE", {}, { cause });

async function loadKeys(issuer: string, secure: boolean, get: FetchJson): Promise<LocalJWKSet> {
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const description = Description.parse(await get(descriptionUrl(issuer), signal));
  if (description.issuer !== issuer) throw new Error("The description is of another issuer.");
  const url = new URL(description.jwks_uri);
  if (secure && url.protocol !== "https:") throw new Error("The keys are not behind https.");
  const { keys } = KeySet.parse(await get(url, signal));
  return createLocalJWKSet({ keys } as JSONWebKeySet);
}

/**
 * A function that finds the key by which a token of this issuer was signed. It throws ISSUER_UNREACHABLE when that cannot be
 * known now, and the errors of jose when the issuer has no such key.
 */
export function createIssuerKeys(
  issuer: Pick<Issuer, "issuer" | "keysRefreshSeconds" | "keysKeptSeconds">,
  { secure, fetchJson: get = fetchJson, now = () => performance.now() }: KeyDeps,
): JWTVerifyGetKey {
  const refreshMs = issuer.keysRefreshSeconds * 1000;
  const keptMs = issuer.keysKeptSeconds * 1000;
  let known: KnownKeys | undefined;
  let triedAt = -Infinity;
  let failing = false;
  let next: Promise<void> | undefined;
  let waiting = 0;

  const fetchOnce = async (): Promise<void> => {
    const at = now();
    triedAt = at;
    try {
      const select = await loadKeys(issuer.issuer, secure, get);
      // Of two questions that crossed, the later one counts.
      if (!known || at > known.at) known = { select, at };
      failing = false;
    } catch (error) {
      failing = true;
      throw unreachable(error);
    }
  };

  const fetchAfterCoolDown = async (): Promise<void> => {
    await sleep(Math.max(0, triedAt + COOL_DOWN_MS - now()), undefined, { ref: false });
    next = undefined;
    await fetchOnce();
  };

  /** The next question; it has not begun yet, so its answer is of a moment after now. */
  const nextFetch = (): Promise<void> => {
    next ??= fetchAfterCoolDown();
    return next;
  };

  const awaitNext = async (): Promise<void> => {
    if (waiting >= MOST_WAITING) throw unreachable();
    waiting += 1;
    try {
      await nextFetch();
    } finally {
      waiting -= 1;
    }
  };

  const refreshBeside = (): void => {
    if (!failing || now() - triedAt >= RETRY_MS) nextFetch().catch(() => undefined);
  };

  /** Keys that are not too old; throws ISSUER_UNREACHABLE when there are none. */
  const currentKeys = async (): Promise<KnownKeys> => {
    const age = known ? now() - known.at : Infinity;
    if (age >= keptMs) await awaitNext();
    else if (age >= refreshMs && !failing) await awaitNext().catch(() => undefined);
    else if (age >= refreshMs / 2) refreshBeside();
    if (!known) throw unreachable();
    return known;
  };

  return async (header, token) => {
    const { select } = await currentKeys();
    try {
      return await select(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    await awaitNext();
    if (!known) throw unreachable();
    return known.select(header, token);
  };
}
