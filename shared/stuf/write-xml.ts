// Writes XML as text that is well-formed whatever it holds: every text and attribute goes through one escape.

import { escapeXml } from "../sources/xml";
import { NAMESPACES } from "./names";

/** XML that was written here. */
export interface Xml {
  readonly xml: string;
}

/** What an element can hold; what is undefined is left out. */
export type Child = Xml | string | undefined;

/** An element; a child that is a string is text. An attribute that is undefined is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): Xml {
  const written = Object.entries(attributes)
    .filter((one): one is [string, string] => one[1] !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join("");
  const inside = children
    .filter((child) => child !== undefined)
    .map((child) => (typeof child === "string" ? escapeXml(child) : child.xml))
    .join("");
  return { xml: inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` };
}

/** An element with a text; undefined without one, for an element that may be left out. */
export const textElement = (
  name: string,
  value: string | null | undefined,
  attributes: Readonly<Record<string, string | undefined>> = {},
): Xml | undefined =>
  value === null || value === undefined || escapeXml(value.trim()) === ""
    ? undefined
    : element(name, attributes, value);

/** Attributes that declare the namespaces of the koppelvlak. */
export const DECLARATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMESPACES).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]),
);
