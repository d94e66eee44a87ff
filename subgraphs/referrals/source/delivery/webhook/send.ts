// Sends one message to an organisation's own system: with a deadline, without redirects, and deaf to what it answers.

import { Agent, request } from "undici";
import type { EndpointSettings } from "./endpoint-settings";
import { headersOf, type Message } from "./message";

/** Why a message was not taken; a closed list, so that nothing of an answer gets anywhere. */
export type SendFault =
  "TIMEOUT" | "NO_CONNECTION" | "STATUS_3XX" | "STATUS_4XX" | "STATUS_5XX" | "STATUS_OTHER" | "GONE";

/** Sends to endpoints. */
export interface Sender {
  /** Undefined when it was taken (2xx). Never rejects. `at` in seconds, by the clock of the database. */
  send(endpoint: EndpointSettings, message: Message, at: number): Promise<SendFault | undefined>;
  /** Ends what is under way, as faults, and all connections. */
  close(): Promise<void>;
}

/** Longest time from begin to end. */
export const SEND_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** Connections to one endpoint. */
const CONNECTIONS = 16;
/** An answer says nothing that counts; of a long one, no more is read than this before the connection ends. */
const MOST_ANSWER_BYTES = 16 * 1024;
const GONE = 410;

/** A sender of its own connections; `timeoutMs` is for tests. */
export function createSender(timeoutMs: number = SEND_TIMEOUT_MS): Sender {
  const agent = new Agent({ connections: CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } });
  const closing = new AbortController();
  return {
    send: async ({ url, secrets }, message, at) => {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const { statusCode, body } = await request(url, {
          dispatcher: agent,
          method: "POST",
          headers: headersOf(message, at, secrets),
          body: message.body,
          signal: AbortSignal.any([closing.signal, timeout]),
        });
        // The status alone decides: an answer that breaks off after it was taken all the same.
        await body.dump({ limit: MOST_ANSWER_BYTES }).catch(() => undefined);
        return faultOf(statusCode);
      } catch (error) {
        return timeout.aborted || isConnectTimeout(error) ? "TIMEOUT" : "NO_CONNECTION";
      }
    },
    close: async () => {
      closing.abort();
      await agent.destroy();
    },
  };
}

function faultOf(status: number): SendFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === GONE) return "GONE";
  if (status >= 300 && status < 400) return "STATUS_3XX";
  if (status >= 400 && status < 500) return "STATUS_4XX";
  return status >= 500 && status < 600 ? "STATUS_5XX" : "STATUS_OTHER";
}

const isConnectTimeout = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === "UND_ERR_CONNECT_TIMEOUT";
