// Waits on this machine for the browser to come back from the issuer (RFC 8252, 7.3).

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { APP_REDIRECT_PATH } from "../demo-issuer/clients";
import { both, markup, page } from "../demo-issuer/html";
import { SignInError } from "./sign-in-error";

/** What waits. */
export interface BrowserReturn {
  readonly redirectUri: string;
  /** Resolves with the address that the browser came back to; rejects with a SignInError after the time. */
  answer(state: string, patienceMs: number): Promise<URL>;
  stop(): void;
}

const RETURNED = page(
  "Terug naar Schakel",
  markup`<h1>${both("U kunt dit venster sluiten.", "You may close this window.")}</h1>
    <p>${both("Schakel gaat verder waar u het begon.", "Schakel goes on where you started it.")}</p>`,
);

/** Listens on a port that the system chooses, for this machine alone. */
export async function awaitBrowser(): Promise<BrowserReturn> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return {
    redirectUri: `${origin}${APP_REDIRECT_PATH}`,
    answer: async (state, patienceMs) =>
      await new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new SignInError("Nobody signed in; the wait is over."));
        }, patienceMs);
        server.on("request", (request, response) => {
          const url = new URL(request.url ?? "/", origin);
          // Another state is not the answer to our question, whoever sends it; ours may still come.
          if (
            request.method !== "GET" ||
            url.pathname !== APP_REDIRECT_PATH ||
            url.searchParams.get("state") !== state
          ) {
            response.writeHead(404, { connection: "close" }).end();
            return;
          }
          clearTimeout(timer);
          response.writeHead(200, { "content-type": "text/html; charset=utf-8", connection: "close" });
          response.end(RETURNED, () => resolve(url));
        });
      }),
    stop,
  };
}
