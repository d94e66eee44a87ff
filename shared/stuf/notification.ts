// Reads notificatieDi01: how an inquiry that was asked for stands at the board. A status, never content.

import { notConform } from "./fault";
import { LONGEST_REFERENCE, NAMESPACES, NOTIFICATION } from "./names";
import { childOf, elementAt, textAt, type XmlElement } from "./read-xml";
import { readStuurgegevens, type Stuurgegevens } from "./stuurgegevens";

/** How far the board is (status), in the words of the message. */
export const STATUSES = {
  INTAKE: "intake",
  INQUIRY: "onderzoek",
  CLOSED: "zaak afgerond",
} as const;
export type NotifiedStatus = keyof typeof STATUSES;

/** How it ended (resultaat). */
export const RESULTS = {
  REQUEST_DECLINED: "vto afgewezen",
  NO_PETITION: "geen rekest",
  MEASURE: "maatregel opgelegd",
  NO_MEASURE: "geen maatregel opgelegd",
} as const;
export type NotifiedResult = keyof typeof RESULTS;

/** What the hub reads of a notification. Who it is about is not among it: the case number says which referral. */
export interface Notification extends Stuurgegevens {
  /** Number of the case at the sender of the request; undefined for an inquiry that nobody asked for here. */
  readonly caseNumber: string | undefined;
  readonly status: NotifiedStatus;
  readonly result: NotifiedResult | undefined;
}

/** The code whose words these are, whatever their case and white space. */
function codeOf<T extends Record<string, string>>(words: T, text: string | undefined): keyof T | undefined {
  const plain = text?.toLowerCase().replaceAll(/\s+/g, " ").trim();
  return Object.keys(words).find((code) => words[code] === plain);
}

const { ZKN } = NAMESPACES;

function newestStatus(object: XmlElement): XmlElement {
  const given = object.children.filter((one) => one.namespace === ZKN && one.name === "heeft");
  const dated = given.map((one) => ({ one, on: textAt(one, ZKN, "datumStatusGezet") ?? "" }));
  if (dated.length === 0 || dated.some(({ on }) => !/^\d{8}(\d{2,9})?$/.test(on))) {
    throw notConform("datumStatusGezet");
  }
  return dated.toSorted((one, other) => (one.on < other.on ? -1 : 1)).at(-1)!.one;
}

/** Reads a notification; throws StufFault for a message that is none, or lacks what the standard demands. */
export function readNotification(message: XmlElement): Notification {
  if (message.namespace !== NAMESPACES.JZ || message.name !== NOTIFICATION) throw notConform("bericht");
  const heading = readStuurgegevens(message);
  const object = childOf(message, NAMESPACES.JZ, "object");
  if (object?.attributes.get(`{${NAMESPACES.StUF}}entiteittype`) !== "ZAK") throw notConform("object");
  if (textAt(object, ZKN, "identificatie") === undefined) throw notConform("identificatie");
  if (elementAt(object, ZKN, "heeftBetrekkingOp", "gerelateerde") === undefined) {
    throw notConform("heeftBetrekkingOp");
  }
  const statusWords = textAt(newestStatus(object), ZKN, "gerelateerde", "omschrijving");
  const status = codeOf(STATUSES, statusWords);
  if (status === undefined) throw notConform("status");
  const resultWords = textAt(object, ZKN, "resultaat", "omschrijving");
  const result = codeOf(RESULTS, resultWords);
  if (resultWords !== undefined && result === undefined) throw notConform("resultaat");
  const caseNumber = textAt(object, ZKN, "heeftBetrekkingOpAndere", "gerelateerde", "identificatie");
  if (caseNumber !== undefined && caseNumber.length > LONGEST_REFERENCE) throw notConform("identificatie");
  return { ...heading, caseNumber, status, result };
}
