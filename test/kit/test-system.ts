// A system of an organisation for tests: a real server that answers as a test says, and can be slow, cut off, or gone.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What came in. */
export interface SystemRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What goes out; text is sent as UTF-8. */
export interface SystemAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Before the first byte, in ms. */
  readonly after?: number;
  /** Ends the connection when half of the body was sent. */
  readonly cut?: boolean;
}

/** A running system. */
export interface TestSystem {
  readonly url: string;
  readonly asked: SystemRequest[];
  /** Most requests that were under way at a time. */
  readonly most: () => number;
  answerWith(answer: (request: SystemRequest) => SystemAnswer): void;
  stop(): Promise<void>;
}

/** Starts one, on a free port unless one is given. */
export async function startTestSystem(port = 0): Promise<TestSystem> {
  const asked: SystemRequest[] = [];
  let answer: (request: SystemRequest) => SystemAnswer = () => ({ status: 404 });
  let now = 0;
  let most = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: SystemRequest = {
      method: request.method ?? "",
      url: new URL(request.url ?? "/", "http://127.0.0.1"),
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(one);
    const { status = 200, headers = {}, body = "", after = 0, cut = false } = answer(one);
    await sleep(after);
    const bytes = Buffer.from(body as string);
    response.writeHead(status, { "content-length": String(bytes.length), ...headers });
    if (!cut) response.end(bytes);
    else response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  };
  const server = createServer((request, response) => {
    most = Math.max(most, ++now);
    response.on("close", () => now--);
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    most: () => most,
    answerWith: (next) => {
      answer = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
