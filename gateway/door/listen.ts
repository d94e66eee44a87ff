// Begins and ends to listen.

import type { Server } from "node:http";
import type { Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** Listens; resolves with the port, which the system chooses for 0. Rejects when it is taken. */
export async function listen(http: Server | TlsServer, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, host, resolve);
  });
  return (http.address() as AddressInfo).port;
}

/** Listens no more, and ends the connections that there are. */
export async function stopListening(http: Server | TlsServer): Promise<void> {
  http.closeIdleConnections();
  await new Promise<void>((resolve) => {
    http.close(() => {
      resolve();
    });
    http.closeAllConnections();
  });
}
