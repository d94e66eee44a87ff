// A proxy in front of a subgraph that keeps what was asked of it.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it reached the subgraph. */
export interface Captured {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The whole body, to look for what must not be in it. */
  readonly body: string;
}

/** A running proxy. */
export interface RecordingProxy {
  readonly url: string;
  readonly captured: Captured[];
  stop(): Promise<void>;
}

/** Starts a proxy in front of `target` (the URL of a subgraph's /graphql). */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const captured: Captured[] = [];
  const server = createServer((request, response) => {
    const forward = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const address = new URL(request.url ?? "/", target);
      if (body !== "") captured.push({ ...(JSON.parse(body) as Omit<Captured, "body">), body });
      const answer = await fetch(address, {
        method: request.method ?? "GET",
        headers: { "content-type": "application/json" },
        ...(body === "" ? {} : { body }),
      });
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(await answer.text());
    };
    forward().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    captured,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
