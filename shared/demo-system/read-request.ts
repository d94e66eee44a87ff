// The body of a request to a system of the demo.

import type { IncomingMessage } from "node:http";

/** Largest question, in bytes. */
const QUESTION_LIMIT = 1024 * 1024;

/** The text of the body; rejects when it is larger than any question. */
export async function readRequest(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > QUESTION_LIMIT) throw new RangeError("A question that is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
