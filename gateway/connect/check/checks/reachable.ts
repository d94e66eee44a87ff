// Is there something at the address, and is the way there closed to others?

import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect } from "node:tls";
import { plainConnections } from "../../../../shared/mutual-tls/connections";
import type { Checked } from "../checked";
import { SCHEMA_QUERY } from "../checked";
import { codeOf, isOfCertificate, NoAnswer, remedyOf } from "../no-answer";
import { createTarget, type Answer } from "../target";
import { failed, notChecked, passed, warned, type Finding } from "../finding";

const DAY_MS = 86_400_000;
/** A certificate that ends within so many days is told. */
const SOON_DAYS = 30;
const TLS_TIMEOUT_MS = 5_000;
const HTTPS_PORT = 443;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
/** From where on a status is of a redirect, of a refusal, and of a server that broke. */
const [MOVED, REFUSED, BROKEN] = [300, 400, 500];
const WEB_PAGE = "text/html";
/** How a connection ends that the other side refuses before there is HTTP. */
const REFUSED_BY_TLS = /^(ERR_SSL_|ECONNRESET$|EPIPE$|UND_ERR_SOCKET$)/;

/** One finding: does the address answer, as GraphQL over HTTP does? */
export async function checkReachable({ target }: Checked): Promise<Finding[]> {
  try {
    return [judged(await target.ask(SCHEMA_QUERY))];
  } catch (error) {
    const code = codeOf(error);
    return [failed("REACHABLE", `There was no answer (${code}).`, remedyOf(code))];
  }
}

const no = (cause: string, remedy: string): Finding => failed("REACHABLE", cause, remedy);

/** Is it an answer of a subgraph, and if not: of what else? */
function judged({ status, body, mediaType }: Answer): Finding {
  if (status === NOT_FOUND) {
    return no(
      "There is a server, and nothing at this path (404).",
      "Give the whole address, such as https://host/graphql.",
    );
  }
  if (status >= MOVED && status < REFUSED) {
    return no(
      `The server sends on to another address (${status}).`,
      "Give the address at which the subgraph itself answers: the gateway follows no other.",
    );
  }
  if (status >= BROKEN) return no(`The server answered ${status}.`, "Look in the log of the subgraph.");
  if (body !== undefined) return passed("REACHABLE");
  return no(
    `The answer (${status}${mediaType === undefined ? "" : `, ${mediaType}`}) is no JSON object.`,
    mediaType === WEB_PAGE
      ? "A web page answers there: look at the port and the path, and at what stands before the subgraph (proxy, sign-in)."
      : "Answer every POST with a JSON object that has `data` or `errors`.",
  );
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** One finding: TLS, and how long its certificate lasts. */
export async function checkTls({ target: { url }, authority }: Checked): Promise<Finding[]> {
  if (url.protocol !== "https:") {
    return LOOPBACK.has(url.hostname)
      ? [
          notChecked(
            "TLS",
            "The address is on this machine and not encrypted.",
            "Check again under the https address that the hub will use.",
          ),
        ]
      : [
          failed(
            "TLS",
            "The address is not encrypted (http).",
            "Serve https, with a certificate that the hub trusts.",
          ),
        ];
  }
  try {
    const certificate = await certificateOf(url, authority);
    const days = Math.floor((Date.parse(certificate.validTo) - Date.now()) / DAY_MS);
    return days < SOON_DAYS
      ? [
          warned(
            "TLS",
            `The certificate ends in ${days} days.`,
            "Renew it, and let it renew itself from now on.",
          ),
        ]
      : [passed("TLS")];
  } catch (error) {
    const code = codeOf(error);
    const what = isOfCertificate(code)
      ? "The certificate does not hold"
      : "There was no encrypted connection";
    return [failed("TLS", `${what} (${code}).`, remedyOf(code))];
  }
}

/** The certificate of the server; rejects when it does not hold. A server that asks for one of ours is not given any. */
async function certificateOf(url: URL, authority: string | undefined): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: url.hostname,
      port: Number(url.port || HTTPS_PORT),
      ...(isIP(url.hostname) === 0 ? { servername: url.hostname } : {}),
      ...(authority === undefined ? {} : { ca: authority }),
    });
    socket.setTimeout(TLS_TIMEOUT_MS, () => socket.destroy(new NoAnswer("TIMEOUT")));
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate) resolve(certificate);
      else reject(new NoAnswer("NO_CERTIFICATE"));
    });
  });
}

/** One finding: over mutual TLS, who comes without a certificate is not answered. */
export async function checkClientCertificate({
  target: { url },
  authority,
  deadlineMs,
}: Checked): Promise<Finding[]> {
  if (authority === undefined) {
    return [
      notChecked(
        "CLIENT_CERTIFICATE",
        "The check has no certificates of its own.",
        "Set SCHAKEL_TLS_DIR to the folder of the gateway's, when the hub uses mutual TLS.",
      ),
    ];
  }
  const stranger = createTarget(url, plainConnections({ connections: 1 }, authority), deadlineMs);
  try {
    const { status } = await stranger.ask(SCHEMA_QUERY);
    return [
      status === FORBIDDEN
        ? passed("CLIENT_CERTIFICATE")
        : failed(
            "CLIENT_CERTIFICATE",
            `A connection without a certificate was answered (${status}).`,
            "Ask every connection for a certificate of the hub's authority, and take that of the gateway alone.",
          ),
    ];
  } catch (error) {
    const code = codeOf(error);
    return [
      REFUSED_BY_TLS.test(code)
        ? passed("CLIENT_CERTIFICATE")
        : notChecked(
            "CLIENT_CERTIFICATE",
            `The connection failed for another reason (${code}).`,
            "Check again when the subgraph answers.",
          ),
    ];
  } finally {
    await stranger.close();
  }
}

const JSON_TYPE = { "content-type": "application/json" };

/** Two findings: only POST is answered, and what is no request is refused without an error of the inside. */
export async function checkDoor({ target }: Checked): Promise<Finding[]> {
  const address = `?query=${encodeURIComponent(SCHEMA_QUERY.query)}`;
  const got = await target.send({
    method: "GET",
    query: address,
    headers: { "apollo-require-preflight": "1" },
  });
  const method = got.text.includes("type Family")
    ? failed(
        "METHOD",
        "A query in the address of a GET was answered.",
        "Answer POST alone: an address stands in logs.",
      )
    : passed("METHOD");
  const bodies = ["", "{", "null", "[]", `[${JSON.stringify(SCHEMA_QUERY)}]`, '{"query": 5}'];
  const faults: string[] = [];
  for (const body of bodies) {
    const { status, text } = await target.send({ method: "POST", headers: JSON_TYPE, body });
    if (status >= 500) faults.push(`${body || "an empty body"} gave ${status}`);
    else if (text.includes("type Family")) faults.push(`${body} was answered`);
  }
  return [
    method,
    faults.length === 0
      ? passed("BODY")
      : failed(
          "BODY",
          `What is no request was not refused: ${faults.join("; ")}.`,
          "Answer 400 to a body that is no JSON object with a `query` text; take no lists of queries.",
        ),
  ];
}
