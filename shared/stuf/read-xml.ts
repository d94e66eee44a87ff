// Reads a message into elements with their namespaces, strictly and with an end to everything: no document type, so no entities
// of its own; no depth, number of elements or text beyond what a message of the standard has.

import { SaxesParser } from "saxes";

/** An element. Attributes are by `{namespace}name`, or `name` where they have no namespace. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without what stands around it; empty for an element that holds elements. */
  readonly text: string;
}

/** Why a text is no message. */
export type XmlFault = "XML" | "XML_DOCTYPE" | "XML_DEPTH" | "XML_ELEMENTS" | "XML_TEXT";

/** Thrown for a text that is no message; says nothing of what stands in it. */
export class NotXml extends Error {
  override name = "NotXml";
  readonly fault: XmlFault;

  constructor(fault: XmlFault) {
    super("The text is no message.");
    this.fault = fault;
  }
}

const DEPTH_LIMIT = 32;
const ELEMENT_LIMIT = 10_000;
const ATTRIBUTE_LIMIT = 20;

interface Open {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const refuse = (fault: XmlFault): never => {
  throw new NotXml(fault);
};

/** The root of a document; throws NotXml. `textLimit` is the longest text of one element, in characters. */
export function readDocument(text: string, textLimit: number): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on("error", () => refuse("XML"));
  parser.on("doctype", () => refuse("XML_DOCTYPE"));
  // Instructions mean nothing in a message, and some readers act on them.
  parser.on("processinginstruction", () => refuse("XML"));
  parser.on("opentag", ({ local, uri, attributes }) => {
    elements += 1;
    if (elements > ELEMENT_LIMIT) refuse("XML_ELEMENTS");
    if (stack.length >= DEPTH_LIMIT) refuse("XML_DEPTH");
    const own = Object.values(attributes).filter(
      ({ prefix, name }) => prefix !== "xmlns" && name !== "xmlns",
    );
    if (own.length > ATTRIBUTE_LIMIT) refuse("XML_ELEMENTS");
    stack.push({
      namespace: uri,
      name: local,
      attributes: new Map(
        own.map((one) => [one.uri === "" ? one.local : `{${one.uri}}${one.local}`, one.value]),
      ),
      children: [],
      text: "",
    });
  });
  const add = (more: string): void => {
    const at = stack.at(-1);
    if (!at) return;
    at.text += more;
    if (at.text.length > textLimit) refuse("XML_TEXT");
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    const closed = stack.pop();
    if (!closed) return;
    const { children, text: own, ...rest } = closed;
    const made: XmlElement = { ...rest, children, text: children.length > 0 ? "" : own.trim() };
    const parent = stack.at(-1);
    if (parent) parent.children.push(made);
    else root = made;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof NotXml) throw error;
    refuse("XML");
  }
  return root ?? refuse("XML");
}

/** The first child of that name in that namespace. */
export const childOf = (
  parent: XmlElement | undefined,
  namespace: string,
  name: string,
): XmlElement | undefined => parent?.children.find((one) => one.name === name && one.namespace === namespace);

/** The element at a path of children, all in one namespace. */
export const elementAt = (
  from: XmlElement | undefined,
  namespace: string,
  ...names: readonly string[]
): XmlElement | undefined => names.reduce((at, name) => childOf(at, namespace, name), from);

/** The text at a path; undefined where there is none, or where the element says that it has no value. */
export function textAt(
  from: XmlElement | undefined,
  namespace: string,
  ...names: readonly string[]
): string | undefined {
  const found = elementAt(from, namespace, ...names);
  return found === undefined || found.text === "" ? undefined : found.text;
}
