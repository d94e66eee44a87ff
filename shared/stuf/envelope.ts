// The SOAP 1.1 envelope around a message, with a security header where there is a user, and what stands in one that came.

import { securityHeader, SOAP, type SoapUser } from "../sources/soap/envelope";
import { childOf, elementAt, type XmlElement } from "./read-xml";
import type { Xml } from "./write-xml";

/** An envelope as text. */
export const envelop = (body: Xml, user?: SoapUser, now = new Date()): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${SOAP}">` +
  `${user ? securityHeader(user, now) : ""}<soap:Body>${body.xml}</soap:Body></soap:Envelope>`;

/** The one element in the body of an envelope; undefined where it is no envelope, or holds another number of elements. */
export function bodyIn(document: XmlElement): XmlElement | undefined {
  if (document.namespace !== SOAP || document.name !== "Envelope") return undefined;
  const body = childOf(document, SOAP, "Body");
  return body?.children.length === 1 ? body.children[0] : undefined;
}

/** The message in a body: the element itself, or what stands in the detail of a SOAP fault. */
export function messageIn(body: XmlElement): XmlElement | undefined {
  if (body.namespace !== SOAP || body.name !== "Fault") return body;
  return elementAt(body, "", "detail")?.children[0];
}
