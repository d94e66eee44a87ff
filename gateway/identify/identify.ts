// The door: bearer token -> requester, Purpose header -> purpose, traceparent -> trace id.

import { Purpose, isCode } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import { toTraceId, type TraceId } from "../../shared/kernel/ids";
import { takeRandomBytes } from "../../shared/kernel/random-bytes";
import type { Requester } from "../../shared/kernel/requester";
import { purposesOpenTo } from "../privacy/purposes";
import type { SignedIn } from "./read-claims";
import type { TokenVerifier } from "./token";

/** Headers of a request, names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

const single = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
const ONLY_ZEROS = /^0+$/;

/** The trace id of the caller (W3C Trace Context), or a new one. */
export function traceIdOf(headers: Headers): TraceId {
  const given = TRACE_PARENT.exec(single(headers["traceparent"]) ?? "")?.[1];
  return toTraceId(given && !ONLY_ZEROS.test(given) ? given : takeRandomBytes(16).toString("hex"));
}

/** The span of the caller (W3C Trace Context); undefined when the caller does not trace. */
export function callerSpanOf(headers: Headers): string | undefined {
  const [, traceId, spanId] = TRACE_PARENT.exec(single(headers["traceparent"]) ?? "") ?? [];
  return traceId && spanId && !ONLY_ZEROS.test(traceId) && !ONLY_ZEROS.test(spanId) ? spanId : undefined;
}

/**
 * Who asks, as the bearer token says; `certificate` is the thumbprint of what the client showed, where that is known. Throws
 * TOKEN_REQUIRED, the codes of the verifier, and TOKEN_INVALID (`cnf`) for a token that is bound to another certificate.
 */
export async function identifyRequester(
  headers: Headers,
  verify: TokenVerifier,
  certificate: string | undefined,
): Promise<SignedIn> {
  const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(single(headers["authorization"]) ?? "")?.[1];
  if (!token) throw new SchakelError("TOKEN_REQUIRED");
  const signedIn = await verify(token);
  if (signedIn.certificate !== undefined && signedIn.certificate !== certificate) {
    throw new SchakelError("TOKEN_INVALID", { reason: "cnf" });
  }
  return signedIn;
}

/**
 * For what the request is made, as its header says. Throws PURPOSE_REQUIRED and PURPOSE_NOT_OPEN, which list in
 * `purposes` which ones are open to this requester.
 */
export function purposeOf(headers: Headers, requester: Requester): Purpose {
  const purposes = purposesOpenTo(requester.workerFunction);
  const purpose = single(headers["purpose"]);
  if (purpose === undefined || purpose === "") throw new SchakelError("PURPOSE_REQUIRED", { purposes });
  if (!isCode(Purpose, purpose) || !purposes.includes(purpose)) {
    throw new SchakelError("PURPOSE_NOT_OPEN", { purposes });
  }
  return purpose;
}
