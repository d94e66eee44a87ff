// A server in the place of a subgraph that answers whatever a test says: the source that nobody should trust.

import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the gateway asked of the fake. */
export interface AskedOfFake {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Gives the body to answer with: an object becomes JSON, text goes as it is, undefined leaves it to the function. */
export type FakeReply = (asked: AskedOfFake, response: ServerResponse) => unknown;

/** A running fake. */
export interface FakeSource {
  readonly url: string;
  /** What was asked since the last `answerWith`. */
  readonly asked: readonly AskedOfFake[];
  answerWith(reply: FakeReply): void;
  stop(): Promise<void>;
}

/** The answer to a fetch of entities: one object per subject that was asked, in each group. */
export function entitiesAnswer(
  { variables }: AskedOfFake,
  make: (subject: { readonly __typename: string; readonly id: string }) => unknown,
): { data: Record<string, unknown[]> } {
  const groups = Object.entries(variables).filter(([name]) => name.startsWith("_schakel_r"));
  return {
    data: Object.fromEntries(
      groups.map(([name, subjects]) => [
        `g${name.slice("_schakel_r".length)}`,
        (subjects as { __typename: string; id: string }[]).map(make),
      ]),
    ),
  };
}

/** Starts a fake that answers nothing useful until it is told what. */
export async function startFakeSource(): Promise<FakeSource> {
  let asked: AskedOfFake[] = [];
  let reply: FakeReply = () => ({});
  const server = createServer((request, response) => {
    const handle = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString()) as AskedOfFake;
      asked.push(body);
      const answer = reply(body, response);
      if (answer === undefined) return;
      if (!response.headersSent)
        response.writeHead(response.statusCode, { "content-type": "application/json" });
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    };
    // It says that it is ready, also where a gateway waits for it.
    if (request.method === "GET") response.end("{}");
    else handle().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    get asked() {
      return asked;
    },
    answerWith: (next) => {
      asked = [];
      reply = next;
    },
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
