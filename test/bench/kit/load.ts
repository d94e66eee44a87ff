// Asks the same thing over and over, several at a time, and takes the time of each.

import { setTimeout } from "node:timers/promises";
import { Agent } from "undici";
import { post, readAddress, type PostAddress } from "../../../gateway/federate/post";
import { BenchError } from "./benchmark";
import type { Sample } from "./samples";

/** An answer with status 503: who was asked cannot keep up, and gave nothing. */
export class RefusedForNow extends BenchError {}

/** Milliseconds that whoever was refused waits. */
const AFTER_REFUSAL_MS = 200;

/** Sends one request and resolves when all of its answer is there; rejects when it is not the answer it should be. */
export type Send = () => Promise<void>;

/** How hard, and for how long. */
export interface Load {
  /** How many requests are under way at once. */
  readonly concurrency: number;
  readonly forMs: number;
  /** Gives up. */
  readonly signal: AbortSignal;
  /** Ends it before the time is over. */
  readonly until?: AbortSignal;
  /** Told of each request that was refused for now; without it the first of them ends everything. */
  readonly onRefused?: () => void;
}

/** Sends until the time is over; a request that was begun is finished. Rejects with the first that fails. */
export async function applyLoad(
  send: Send,
  { concurrency, forMs, signal, until, onRefused }: Load,
): Promise<Sample> {
  const latencies: number[] = [];
  const begun = performance.now();
  const keepAsking = async (): Promise<void> => {
    for (let now = performance.now(); now < begun + forMs;) {
      signal.throwIfAborted();
      if (until?.aborted === true) return;
      const isAnswered = await answered(send, onRefused);
      const done = performance.now();
      if (isAnswered) latencies.push(done - now);
      now = done;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, keepAsking));
  return { latencies, seconds: (performance.now() - begun) / 1000 };
}

/** Sends; false when it was refused for now, and the pause that is asked for is over. */
async function answered(send: Send, onRefused: Load["onRefused"]): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (!onRefused || !(error instanceof RefusedForNow)) throw error;
    onRefused();
    await setTimeout(AFTER_REFUSAL_MS);
    return false;
  }
}

/** A request as it is sent each time. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A client with connections of its own, which stay open. */
export interface Poster {
  /** Resolves with the text of an answer with status 200; rejects with a BenchError for any other. */
  post(what: Post): Promise<string>;
  close(): Promise<void>;
}

/** Milliseconds after which a gateway will not answer any more. */
const DEADLINE_MS = 300_000;

/** Makes a client that does as little as it can: what it takes of the machine is not there for what is measured. */
export function createPoster(connections: number): Poster {
  const agent = new Agent({ connections, pipelining: 1, keepAliveTimeout: 60_000 });
  const addresses = new Map<string, PostAddress>();
  const addressOf = (url: string): PostAddress => {
    const known = addresses.get(url) ?? readAddress(url);
    addresses.set(url, known);
    return known;
  };
  return {
    post: async ({ url, headers, body }) => {
      const { status, text } = await post(agent, addressOf(url), { headers, body, deadlineMs: DEADLINE_MS });
      if (status === 503) throw new RefusedForNow("A request was refused for now (503).");
      if (status !== 200) throw new BenchError(`A request was answered with ${status}.`);
      return text;
    },
    close: async () => agent.destroy(),
  };
}
