// Who is at the other end of a connection over mutual TLS.

import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { thumbprintOf } from "./tls-files";

/** The client of a connection, of which the authority was checked when the connection was made. */
export interface Peer {
  /** Thumbprint (x5t#S256) of its certificate. */
  readonly thumbprint: string;
  /** Is the certificate still valid, and is this one of its names (subjectAltName, DNS)? */
  isNow(name: string): boolean;
}

const known = new WeakMap<TLSSocket, Peer>();

/** The peer of a socket; undefined where the connection is not TLS, or shows no certificate. */
export function peerOf(socket: Socket): Peer | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const peer = known.get(socket) ?? readPeer(socket);
  // Read once: a kept connection carries thousands of requests.
  if (peer) known.set(socket, peer);
  return peer;
}

function readPeer(socket: TLSSocket): Peer | undefined {
  const certificate = socket.authorized ? socket.getPeerX509Certificate() : undefined;
  if (!certificate) return undefined;
  const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  return {
    thumbprint: thumbprintOf(certificate),
    // A connection may outlive the certificate that it was made with.
    isNow: (name) => from <= Date.now() && Date.now() <= until && isNamed(certificate, name),
  };
}

/** Names in the subject do not count, and neither does a pattern. */
const isNamed = (certificate: X509Certificate, name: string): boolean =>
  certificate.checkHost(name, { subject: "never", wildcards: false, partialWildcards: false }) !== undefined;
