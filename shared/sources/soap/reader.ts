// Reads a SOAP service that gives cases, such as one in the style of StUF: batches of references, a security header.

import { createCaseReader, identityAt, requireReference, valueAt } from "../case-reader";
import { CONCURRENT_LIMIT, createGuard, type GuardOptions } from "../guard";
import { createHttpClient, requireSuccess } from "../http";
import type { RecordReader } from "../record-reader";
import { SourceFailed } from "../source-failure";
import { bodyOf, toEnvelope } from "./envelope";
import type { SoapAddress, SoapSource } from "./settings";

/** A fault comes with this status, and says in its body that it is one. */
const FAULT_STATUS = 500;

/** Most parts in which everybody comes: a service that goes on is going round in circles. */
const PART_LIMIT = 10_000;

/** A reader over the service at `address`. */
export function createSoapReader(
  source: SoapSource,
  address: SoapAddress,
  options: GuardOptions = {},
): RecordReader {
  const http = createHttpClient(options.concurrent ?? CONCURRENT_LIMIT);

  const ask = async (
    { question, action, items }: { question: string; action: string; items: string },
    signal: AbortSignal,
    element?: string,
    values: readonly string[] = [],
  ): Promise<{ readonly body: unknown; readonly found: readonly unknown[] }> => {
    const asked = {
      namespace: source.namespace,
      question,
      values,
      ...(element === undefined ? {} : { element }),
    };
    const answer = await http.ask(new URL(address.url), {
      method: "POST",
      signal,
      headers: { "content-type": "text/xml; charset=utf-8", soapaction: `"${action}"` },
      body: toEnvelope(asked, address.user),
    });
    if (answer.status !== FAULT_STATUS || !/Fault/.test(answer.text)) requireSuccess(answer);
    const body = bodyOf(answer.text);
    // A message that is another one, such as the fault of StUF (Fo02Bericht), is no answer in which nobody stands.
    if (!Object.hasOwn(body, items.split(".")[0] ?? "")) throw new SourceFailed("FAILED", "NO_ANSWER");
    const item = valueAt(body, items);
    // One item looks like the item itself, and none like nothing.
    const none = item === undefined || item === null || item === "";
    return { body, found: none ? [] : Array.isArray(item) ? (item as readonly unknown[]) : [item] };
  };

  return createCaseReader(createGuard(options), source.shape, {
    async cases(references, signal) {
      const found = new Map<string, unknown>();
      const { cases, shape } = source;
      for (let at = 0; at < references.length; at += cases.perRequest) {
        const some = references.slice(at, at + cases.perRequest);
        for (const one of (await ask(cases, signal, cases.reference, some)).found) {
          found.set(requireReference(valueAt(one, shape.reference)), one);
        }
      }
      return found;
    },
    async identities() {
      const { identities } = source;
      const seen = new Set<string>();
      let after: string | undefined;
      let isDone = false;
      return {
        async next(signal) {
          if (isDone) return undefined;
          const values = after === undefined ? [] : [after];
          const { body, found } = await ask(identities, signal, identities.next?.question, values);
          const given = identities.next && valueAt(body, identities.next.answer);
          after = typeof given === "string" && given !== "" ? given : undefined;
          isDone = after === undefined;
          if (after !== undefined && (seen.has(after) || seen.size === PART_LIMIT)) {
            throw new SourceFailed("FAILED", "ENDLESS_PAGES");
          }
          if (after !== undefined) seen.add(after);
          return found.map((one) => identityAt(one, identities));
        },
      };
    },
    async ready(signal) {
      await ask(source.cases, signal);
    },
    close: () => http.close(),
  });
}
