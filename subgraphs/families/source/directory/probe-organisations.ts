// How the subgraph of an organisation is right now, as it says itself: asked at most once in a few seconds.

import { request } from "undici";
import { z } from "zod";
import type { Connections } from "../../../../shared/mutual-tls/connections";

/** How a connected service is (toestand). */
export const OrganisationHealth = {
  /** Antwoordt, en zijn bron ook */
  READY: "READY",
  /** Antwoordt, maar zijn bron niet */
  NOT_READY: "NOT_READY",
  /** Antwoordt niet */
  UNREACHABLE: "UNREACHABLE",
  /** Antwoordt, maar zegt niet hoe het met hem is */
  UNKNOWN: "UNKNOWN",
} as const;
export type OrganisationHealth = keyof typeof OrganisationHealth;

/** What a service said of itself. */
export interface Probed {
  readonly health: OrganisationHealth;
  /** Null when it says none. */
  readonly version: string | null;
}

/** Asks how an organisation's subgraph is; never rejects. */
export type OrganisationProbe = (code: string) => Promise<Probed>;

/** Milliseconds that a service has to say how it is. */
const PROBE_TIMEOUT_MS = 1_000;
/** Milliseconds for which what was said stands for everybody who asks. */
const PROBE_KEPT_MS = 5_000;
/** Bytes of an answer that are read; a longer one tells no version. */
const MOST_ANSWER_BYTES = 4_096;
const READY = 200;
const NOT_READY = 503;

/** A version is a name, not a sentence: it is shown to whoever asks. */
const Version = z.object({ version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}$/) });

/** A probe of the subgraphs at `urls` (code -> URL of its GraphQL); each answers `GET /ready` beside it. */
export function createProbe(
  urls: ReadonlyMap<string, string>,
  connections: Connections,
  now: () => number = Date.now,
): OrganisationProbe {
  const known = new Map<string, { readonly at: number; readonly probed: Promise<Probed> }>();
  return async (code) => {
    const before = known.get(code);
    if (before && now() - before.at < PROBE_KEPT_MS) return before.probed;
    const probed = probeOnce(urls.get(code), connections);
    known.set(code, { at: now(), probed });
    return probed;
  };
}

async function probeOnce(url: string | undefined, connections: Connections): Promise<Probed> {
  if (url === undefined) return { health: "UNKNOWN", version: null };
  try {
    const { dispatcher } = await connections.current();
    const { statusCode, body } = await request(new URL("/ready", url), {
      dispatcher,
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    return { health: healthOf(statusCode), version: versionIn(await readSome(body)) };
  } catch {
    return { health: "UNREACHABLE", version: null };
  }
}

function healthOf(status: number): OrganisationHealth {
  switch (status) {
    case READY:
      return "READY";
    case NOT_READY:
      return "NOT_READY";
    default:
      return "UNKNOWN";
  }
}

async function readSome(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function versionIn(text: string): string | null {
  try {
    return Version.parse(JSON.parse(text)).version;
  } catch {
    return null;
  }
}
