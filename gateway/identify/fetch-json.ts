// Fetches one small JSON document of an issuer: no redirects, a bound in time and in size.

import { request } from "undici";

/** Largest document that is read; a description or a set of keys has a tenth of it. */
const MOST_BYTES = 256 * 1024;

/** Gets JSON. */
export type FetchJson = (url: URL, signal: AbortSignal) => Promise<unknown>;

/** Gets a JSON document; rejects when it does not come whole, in time, with status 200, and within 256 kB. */
export const fetchJson: FetchJson = async (url, signal) => {
  const { statusCode, body } = await request(url, { signal, headers: { accept: "application/json" } });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`Status ${statusCode}.`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error("Larger than is accepted.");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
};
