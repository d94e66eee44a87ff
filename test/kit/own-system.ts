// An organisation's own system for tests: a real server that checks signatures with the library that receivers use, and
// takes each message once, by its id.

import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

/** How it behaves: as it should; or with a status; or it never answers; or it cuts the connection, before or after it took the message. */
export type Mood = "WELL" | number | "HANGS" | "CUTS" | "TAKES_AND_CUTS";

/** One message as it came in. */
export interface Incoming {
  readonly id: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A system that a test started. */
export interface OwnSystem {
  readonly url: string;
  /** Key file content: with it the hub signs. */
  readonly secrets: readonly string[];
  mood: Mood;
  /** Every message that came with a good signature, each time that it came. */
  readonly incoming: Incoming[];
  /** What it made of them: an effect for each id, once. */
  readonly effects: Map<string, Record<string, unknown>>;
  /** Messages with a signature that is not good. */
  refused: number;
  stop(): Promise<void>;
}

/** A secret as Standard Webhooks writes it. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
};

/** Starts one; `secrets` are those of the hub, of which it knows the last alone. */
export async function startOwnSystem(secrets: readonly string[] = [newSecret()]): Promise<OwnSystem> {
  const webhook = new Webhook(secrets.at(-1) ?? "");
  const take = (request: IncomingMessage, body: string): boolean => {
    const headers = request.headers as Record<string, string>;
    try {
      webhook.verify(body, headers);
    } catch {
      system.refused += 1;
      return false;
    }
    const id = String(headers["webhook-id"]);
    system.incoming.push({ id, headers, body });
    return true;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    const good = take(request, body);
    const { mood } = system;
    const id = String(request.headers["webhook-id"]);
    const takesIt = good && (mood === "WELL" || mood === "TAKES_AND_CUTS");
    if (takesIt && !system.effects.has(id)) system.effects.set(id, JSON.parse(body));
    if (!good) response.writeHead(401).end();
    else if (mood === "CUTS" || mood === "TAKES_AND_CUTS") request.socket.destroy();
    else if (typeof mood === "number")
      response.writeHead(mood, { location: "/elsewhere" }).end("secret words");
    else if (mood === "WELL") response.writeHead(204).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const system: OwnSystem = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`,
    secrets,
    mood: "WELL",
    incoming: [],
    effects: new Map(),
    refused: 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  return system;
}
