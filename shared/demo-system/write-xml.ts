// Plain values as XML, the way StUF writes them: a list is its element again and again, and what is not known is said to be.

import { escapeXml } from "../sources/xml";

const NOT_KNOWN = 'xsi:nil="true" StUF:noValue="geenWaarde"';

/** Attributes for the root of a document whose elements may be nil. */
export const XML_NAMESPACES =
  'xmlns:StUF="http://www.egem.nl/StUF/StUF0301" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** An element with a value: an object is its elements, null is nil. */
export function xmlElement(name: string, value: unknown, attributes = ""): string {
  if (Array.isArray(value)) return value.map((one) => xmlElement(name, one)).join("");
  const open = attributes === "" ? name : `${name} ${attributes}`;
  if (value === null || value === undefined) return `<${open} ${NOT_KNOWN}/>`;
  return `<${open}>${contentOf(value)}</${name}>`;
}

function contentOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, one]) => xmlElement(name, one))
    .join("");
}
