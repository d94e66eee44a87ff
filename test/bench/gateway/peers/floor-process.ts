// The floor: a plain HTTP server that makes the calls that a gateway would make, and merges by hand. It knows the work by
// its name, reads no query, checks nothing and records nothing; nothing that answers can do less. Argument: the addresses
// of the subgraphs as JSON. Says its URL when it is ready.

import { Agent, createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { talkToParent } from "../../kit/child";
import type { Ask, ByHand } from "./by-hand";
import { regionByHand } from "./region-by-hand";
import { shopByHand } from "./shop-by-hand";

const WORKS: Readonly<Record<string, ByHand>> = { ...regionByHand, ...shopByHand };

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function asker(urls: Readonly<Record<string, string>>): Ask {
  const agent = new Agent({ keepAlive: true });
  return async (subgraph, query, variables = {}) => {
    const body = JSON.stringify({ query, variables });
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(urls[subgraph] ?? "", { agent, method: "POST", headers }, resolve)
        .once("error", reject)
        .end(body);
    });
    return (JSON.parse(await textOf(answer)) as { data: Record<string, unknown> }).data;
  };
}

function run(urls: Readonly<Record<string, string>>): void {
  const ask = asker(urls);
  const server = createServer((incoming, response) => {
    const reply = async (): Promise<void> => {
      const { operationName, variables } = JSON.parse(await textOf(incoming)) as {
        operationName: string;
        variables: Record<string, unknown>;
      };
      const data = await WORKS[operationName]?.(ask, variables);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data }));
    };
    reply().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1", () => {
    talkToParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {}, async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    });
  });
}

run(JSON.parse(process.argv[2] ?? "{}") as Record<string, string>);
