// The end of a session reaches the hub: told at once (OpenID Connect Back-Channel Logout 1.0), and again until it is heard.

import type { KoaContextWithOIDC, Provider } from "oidc-provider";
import type { Logger } from "../../kernel/logger";
import { ACCESS_TOKEN_S } from "./lifetimes";
import type { MemoryStore } from "./memory-store";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** A client of the library that is told of the end of sessions; its types leave the method out. */
interface ToldClient {
  readonly clientId: string;
  readonly backchannelLogoutUri?: string | undefined;
  backchannelLogout(worker: string, sid: string): Promise<void>;
}

/** Adds to a provider that the hub hears of every session that ends. Returns what stops the telling. */
export function tellOfEndedSessions(provider: Provider, store: MemoryStore, log: Logger): () => void {
  const waiting = new Set<NodeJS.Timeout>();

  /** Tells again after a pause, for as long as a token of that session can still be valid. */
  const tellAgain = (
    client: ToldClient,
    worker: string,
    sid: string,
    until: number,
    pauseMs: number,
  ): void => {
    if (Date.now() > until) {
      log.error({ client: client.clientId }, "the end of a session was not heard before its tokens expired");
      return;
    }
    const timer = setTimeout(() => {
      waiting.delete(timer);
      client.backchannelLogout(worker, sid).then(
        () => log.info({ client: client.clientId }, "the end of a session was heard"),
        () => tellAgain(client, worker, sid, until, Math.min(pauseMs * 2, LONGEST_PAUSE_MS)),
      );
    }, pauseMs);
    timer.unref();
    waiting.add(timer);
  };
  const notHeard = (error: unknown, client: ToldClient, worker: string, sid: string): void => {
    log.warn({ error, client: client.clientId }, "the end of a session is not heard yet");
    tellAgain(client, worker, sid, Date.now() + ACCESS_TOKEN_S * 1000, FIRST_PAUSE_MS);
  };

  provider.on("backchannel.error", (_ctx, error, client, worker, sid) => {
    notHeard(error, client as unknown as ToldClient, worker, sid);
  });
  const revoked = new WeakMap<KoaContextWithOIDC, string>();
  provider.on("grant.revoked", (ctx, grantId) => {
    revoked.set(ctx, grantId);
  });
  // A refresh token that is withdrawn, and a code or refresh token that comes a second time, end the session that it is of.
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    await next();
    const grantId = revoked.get(ctx);
    // Who signs out in the browser has been told of by the library.
    const uid = grantId === undefined ? undefined : store.sessionOfGrant(grantId);
    const session = uid === undefined ? undefined : await provider.Session.findByUid(uid);
    if (!session) return;
    const { accountId = "", authorizations = {} } = session;
    await session.destroy();
    for (const [clientId, { sid }] of Object.entries(authorizations)) {
      const client = (await provider.Client.find(clientId)) as unknown as ToldClient | undefined;
      if (!client?.backchannelLogoutUri || sid === undefined) continue;
      try {
        await client.backchannelLogout(accountId, sid);
      } catch (error) {
        notHeard(error, client, accountId, sid);
      }
    }
  });
  return () => {
    for (const timer of waiting) clearTimeout(timer);
  };
}
