// Acknowledgements and faults (bevestigings- en foutberichten) of StUF 03.01: written to who sent something here, and read of who
// was sent something.

import { envelop, bodyIn, messageIn } from "./envelope";
import { FAULT_CODES, type StufFault } from "./fault";
import { NAMESPACES } from "./names";
import { NotXml, readDocument, textAt } from "./read-xml";
import { writeStuurgegevens, type Party } from "./stuurgegevens";
import { element, type Xml } from "./write-xml";

/** From whom to whom an answer goes, its own number, and that of what it answers. */
export interface AnswerHeading {
  readonly sender: Party;
  readonly receiver: Party;
  readonly reference: string;
  readonly crossReference: string;
}

const STUF = { "xmlns:StUF": NAMESPACES.StUF } as const;

const heading = (code: string, { crossReference, ...rest }: AnswerHeading, now: Date): Xml =>
  writeStuurgegevens("StUF", code, rest, now, crossReference);

/** A Bv03: the message was taken. */
export const writeTaken = (answer: AnswerHeading, now: Date): string =>
  envelop(element("StUF:Bv03Bericht", STUF, heading("Bv03", answer, now)));

/**
 * A Fo03 in a SOAP fault: the message was refused. `answer` is undefined where nobody knows yet whose message it was; then
 * its stuurgegevens hold the code alone.
 */
export function writeRefused(fault: StufFault, answer: AnswerHeading | undefined, now: Date): string {
  const { place, sentence } = FAULT_CODES[fault.code];
  const message = element(
    "StUF:Fo03Bericht",
    STUF,
    answer
      ? heading("Fo03", answer, now)
      : element("StUF:stuurgegevens", {}, element("StUF:berichtcode", {}, "Fo03")),
    element(
      "StUF:body",
      {},
      element("StUF:code", {}, fault.code),
      element("StUF:plek", {}, place),
      element("StUF:omschrijving", {}, sentence),
      element("StUF:details", {}, fault.detail),
    ),
  );
  return envelop(
    element(
      "soap:Fault",
      {},
      element("faultcode", {}, place === "client" ? "soap:Client" : "soap:Server"),
      element("faultstring", {}, sentence),
      element("detail", {}, message),
    ),
  );
}

/** What a receiver said to a message: taken; refused with its code; or nothing that can be understood. */
export type ReadAnswer =
  | { readonly said: "TAKEN" }
  | { readonly said: "REFUSED"; readonly code: string }
  | { readonly said: "UNCLEAR" };

/** Bv03 of the receiver, Bv04 of a node on the way; some answer with the Bv01 or Bv02 of other kinds of message. */
const TAKEN = /^Bv0[1-4]Bericht$/;
const REFUSED = /^Fo0[1-3]Bericht$/;
/** A code as the standard has it; another one is not passed on. */
const KNOWN_CODE = /^StUF\d{3}$/;
const LONGEST_ANSWER_TEXT = 64 * 1024;

/** Reads the answer to a message that was numbered `reference`. An answer that names another one is unclear. */
export function readAnswer(text: string, reference: string): ReadAnswer {
  try {
    const body = bodyIn(readDocument(text, LONGEST_ANSWER_TEXT));
    const message = body && messageIn(body);
    if (message?.namespace !== NAMESPACES.StUF) return { said: "UNCLEAR" };
    const about = textAt(message, NAMESPACES.StUF, "stuurgegevens", "crossRefnummer");
    if (about !== undefined && about !== reference) return { said: "UNCLEAR" };
    if (TAKEN.test(message.name)) return { said: "TAKEN" };
    if (!REFUSED.test(message.name)) return { said: "UNCLEAR" };
    const code = textAt(message, NAMESPACES.StUF, "body", "code") ?? "";
    return { said: "REFUSED", code: KNOWN_CODE.test(code) ? code : "StUF" };
  } catch (error) {
    if (error instanceof NotXml) return { said: "UNCLEAR" };
    throw error;
  }
}
