// Stuurgegevens: from whom to whom a message goes, its own number, and what it is for (StUF 03.01).

import { HUB_TIME_ZONE } from "../kernel/plain-date";
import { notConform } from "./fault";
import { FREE_MESSAGE, LONGEST_REFERENCE, NAMESPACES, type Prefix } from "./names";
import { childOf, elementAt, textAt, type XmlElement } from "./read-xml";
import { element, type Xml } from "./write-xml";

/** A sending or receiving system (zender, ontvanger). */
export interface Party {
  /** OIN of the organisation. */
  readonly organisation: string;
  readonly application: string;
}

/** Stuurgegevens of a free message. */
export interface Stuurgegevens {
  readonly sender: Party;
  readonly receiver: Party;
  /** What a repeat is recognised by; the same each time that the same message is sent. */
  readonly reference: string;
  readonly function: string;
}

const MOMENT = new Intl.DateTimeFormat("en-GB", {
  timeZone: HUB_TIME_ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});
/** tijdstipBericht: from the year down to the second, and thousandths where they are given. */
const TIMESTAMP = /^\d{8}(\d{2}(\d{2}(\d{2}(\d{1,3})?)?)?)?$/;

/** A moment as StUF writes it: 17 digits, by the clock of the Netherlands. */
export function stufMoment(now: Date): string {
  const part = new Map(MOMENT.formatToParts(now).map(({ type, value }) => [type, value]));
  const names = ["year", "month", "day", "hour", "minute", "second", "fractionalSecond"] as const;
  return names.map((name) => part.get(name) ?? "").join("");
}

/** A date as StUF writes it: 8 digits. `date` is YYYY-MM-DD. */
export const stufDate = (date: string): string => date.replaceAll("-", "");

const party = (name: string, { organisation, application }: Party): Xml =>
  element(
    name,
    {},
    element("StUF:organisatie", {}, organisation),
    element("StUF:applicatie", {}, application),
  );

/** `crossReference` is the number of the message that this one answers. */
export function writeStuurgegevens(
  prefix: Prefix,
  code: string,
  { sender, receiver, reference, function: purpose }: Omit<Stuurgegevens, "function"> & { function?: string },
  now: Date,
  crossReference?: string,
): Xml {
  return element(
    `${prefix}:stuurgegevens`,
    {},
    element("StUF:berichtcode", {}, code),
    party("StUF:zender", sender),
    party("StUF:ontvanger", receiver),
    element("StUF:referentienummer", {}, reference),
    element("StUF:tijdstipBericht", {}, stufMoment(now)),
    crossReference === undefined ? undefined : element("StUF:crossRefnummer", {}, crossReference),
    purpose === undefined ? undefined : element("StUF:functie", {}, purpose),
  );
}

const needed = (text: string | undefined, what: string, longest: number): string => {
  if (text === undefined || text.length > longest) throw notConform(what);
  return text;
};

function readParty(from: XmlElement | undefined, name: string): Party {
  const found = childOf(from, NAMESPACES.StUF, name);
  return {
    organisation: needed(textAt(found, NAMESPACES.StUF, "organisatie"), name, 200),
    application: needed(textAt(found, NAMESPACES.StUF, "applicatie"), name, 50),
  };
}

/** Stuurgegevens of a free message in the koppelvlak; throws StufFault on what is missing. */
export function readStuurgegevens(message: XmlElement): Stuurgegevens {
  const found = elementAt(message, NAMESPACES.JZ, "stuurgegevens");
  const at = (name: string): string | undefined => textAt(found, NAMESPACES.StUF, name);
  if (at("berichtcode") !== FREE_MESSAGE) throw notConform("berichtcode");
  const read = {
    sender: readParty(found, "zender"),
    receiver: readParty(found, "ontvanger"),
    reference: needed(at("referentienummer"), "referentienummer", LONGEST_REFERENCE),
    function: needed(at("functie"), "functie", 30),
  };
  if (!TIMESTAMP.test(at("tijdstipBericht") ?? "")) throw notConform("tijdstipBericht");
  if (read.function !== message.name) throw notConform("functie");
  return read;
}
