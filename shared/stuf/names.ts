// Names of the standard: StUF-koppelvlak Jeugdzorg 1.0.9 on StUF 03.01, StUF-ZKN 03.10 and StUF-BG 03.10. Where each name was
// found, and what could not be checked: docs/stuf.md.

/** Version of the koppelvlak that is spoken. Its namespace is that of all versions 1.0.x. */
export const STUF_VERSION = "1.0.9";

/** Namespaces, by the prefix that messages of the hub use. */
export const NAMESPACES = {
  JZ: "http://www.stufstandaarden.nl/koppelvlak/jz0100",
  ZKN: "http://www.egem.nl/StUF/sector/zkn/0310",
  BG: "http://www.egem.nl/StUF/sector/bg/0310",
  StUF: "http://www.egem.nl/StUF/StUF0301",
  xmime: "http://www.w3.org/2005/05/xmlmime",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
} as const;
export type Prefix = keyof typeof NAMESPACES;

/** The two messages about an inquiry (beschermingsonderzoek), and the functions of their stuurgegevens. */
export const VTO = "vtoDi01";
export const NOTIFICATION = "notificatieDi01";
/** Berichtcode of both: a free message that asks for no answer on the same connection (vrij asynchroon bericht). */
export const FREE_MESSAGE = "Di01";

/** SOAPAction of a message of the koppelvlak. */
export const soapAction = (message: string): string => `${NAMESPACES.JZ}/${message}`;

/** Longest referentienummer (StUF 03.01, Refnummer) and case number (RGBZ, zaakidentificatie). */
export const LONGEST_REFERENCE = 40;

/** Kinds of case (zaaktype, omschrijvingGeneriek): of who asks, and of the board. */
export const CASE_OF_SENDER = "Overwegen kinderbeschermingsmaatregel";
export const CASE_OF_BOARD = "Uitvoeren onderzoek kinderbeschermingsmaatregel";
