// Why there is no answer, and what to do about it: what the connection says, in words of its own.

/** No whole answer came. Nothing of what the other side said stands in it but a code. */
export class NoAnswer extends Error {
  /** As the system or the library has it, or TIMEOUT. */
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(`There was no answer (${code}).`, { cause });
    this.name = "NoAnswer";
    this.code = code;
  }
}

const AUTHORITY = "Give the check the authority of the certificate (NODE_EXTRA_CA_CERTS=<file>.pem).";
const NO_WAY = "Nothing answers: let the hub through the firewall, and look at the address.";
const ANSWER_IN_TIME = "Answer every question: look in the log of the subgraph at what it waits for.";
const NO_TLS =
  "Look at the address: what listens there does not speak https. Serve https there, or give the right port.";

const REMEDIES: Readonly<Record<string, string>> = {
  TIMEOUT: ANSWER_IN_TIME,
  UND_ERR_HEADERS_TIMEOUT: ANSWER_IN_TIME,
  UND_ERR_BODY_TIMEOUT: ANSWER_IN_TIME,
  ENOTFOUND: "The name is not known: look at the address, and at the DNS of the machine that checks.",
  EAI_AGAIN: "The name could not be looked up: look at the DNS of the machine that checks.",
  ECONNREFUSED:
    "Nothing listens there: start the subgraph, and look at the port and the address it listens on.",
  ETIMEDOUT: NO_WAY,
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  UND_ERR_CONNECT_TIMEOUT: NO_WAY,
  UND_ERR_SOCKET:
    "The connection was closed before an answer: look in the log of the subgraph, and whether it speaks https there.",
  ECONNRESET:
    "The connection was closed before an answer: look in the log of the subgraph, and whether it asks for a certificate.",
  HTTPParserError: "Look at the port: what listens there does not speak HTTP.",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "The answer is larger than the gateway reads: give no more than is asked.",
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  EPROTO: NO_TLS,
  CERT_HAS_EXPIRED: "Renew the certificate.",
  INVALID_PURPOSE:
    "Let it be a certificate for a server (extended key usage serverAuth), not one of an authority.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Let the certificate carry the name that stands in the address.",
  SELF_SIGNED_CERT_IN_CHAIN: AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "Send the whole chain of the certificate, or give the check its authority (NODE_EXTRA_CA_CERTS=<file>.pem).",
};

const OF_TIME = new Set(["TimeoutError", "AbortError"]);
const OF_CERTIFICATE = /CERT|^INVALID_PURPOSE$|^UNABLE_TO_/;

/** What is to be done about a connection that ended with this code. */
export const remedyOf = (code: string): string =>
  REMEDIES[code] ?? "Look whether the subgraph runs and can be reached from here.";

/** Is it the certificate that does not hold? Otherwise there was no encrypted connection at all. */
export const isOfCertificate = (code: string): boolean => OF_CERTIFICATE.test(code);

/** The code of what went wrong with a connection. */
export function codeOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.code;
  const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: unknown };
  if (typeof name === "string" && OF_TIME.has(name)) return "TIMEOUT";
  if (typeof code === "string") return code;
  if (cause instanceof Error) return codeOf(cause);
  return typeof name === "string" ? name : "UNKNOWN";
}
