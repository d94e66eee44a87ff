// The port of the door for messages: HTTP, over mutual TLS where that is on. What is no HTTP at all is refused here.

import { createServer, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Logger } from "../../shared/kernel/logger";
import type { TlsFiles } from "../../shared/mutual-tls/tls-files";
import { createMutualTlsServer } from "../../shared/mutual-tls/tls-server";
import { listen, stopListening } from "../door/listen";
import type { UserCheck } from "./check-user";

/** How the door is reached, and by whom. */
export interface MessageDoorSettings {
  readonly host: string;
  readonly port: number;
  /** Mutual TLS, and the name in the certificate of the node that hands messages over. */
  readonly tls?: { readonly files: TlsFiles; readonly peer: string } | undefined;
  /** Check of a UsernameToken, where there is a secret. One of the two there is. */
  readonly user?: UserCheck | undefined;
}

/** Milliseconds in which a message has to be there. */
const REQUEST_TIMEOUT_MS = 10_000;
const WENT_AWAY = ["ECONNRESET", "HPE_INVALID_EOF_STATE"];
const BAD_REQUEST = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const TRY_AGAIN = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/** Whom it tells. */
export interface ListenDeps {
  readonly log: Logger;
  /** Puts on record that something came that could not be read as a request. Rejects when that is not certain. */
  readonly onUnread: (origin: string) => Promise<void>;
}

/** Listens; resolves with where, and what ends it. */
export async function listenForMessages(
  app: RequestListener,
  { host, port, tls }: MessageDoorSettings,
  { log, onUnread }: ListenDeps,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const { server, endWatch } = tls
    ? await createMutualTlsServer(tls.files, app, (error) => {
        log.error({ error }, "the certificate could not be read again; the one that is known goes on");
      })
    : { server: createServer(app), endWatch: () => undefined };
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  const refused = new WeakSet<Duplex>();
  const refuseUnread = async (socket: Socket): Promise<void> => {
    try {
      await onUnread(socket.remoteAddress ?? "unknown");
      socket.end(BAD_REQUEST);
    } catch (error) {
      log.error({ error }, "a refusal could not be recorded");
      socket.end(TRY_AGAIN);
    }
  };
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // What comes after it on the same connection is part of it.
    if (refused.has(socket)) return;
    // Who went away before the end hears nothing, and asked nothing.
    if (WENT_AWAY.includes(error.code ?? "") || !socket.writable) return void socket.destroy();
    refused.add(socket);
    void refuseUnread(socket as Socket);
  });
  const at = await listen(server, host, port);
  log.info({ port: at }, "listening for messages of the chain");
  return {
    port: at,
    stop: async () => {
      endWatch();
      await stopListening(server);
    },
  };
}
