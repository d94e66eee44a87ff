// The envelope of a question (SOAP 1.1), with the security header, and the body of an answer.

import { createHash, randomBytes } from "node:crypto";
import { SourceFailed } from "../source-failure";
import { escapeXml, parseXml, type XmlValue } from "../xml";
import type { SoapAddress } from "./settings";

/** Namespace of SOAP 1.1. */
export const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
/** Where the namespaces and types of WS-Security begin. */
export const WSS = "http://docs.oasis-open.org/wss/2004/01";
/** Namespace of the security header. */
export const SECEXT = `${WSS}/oasis-200401-wss-wssecurity-secext-1.0.xsd`;
/** Namespace of its moments. */
export const UTILITY = `${WSS}/oasis-200401-wss-wssecurity-utility-1.0.xsd`;
/** Type of a password that is given as a digest. */
export const DIGEST = `${WSS}/oasis-200401-wss-username-token-profile-1.0#PasswordDigest`;
const BASE64 = `${WSS}/oasis-200401-wss-soap-message-security-1.0#Base64Binary`;
const NONCE_BYTES = 16;

/** Base64 of SHA-1 over nonce, moment and password (UsernameToken Profile 1.1, 3.1): the password itself never travels. */
export function passwordDigest(nonce: Buffer, created: string, password: string): string {
  return createHash("sha1").update(nonce).update(created).update(password).digest("base64");
}

/** Who asks, by a UsernameToken. */
export type SoapUser = NonNullable<SoapAddress["user"]>;

/** A security header for one message. */
export function securityHeader({ name, password }: SoapUser, now: Date): string {
  const nonce = randomBytes(NONCE_BYTES);
  const created = now.toISOString();
  return (
    `<soap:Header><wsse:Security soap:mustUnderstand="1" xmlns:wsse="${SECEXT}" xmlns:wsu="${UTILITY}">` +
    `<wsse:UsernameToken><wsse:Username>${escapeXml(name)}</wsse:Username>` +
    `<wsse:Password Type="${DIGEST}">${passwordDigest(nonce, created, password)}</wsse:Password>` +
    `<wsse:Nonce EncodingType="${BASE64}">${nonce.toString("base64")}</wsse:Nonce>` +
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security></soap:Header>`
  );
}

/** A question: its element with any number of elements of one name, each with a text. */
export interface SoapQuestion {
  readonly namespace: string;
  readonly question: string;
  readonly element?: string;
  readonly values?: readonly string[];
}

/** The text of an envelope. */
export function toEnvelope(
  { namespace, question, element = "", values = [] }: SoapQuestion,
  user: SoapAddress["user"],
  now = new Date(),
): string {
  const inside = values.map((value) => `<q:${element}>${escapeXml(value)}</q:${element}>`).join("");
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${SOAP}">` +
    `${user ? securityHeader(user, now) : ""}<soap:Body>` +
    `<q:${question} xmlns:q="${escapeXml(namespace)}">${inside}</q:${question}>` +
    `</soap:Body></soap:Envelope>`
  );
}

const isParts = (value: XmlValue | undefined): value is { [name: string]: XmlValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands in the body of an answer. Throws SourceFailed on a fault, of which the text is left behind. */
export function bodyOf(text: string): { [name: string]: XmlValue } {
  const { Envelope: envelope } = parseXml(text);
  const body = isParts(envelope) ? envelope["Body"] : undefined;
  if (!isParts(body)) throw new SourceFailed("FAILED", "NO_BODY");
  if (Object.hasOwn(body, "Fault")) throw new SourceFailed("FAILED", "SOAP_FAULT");
  return body;
}
