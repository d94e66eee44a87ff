// Requests for inquiry that tests write, and notifications as the board would send them.

import * as fc from "fast-check";
import type { Inquiry } from "../../../shared/stuf/inquiry";
import { NAMESPACES } from "../../../shared/stuf/names";
import { writePdf } from "../../../shared/stuf/pdf";
import { element, DECLARATIONS, type Child, type Xml } from "../../../shared/stuf/write-xml";
import { envelop } from "../../../shared/stuf/envelope";
import { writeStuurgegevens, type Party } from "../../../shared/stuf/stuurgegevens";
import type { SoapUser } from "../../../shared/sources/soap/envelope";

export const SENDER: Party = { organisation: "00000099000000001000", application: "schakel" };
export const BOARD: Party = { organisation: "00000099000000004000", application: "kbps" };

/** A request about one child and a mother. */
export const AN_INQUIRY: Inquiry = {
  sender: SENDER,
  receiver: BOARD,
  reference: "7d2a4c1e-0000-4000-8000-000000000001",
  caseNumber: "03447d2a4c1e000040008000000000000002",
  sentOn: "2026-11-20",
  urgent: false,
  informed: true,
  children: [
    { bsn: "999990019", name: "Test van der Kind", birthDate: "2014-03-02", phone: null, unborn: false },
  ],
  adults: [
    { bsn: null, name: "Ouder Proef", birthDate: "1985-01-31", phone: "030-0000099", roleCode: "112" },
  ],
  organisation: "Buurtteam",
  desk: { name: "Aanmeldpunt", phone: "030-0000001" },
  documents: [{ kind: "REQUEST", content: writePdf([{ text: "Verzoek", heading: true }]) }],
};

/** Any text, with what XML is known to trip over. */
export const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "<a>&amp;</a>",
    "]]>",
    "\u0000\u0008",
    "\uD800",
    "\uFFFE",
    "a\r\nb\tc",
    "\"'",
    "é̂ş 漢字 🙂",
  ),
);

const person = fc.record({
  bsn: fc.constantFrom(null, "999990019"),
  name: fc.option(anyText),
  birthDate: fc.constantFrom(null, "2014-03-02"),
  phone: fc.option(anyText),
});

/** Any request: whatever stands in a source. */
export const anyInquiry: fc.Arbitrary<Inquiry> = fc.record({
  sender: fc.constant(SENDER),
  receiver: fc.constant(BOARD),
  reference: fc.uuid(),
  caseNumber: fc.constant("03447d2a4c1e000040008000000000000002"),
  sentOn: fc.constant("2026-11-20"),
  urgent: fc.boolean(),
  informed: fc.boolean(),
  children: fc.array(
    fc.tuple(person, fc.boolean()).map(([one, unborn]) => ({ ...one, unborn })),
    { minLength: 1, maxLength: 4 },
  ),
  adults: fc.array(
    fc.tuple(person, fc.option(fc.constantFrom("111", "112", "113", "211", "x"))).map(([one, roleCode]) => ({
      ...one,
      roleCode,
    })),
    { maxLength: 4 },
  ),
  organisation: anyText,
  desk: fc.record({ name: anyText, phone: anyText }),
  documents: fc.array(
    fc.tuple(fc.constantFrom("REQUEST" as const, "HELP" as const), anyText).map(([kind, text]) => ({
      kind,
      content: writePdf([{ text }]),
    })),
    { maxLength: 2 },
  ),
});

/** What a notification says. */
export interface TestNotification {
  readonly reference: string;
  readonly caseNumber: string | undefined;
  readonly status: string;
  readonly result?: string;
  readonly sender?: Party;
  readonly receiver?: Party;
  readonly function?: string;
  readonly code?: string;
  readonly statusDate?: string;
}

const entity = (type: string) => ({ "StUF:entiteittype": type });

/** A notification, as an element; `change` puts something else in the place of its object. */
export function notification(said: TestNotification, change?: (object: Xml) => Child): Xml {
  const { sender = BOARD, receiver = SENDER, code = "Di01", reference } = said;
  const object = element(
    "JZ:object",
    entity("ZAK"),
    element("ZKN:identificatie", {}, "1-2026-000123"),
    ...(said.result === undefined
      ? []
      : [element("ZKN:resultaat", {}, element("ZKN:omschrijving", {}, said.result))]),
    element(
      "ZKN:heeftBetrekkingOp",
      entity("ZAKOBJ"),
      element(
        "ZKN:gerelateerde",
        entity("OBJ"),
        element("ZKN:natuurlijkPersoon", entity("NPS"), element("BG:inp.bsn", {}, "999990019")),
      ),
      element("ZKN:omschrijving", {}, "Client (kind)"),
    ),
    element(
      "ZKN:heeft",
      entity("ZAKSTT"),
      element("ZKN:gerelateerde", entity("STT"), element("ZKN:omschrijving", {}, said.status)),
      element("ZKN:datumStatusGezet", {}, said.statusDate ?? "20261123"),
    ),
    said.caseNumber === undefined
      ? undefined
      : element(
          "ZKN:heeftBetrekkingOpAndere",
          entity("ZAKZAKBTR"),
          element("ZKN:gerelateerde", entity("ZAK"), element("ZKN:identificatie", {}, said.caseNumber)),
        ),
  );
  const heading = { sender, receiver, reference, function: said.function ?? "notificatieDi01" };
  return element(
    "JZ:notificatieDi01",
    DECLARATIONS,
    writeStuurgegevens("JZ", code, heading, new Date()),
    change ? change(object) : object,
  );
}

/** The same in an envelope. */
export const notificationText = (said: TestNotification, user?: SoapUser): string =>
  envelop(notification(said), user);

/** A Fo03 in a SOAP fault, or a Bv03, as a node of the chain would answer. */
export const nodeAnswer = (kind: "Bv03" | "Bv04" | "Fo03", code = "StUF055"): string => {
  const inside = `<s:stuurgegevens><s:berichtcode>${kind}</s:berichtcode></s:stuurgegevens>`;
  const body = `<s:body><s:code>${code}</s:code><s:plek>client</s:plek><s:omschrijving>x</s:omschrijving></s:body>`;
  const message = `<s:${kind}Bericht xmlns:s="${NAMESPACES.StUF}">${inside}${kind === "Fo03" ? body : ""}</s:${kind}Bericht>`;
  return envelop({
    xml:
      kind === "Fo03"
        ? `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>x</faultstring><detail>${message}</detail></soap:Fault>`
        : message,
  });
};
