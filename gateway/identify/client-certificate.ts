// The certificate that a client showed to the proxy before the gateway: what a token can be bound to (RFC 8705).

import { X509Certificate } from "node:crypto";
import type { RequestHandler, Response } from "express";
import { thumbprintOf } from "../../shared/mutual-tls/tls-files";

/** Where the thumbprint stands of a request. */
const CERTIFICATE = "clientCertificate";
/** Far longer than any certificate. */
const MOST_CHARACTERS = 16_384;
/** As RFC 9440 writes it: DER in base64, between colons. */
const STRUCTURED = /^:([A-Za-z0-9+/]+={0,2}):$/;

/** Does a proxy that is trusted stand at the other end of this connection? */
export type IsProxy = (address: string) => boolean;

/** The certificate in a header: as RFC 9440 has it (`Client-Cert`), or as PEM with percent signs; undefined when it is none. */
function certificateIn(value: string): X509Certificate | undefined {
  if (value.length > MOST_CHARACTERS) return undefined;
  const der = STRUCTURED.exec(value)?.[1];
  try {
    return new X509Certificate(der === undefined ? decodeURIComponent(value) : Buffer.from(der, "base64"));
  } catch {
    return undefined;
  }
}

/**
 * Reads the certificate out of this header, of requests that a trusted proxy passes on; of any other connection the header means
 * nothing. The proxy MUST take the header away from what a client sends itself.
 */
export function readClientCertificate(header: string | undefined, isProxy: IsProxy): RequestHandler {
  const name = header?.toLowerCase();
  return ({ headers, socket }, response, next) => {
    const value = name === undefined ? undefined : headers[name];
    if (typeof value === "string" && isProxy(socket.remoteAddress ?? "")) {
      const certificate = certificateIn(value);
      if (certificate) response.locals[CERTIFICATE] = thumbprintOf(certificate);
    }
    next();
  };
}

/** The thumbprint (x5t#S256) of the client's certificate; undefined where the gateway knows of none. */
export const clientCertificateOf = ({ locals }: Pick<Response, "locals">): string | undefined =>
  locals[CERTIFICATE] as string | undefined;
