// Sends a message to the node of the chain: with a deadline, over mutual TLS where that is set, and deaf to all of an answer but
// whether it was taken, or by which code refused.

import { request } from "undici";
import type { Logger } from "../../kernel/logger";
import { openConnections, type Connections } from "../../mutual-tls/connections";
import type { TlsFiles } from "../../mutual-tls/tls-files";
import { readAnswer } from "../../stuf/answers";
import { envelop } from "../../stuf/envelope";
import { soapAction } from "../../stuf/names";
import type { Xml } from "../../stuf/write-xml";
import type { InquiryResult } from "./inquiry-order";

/** Where messages go. */
export interface MessageAddress {
  readonly url: URL;
  /** Files of mutual TLS; without them the server alone is verified, or nobody. */
  readonly tls?: TlsFiles | undefined;
  /** Name and secret of a UsernameToken; without it no security header goes along. */
  readonly user?: { readonly name: string; readonly password: string } | undefined;
}

/** Sends messages. */
export interface MessageSender {
  /** Never rejects. */
  send(kind: string, message: Xml, reference: string): Promise<InquiryResult>;
  close(): Promise<void>;
}

/** Longest time from begin to end; the gateway waits a little longer. */
export const MESSAGE_TIMEOUT_MS = 10_000;
/** An answer of the standard is a few hundred signs. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** A sender over connections of its own. Rejects with a TlsFilesError when the files cannot be used. */
export async function createMessageSender(
  { url, tls, user }: MessageAddress,
  log: Logger,
  timeoutMs = MESSAGE_TIMEOUT_MS,
): Promise<MessageSender> {
  const options = { connections: 8, keepAliveTimeout: 10_000, maxResponseSize: MOST_ANSWER_BYTES };
  const connections: Connections = await openConnections(tls, options, (error) => {
    log.error({ error }, "the certificate could not be read again; the one that is known goes on");
  });
  return {
    async send(kind, message, reference) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const { dispatcher } = await connections.current();
        const { body } = await request(url, {
          dispatcher,
          method: "POST",
          headers: { "content-type": "text/xml; charset=utf-8", soapaction: `"${soapAction(kind)}"` },
          body: envelop(message, user),
          signal: timeout,
        });
        // Whatever the status: a fault comes with 500, and a node on the way may give it another.
        const answer = readAnswer(await body.text(), reference);
        return answer.said === "UNCLEAR" ? { said: "NOT_TAKEN", why: "UNCLEAR" } : answer;
      } catch (error) {
        const late = timeout.aborted || (error as { code?: unknown }).code === "UND_ERR_CONNECT_TIMEOUT";
        const tooLong = (error as { code?: unknown }).code === "UND_ERR_RES_EXCEEDED_MAX_SIZE";
        return { said: "NOT_TAKEN", why: late ? "TIMEOUT" : tooLong ? "UNCLEAR" : "NO_CONNECTION" };
      }
    },
    close: () => connections.close(),
  };
}
