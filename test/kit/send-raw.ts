// Requests as they are, for what no client would send.

import { Agent, request, type OutgoingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A request; what is left out is that of a plain question. */
export interface RawRequest {
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  readonly localAddress?: string;
}

/** Each request over a connection of its own, so that none waits for another. */
const agent = new Agent({ keepAlive: false });

/** Sends a request and resolves with the answer; also when that comes before all is sent. */
export async function sendRaw({
  port,
  method,
  path,
  headers,
  body,
  localAddress,
}: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const sent = request(
      {
        agent,
        host: "127.0.0.1",
        port,
        method: method ?? "POST",
        path: path ?? "/graphql",
        headers: { "content-type": "application/json", ...headers },
        ...(localAddress === undefined ? {} : { localAddress }),
      },
      (response) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    sent.on("error", (error) => {
      if (!isAnswered) reject(error);
    });
    sent.end(body);
  });
}

/** Opens a connection that says `start` and then one character in a while, until it is ended; resolves when it is. */
export function drip(
  port: number,
  start: string,
  everyMs: number,
): { readonly ended: Promise<void>; stop: () => void } {
  const socket: Socket = connect(port, "127.0.0.1");
  const ended = new Promise<void>((resolve) => {
    socket.on("close", () => {
      resolve();
    });
  });
  socket.on("error", () => undefined);
  socket.resume();
  socket.write(start);
  const timer = setInterval(() => socket.write("a"), everyMs);
  socket.once("close", () => {
    clearInterval(timer);
  });
  return { ended, stop: () => socket.destroy() };
}
