// Slow and many: a connection has its time to say what it wants, and no address has all connections.

import type { Server } from "node:http";
import type { Socket } from "node:net";
import { addressGroup } from "./address-group";

/** How long and how many. */
export interface ConnectionLimits {
  /** Connections of one gateway. */
  readonly connections: number;
  /** Of those, for one address. */
  readonly connectionsPerAddress: number;
  /** Milliseconds within which the headers of a request must be there. */
  readonly headersMs: number;
  /** Milliseconds within which a whole request must be there. */
  readonly requestMs: number;
  /** Milliseconds without anything sent or taken after which a connection ends. */
  readonly idleMs: number;
}

export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = {
  connections: 1_000,
  connectionsPerAddress: 300,
  headersMs: 5_000,
  requestMs: 10_000,
  idleMs: 75_000,
};

/** How often connections are looked at, in milliseconds; they end at most so much later. */
const LOOK_EVERY_MS = 1_000;
/** Headers of one request; those of a browser are about twenty. */
const MOST_HEADERS = 60;
const MOST_HEADER_BYTES = 16_384;

/** Options of the HTTP server that belong to the limits. */
export const serverOptions = (limits: ConnectionLimits) => ({
  headersTimeout: limits.headersMs,
  requestTimeout: limits.requestMs,
  connectionsCheckingInterval: LOOK_EVERY_MS,
  maxHeaderSize: MOST_HEADER_BYTES,
});

/** Bounds the connections of a server. `proxies` are addresses that speak for others, and have no bound of their own. */
export function boundConnections(
  http: Server,
  limits: ConnectionLimits,
  isProxy: (address: string) => boolean,
): void {
  http.maxConnections = limits.connections;
  http.maxHeadersCount = MOST_HEADERS;
  http.timeout = limits.idleMs;
  const open = new Map<string, number>();
  http.on("connection", (socket: Socket) => {
    const { remoteAddress = "" } = socket;
    if (isProxy(remoteAddress)) return;
    const address = addressGroup(remoteAddress);
    const many = (open.get(address) ?? 0) + 1;
    if (many > limits.connectionsPerAddress) {
      socket.destroy();
      return;
    }
    open.set(address, many);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
