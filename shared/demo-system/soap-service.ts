// A plain SOAP 1.1 service, such as a case system in the style of StUF has: a security header on each question, an answer or
// a fault.

import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { escapeXml, parseXml, type XmlValue } from "../sources/xml";
import { readRequest } from "./read-request";

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
const STUF = "http://www.egem.nl/StUF/StUF0301";
/** How far the moment of a question may be from now, and how long its nonce is remembered. */
const FRESH_MS = 5 * 60 * 1_000;

/** What stands in a message: a text or number, nothing, parts by name, or a list of what stands there more than once. */
export type Message =
  string | number | boolean | null | readonly Message[] | { readonly [name: string]: Message };

/** What a service offers. */
export interface SoapService {
  readonly path: string;
  readonly namespace: string;
  /** Its own description, a WSDL document; there is none without it. */
  readonly description?: string;
  /** Name of the question -> its answer; `asked` gives the texts of the elements of a name in it. */
  readonly operations: Readonly<
    Record<string, (asked: (element: string) => readonly string[]) => Promise<Message>>
  >;
}

/** Who may ask. */
export interface SoapUser {
  readonly name: string;
  readonly password: string;
}

/** Why there is no answer; told to whoever asked. */
class SoapFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers for a service. */
export function createSoapService(service: SoapService, user: SoapUser): RequestListener {
  const requireUser = createUserCheck(user);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://system");
    if (url.pathname !== service.path) return void response.writeHead(404).end();
    if (request.method === "GET" && url.searchParams.has("wsdl") && service.description !== undefined) {
      return void response.writeHead(200, { "content-type": "text/xml" }).end(service.description);
    }
    if (request.method !== "POST") return void response.writeHead(405, { allow: "POST" }).end();
    const asked = partsOf(parseQuestion(await readRequest(request))["Envelope"]);
    requireUser(partsOf(partsOf(asked["Header"])["Security"]));
    const [[name, question] = ["", null]] = Object.entries(partsOf(asked["Body"]));
    const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
    if (!operation) throw new SoapFault("soap:Client", "There is no such question.");
    const elements = partsOf(question);
    send(response, 200, toXml(await operation((element) => textsOf(elements[element])), service.namespace));
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      const fault =
        error instanceof SoapFault ? error : new SoapFault("soap:Server", "Something went wrong.");
      if (response.headersSent) response.destroy();
      else {
        const text = `<soap:Fault><faultcode>${fault.code}</faultcode><faultstring>${escapeXml(fault.message)}</faultstring></soap:Fault>`;
        send(response, 500, text);
      }
    });
  };
}

function parseQuestion(text: string): Record<string, XmlValue> {
  try {
    return parseXml(text);
  } catch {
    throw new SoapFault("soap:Client", "This is not XML.");
  }
}

const partsOf = (value: XmlValue | undefined): Record<string, XmlValue> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

const textsOf = (value: XmlValue | undefined): string[] =>
  [value].flat().filter((one) => typeof one === "string");

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** UsernameToken with a digest (OASIS UsernameToken Profile 1.1): fresh, not seen before, and of who knows the password. */
function createUserCheck({ name, password }: SoapUser): (security: Record<string, XmlValue>) => void {
  const seen = new Map<string, number>();
  return (security) => {
    const token = partsOf(security["UsernameToken"]);
    const [nonce = "", created = "", given = "", asWhom = ""] = [
      "Nonce",
      "Created",
      "Password",
      "Username",
    ].map((one) => textsOf(token[one])[0]);
    const now = Date.now();
    for (const [one, at] of seen) if (now - at > 2 * FRESH_MS) seen.delete(one);
    const wanted = createHash("sha1")
      .update(Buffer.from(nonce, "base64"))
      .update(created + password)
      .digest("base64");
    const isRight = timingSafeEqual(digest(`${asWhom} ${given}`), digest(`${name} ${wanted}`));
    if (!isRight || !(Math.abs(now - Date.parse(created)) < FRESH_MS) || seen.has(nonce)) {
      throw new SoapFault("soap:Client", "The security token could not be authenticated.");
    }
    seen.set(nonce, now);
  };
}

/** Elements of a message, the outermost in a namespace; what is not there says so in the way of StUF. */
function toXml(message: Message, namespace?: string): string {
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    return escapeXml(String(message ?? ""));
  }
  const about = namespace === undefined ? "" : ` xmlns="${escapeXml(namespace)}" xmlns:StUF="${STUF}"`;
  return Object.entries(message)
    .flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
    .map(([name, value]) =>
      value === null
        ? `<${name}${about} StUF:noValue="geenWaarde"/>`
        : `<${name}${about}>${toXml(value)}</${name}>`,
    )
    .join("");
}

function send(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { "content-type": "text/xml; charset=utf-8" })
    .end(
      `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${SOAP}"><soap:Body>${body}</soap:Body></soap:Envelope>`,
    );
}
