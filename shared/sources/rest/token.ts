// An access token by client credentials (RFC 6749, 4.4): one at a time, used again until shortly before it expires.

import { z } from "zod";
import { requireSuccess, type HttpClient } from "../http";
import { SourceFailed } from "../source-failure";
import type { ClientCredentials } from "./settings";

/** How long before its end a token is not used any more, in ms. */
const EARLY_MS = 10_000;
/** Life of a token of which the server does not say it, in seconds. */
const LIFE_SECONDS = 60;

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive().default(LIFE_SECONDS),
});

/** Gives tokens for one system. */
export interface TokenHolder {
  get(signal: AbortSignal): Promise<string>;
  /** The system refused this token: the next one is a new one. */
  drop(token: string): void;
}

/** A holder of tokens; however many ask at the same time, the server is asked once. */
export function createTokenHolder(
  http: HttpClient,
  client: ClientCredentials,
  now: () => number = () => performance.now(),
): TokenHolder {
  let held: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;

  const fetchToken = async (signal: AbortSignal): Promise<string> => {
    const begun = now();
    const answer = await http.ask(new URL(client.tokenUrl), {
      method: "POST",
      signal,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
        // Both parts are encoded before they are put together (RFC 6749, 2.3.1).
        authorization: `Basic ${Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`).toString("base64")}`,
      },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        ...(client.scope === undefined ? {} : { scope: client.scope }),
      }).toString(),
    });
    requireSuccess(answer);
    const parsed = TokenAnswer.safeParse(parseJson(answer.text));
    if (!parsed.success) throw new SourceFailed("FAILED", "NO_TOKEN");
    const { access_token: token, expires_in: seconds } = parsed.data;
    held = { token, until: begun + seconds * 1_000 - EARLY_MS };
    return token;
  };

  return {
    async get(signal) {
      if (held && now() < held.until) return held.token;
      asking ??= fetchToken(signal).finally(() => {
        asking = undefined;
      });
      return await asking;
    },
    drop(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

/** The value of a JSON text; throws SourceFailed without the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SourceFailed("FAILED", "NO_JSON");
  }
}
