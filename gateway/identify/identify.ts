// The door: bearer token -> requester, Purpose header -> purpose, traceparent -> trace id.

import { randomBytes } from "node:crypto";
import { Purpose, isCode } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import { toTraceId, type TraceId } from "../../shared/kernel/ids";
import type { Requester } from "../../shared/kernel/requester";
import { purposesOpenTo } from "../privacy/purposes";
import type { TokenVerifier } from "./token";

/** Headers of a request, names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Who asks, for what. */
export interface Identified {
  readonly requester: Requester;
  readonly purpose: Purpose;
}

const single = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
const ONLY_ZEROS = /^0+$/;

/** The trace id of the caller (W3C Trace Context), or a new one. */
export function traceIdOf(headers: Headers): TraceId {
  const given = TRACE_PARENT.exec(single(headers["traceparent"]) ?? "")?.[1];
  return toTraceId(given && !ONLY_ZEROS.test(given) ? given : randomBytes(16).toString("hex"));
}

/** The span of the caller (W3C Trace Context); undefined when the caller does not trace. */
export function callerSpanOf(headers: Headers): string | undefined {
  const [, traceId, spanId] = TRACE_PARENT.exec(single(headers["traceparent"]) ?? "") ?? [];
  return traceId && spanId && !ONLY_ZEROS.test(traceId) && !ONLY_ZEROS.test(spanId) ? spanId : undefined;
}

/**
 * Identifies a request. Throws TOKEN_REQUIRED and the codes of the verifier; PURPOSE_REQUIRED and PURPOSE_NOT_OPEN
 * list in `purposes` which ones are open to this requester.
 */
export async function identify(headers: Headers, verify: TokenVerifier): Promise<Identified> {
  const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(single(headers["authorization"]) ?? "")?.[1];
  if (!token) throw new SchakelError("TOKEN_REQUIRED");
  const requester = await verify(token);
  const purposes = purposesOpenTo(requester.workerFunction);
  const purpose = single(headers["purpose"]);
  if (purpose === undefined || purpose === "") throw new SchakelError("PURPOSE_REQUIRED", { purposes });
  if (!isCode(Purpose, purpose) || !purposes.includes(purpose)) {
    throw new SchakelError("PURPOSE_NOT_OPEN", { purposes });
  }
  return { requester, purpose };
}
