// HTTP to an organisation's system: few connections, no answer without an end, in the encoding that it declares.

import { Agent, request, type Dispatcher } from "undici";
import { CONCURRENT_LIMIT } from "./guard";
import { SourceFailed } from "./source-failure";
import { decodeText } from "./text-encoding";

/** Largest answer, in bytes; a page of a thousand cases is less. */
export const ANSWER_LIMIT = 32 * 1024 * 1024;

/** An answer with its text. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What is asked. */
export interface HttpQuestion {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Asks one system. */
export interface HttpClient {
  /** Rejects when no whole answer came. Any status is an answer. */
  ask(url: URL, question: HttpQuestion): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** A client that never follows a redirect: where data are read is a setting, and nothing that a system says changes it. */
export function createHttpClient(connections = CONCURRENT_LIMIT): HttpClient {
  const agent = new Agent({ connections, pipelining: 1 });
  return {
    async ask(url, { method = "GET", headers = {}, body, signal }) {
      const answer = await request(url, {
        dispatcher: agent,
        method,
        headers: { ...headers },
        signal,
        ...(body === undefined ? {} : { body }),
      });
      const bytes = await readBody(answer);
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: decodeText(bytes, encodingOf(answer.headers["content-type"], bytes)),
      };
    },
    // What is still under way is nobody's any more.
    close: () => agent.destroy(),
  };
}

async function readBody({ body }: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_LIMIT) {
      body.destroy();
      throw new SourceFailed("FAILED", "ANSWER_TOO_LARGE");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Encoding by the header, then by the declaration at the beginning of XML; UTF-8 without either. */
function encodingOf(contentType: string | string[] | undefined, bytes: Buffer): string {
  const declared = /charset="?([^";\s]+)/i.exec(String(contentType ?? ""))?.[1];
  return declared ?? encodingOfXml(bytes) ?? "utf-8";
}

/** The encoding in an XML declaration; undefined without one. */
export function encodingOfXml(bytes: Buffer): string | undefined {
  return /^<\?xml[^>]*\sencoding=["']([^"']+)["']/.exec(bytes.subarray(0, 200).toString("latin1"))?.[1];
}

/** Throws SourceFailed unless the answer is one of success; the text of an error is left behind. */
export function requireSuccess({ status }: HttpAnswer): void {
  if (status >= 200 && status < 300) return;
  if (status === 408 || status === 504) throw new SourceFailed("TIMEOUT", `HTTP_${status}`);
  const isBusy = status === 429 || status === 503;
  throw new SourceFailed(isBusy ? "BUSY" : status >= 500 ? "UNREACHABLE" : "FAILED", `HTTP_${status}`);
}
