// XML -> plain values, by a strict parser. No document type is accepted: without one there are no entities to expand, and
// nothing outside the document that could be read.

import { SaxesParser } from "saxes";
import { SourceFailed } from "./source-failure";

/** Deepest element, and longest text in one, of what a system sends. */
const DEPTH_LIMIT = 64;
const TEXT_LIMIT = 1024 * 1024;

/** Attributes that say that an element is empty on purpose: nothing, or not known. */
const NIL = /(^|:)(nil|noValue)$/;

/**
 * An element as a value: its text when it has no elements inside, null when it is nil, otherwise an object of its elements
 * by local name; one that stands there more than once is a list. Attributes are left out.
 */
export type XmlValue = string | null | XmlValue[] | { [name: string]: XmlValue };

interface Open {
  readonly name: string;
  readonly nil: boolean;
  text: string;
  children: Map<string, XmlValue[]> | undefined;
}

function refuse(code: string): never {
  throw new SourceFailed("FAILED", code);
}

/** Parses a whole document to `{ <name of the root>: value }`; throws SourceFailed (XML) on anything that is not one. */
export function parseXml(text: string): { [name: string]: XmlValue } {
  const parser = new SaxesParser({ xmlns: true });
  const stack: Open[] = [{ name: "", nil: false, text: "", children: undefined }];
  parser.on("error", () => refuse("XML"));
  parser.on("doctype", () => refuse("XML_DOCTYPE"));
  parser.on("opentag", ({ local, attributes }) => {
    if (stack.length > DEPTH_LIMIT) refuse("XML_DEPTH");
    const nil = Object.entries(attributes).some(
      ([name, { value }]) =>
        NIL.test(name) && (name.endsWith("noValue") || value === "true" || value === "1"),
    );
    stack.push({ name: local, nil, text: "", children: undefined });
  });
  const addText = (more: string): void => {
    const at = stack.at(-1);
    if (!at) return;
    at.text += more;
    if (at.text.length > TEXT_LIMIT) refuse("XML_TEXT");
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const closed = stack.pop();
    const parent = stack.at(-1);
    if (!closed || !parent) return;
    parent.children ??= new Map();
    const same = parent.children.get(closed.name) ?? [];
    same.push(valueOf(closed));
    parent.children.set(closed.name, same);
  });
  parser.write(text).close();
  return (valueOf(stack[0]!) ?? {}) as { [name: string]: XmlValue };
}

function valueOf({ nil, text, children }: Open): XmlValue {
  if (nil) return null;
  if (!children) return text.trim();
  return Object.fromEntries(
    Array.from(children, ([name, values]) => [name, values.length === 1 ? (values[0] ?? null) : values]),
  );
}

/** What XML 1.0 can hold (Char): no controls but tab and the ends of lines, no halves of pairs, no non-characters. */
const CHARACTER = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]$/u;
/** What would be read as something else: as markup, or as another white space. */
const MARKUP = /[&<>"'\t\n\r]/;

/** A text for an element or attribute, that reads back as it was; signs that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return Array.from(text, (sign) => {
    if (MARKUP.test(sign)) return `&#${sign.charCodeAt(0)};`;
    return CHARACTER.test(sign) ? sign : "";
  }).join("");
}
