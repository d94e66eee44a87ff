// Reads a SOAP service that gives cases, such as one in the style of StUF: batches of references, a security header.

import { createCaseReader, identityAt, valueAt } from "../case-reader";
import { CONCURRENT_LIMIT, createGuard, type GuardOptions } from "../guard";
import { createHttpClient, requireSuccess } from "../http";
import type { RecordReader } from "../record-reader";
import { bodyOf, toEnvelope } from "./envelope";
import type { SoapAddress, SoapSource } from "./settings";

/** A fault comes with this status, and says in its body that it is one. */
const FAULT_STATUS = 500;

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
  ): Promise<readonly unknown[]> => {
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
    const found = valueAt(bodyOf(answer.text), items);
    // One item looks like the item itself, and none like nothing.
    if (found === undefined || found === null || found === "") return [];
    return Array.isArray(found) ? (found as readonly unknown[]) : [found];
  };

  return createCaseReader(createGuard(options), source.shape, {
    async cases(references, signal) {
      const found = new Map<string, unknown>();
      const { cases, shape } = source;
      for (let at = 0; at < references.length; at += cases.perRequest) {
        const some = references.slice(at, at + cases.perRequest);
        for (const one of await ask(cases, signal, cases.reference, some)) {
          const reference = valueAt(one, shape.reference);
          if (typeof reference === "string") found.set(reference, one);
        }
      }
      return found;
    },
    async identities(_anew, signal) {
      const people = await ask(source.identities, signal);
      return people.flatMap((one) => identityAt(one, source.identities) ?? []);
    },
    async ready(signal) {
      await ask(source.cases, signal);
    },
    close: () => http.close(),
  });
}
