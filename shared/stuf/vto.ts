// Writes vtoDi01. The order of elements is that of the standard; where each name comes from: docs/stuf.md.

import {
  DOCUMENT_KINDS,
  type Inquiry,
  type InquiryAdult,
  type InquiryChild,
  type InquiryDocument,
} from "./inquiry";
import { CASE_OF_BOARD, CASE_OF_SENDER, VTO } from "./names";
import { AUTHORITY_NOT_NAMED, isParentRole, namePartsOf, roleWords } from "./person-words";
import { stufDate, writeStuurgegevens } from "./stuurgegevens";
import { DECLARATIONS, element, textElement, type Child, type Xml } from "./write-xml";

/** The hub does not know it (geslachtsaanduiding: M, V or O for onbekend). */
const GENDER_UNKNOWN = "O";
/** Content type of every document that goes along. */
const PDF = "application/pdf";
const NO_VALUE = { "StUF:noValue": "geenWaarde", "xsi:nil": "true" } as const;

const entity = (type: string): Readonly<Record<string, string>> => ({ "StUF:entiteittype": type });

const extra = (name: string, value: string | undefined): Child =>
  value === undefined ? undefined : element("StUF:extraElement", { naam: name }, value);

function extras(...children: readonly Child[]): Child {
  const given = children.filter((one) => one !== undefined);
  return given.length === 0 ? undefined : element("StUF:extraElementen", {}, ...given);
}

const caseType = (words: string): Xml =>
  element(
    "ZKN:isVan",
    entity("ZAKZKT"),
    element("ZKN:gerelateerde", entity("ZKT"), element("ZKN:omschrijvingGeneriek", {}, words)),
  );

/** A person; `gender` only where the standard wants it filled. */
function person(
  one: InquiryAdult | InquiryChild,
  gender: string | undefined,
  ...more: readonly Child[]
): Xml {
  const name = namePartsOf(one.name);
  return element(
    "ZKN:natuurlijkPersoon",
    entity("NPS"),
    textElement("BG:inp.bsn", one.bsn),
    textElement("BG:geslachtsnaam", name?.surname),
    textElement("BG:voorvoegselGeslachtsnaam", name?.prefix),
    textElement("BG:voornamen", name?.given),
    textElement("BG:geslachtsaanduiding", gender),
    textElement("BG:geboortedatum", one.birthDate && stufDate(one.birthDate)),
    textElement("BG:sub.telefoonnummer", one.phone),
    ...more,
  );
}

const child = (one: InquiryChild, number: number): Xml =>
  element(
    "ZKN:heeftBetrekkingOp",
    entity("ZAKOBJ"),
    element(
      "ZKN:gerelateerde",
      entity("OBJ"),
      person(one, one.unborn ? undefined : GENDER_UNKNOWN, extras(extra("clientvolgnummer", String(number)))),
    ),
    element("ZKN:omschrijving", {}, one.unborn ? "Client (ongeboren kind)" : "Client (kind)"),
  );

/** Somebody stands in the message once, with the number of each child that they have to do with (rule CORV-A5.6). */
function adult(one: InquiryAdult, { children, informed }: Inquiry): Xml {
  const ofUnborn = children.some(({ unborn }) => unborn) && isParentRole(one.roleCode);
  return element(
    "ZKN:heeftAlsBelanghebbende",
    entity("ZAKBTRBLH"),
    element("ZKN:gerelateerde", entity("BTR"), person(one, undefined)),
    element("ZKN:omschrijving", {}, ofUnborn ? AUTHORITY_NOT_NAMED : roleWords(one.roleCode)),
    extras(
      ...children.map((_child, index) => extra("clientvolgnummer", String(index + 1))),
      extra("indicatieGeinformeerd", String(informed)),
    ),
  );
}

const asker = ({ organisation, desk }: Inquiry): Xml =>
  element(
    "ZKN:heeftAlsUitvoerende",
    entity("ZAKBTRUTV"),
    element(
      "ZKN:gerelateerde",
      entity("BTR"),
      element("ZKN:nietNatuurlijkPersoon", entity("NNP"), element("BG:statutaireNaam", {}, organisation)),
      element(
        "ZKN:medewerker",
        entity("MDW"),
        element("ZKN:achternaam", {}, desk.name),
        element("ZKN:telefoonnummer", {}, desk.phone),
      ),
    ),
  );

/** The case at the board, which has no number yet. */
const caseOfBoard = (): Xml =>
  element(
    "ZKN:heeftBetrekkingOpAndere",
    entity("ZAKZAKBTR"),
    element(
      "ZKN:gerelateerde",
      entity("ZAK"),
      element("ZKN:identificatie", NO_VALUE),
      caseType(CASE_OF_BOARD),
    ),
  );

function document({ kind, content }: InquiryDocument, index: number, inquiry: Inquiry): Xml {
  const { name, general, file } = DOCUMENT_KINDS[kind];
  return element(
    "ZKN:heeftRelevant",
    entity("ZAKEDC"),
    element(
      "ZKN:gerelateerde",
      entity("EDC"),
      element("ZKN:identificatie", {}, `${inquiry.caseNumber.slice(0, 36)}-${index + 1}`),
      element("ZKN:dct.omschrijving", {}, name),
      element("ZKN:dct.omschrijvingGeneriek", {}, general),
      element("ZKN:creatiedatum", {}, stufDate(inquiry.sentOn)),
      element("ZKN:titel", {}, name),
      element("ZKN:formaat", {}, "PDF"),
      element("ZKN:taal", {}, "Nederlands"),
      element("ZKN:vertrouwelijkAanduiding", {}, "VERTROUWELIJK"),
      element("ZKN:auteur", {}, inquiry.organisation),
      element(
        "ZKN:inhoud",
        { "xmime:contentType": PDF, "StUF:bestandsnaam": `${file}.pdf` },
        content.toString("base64"),
      ),
    ),
  );
}

/** The message; `now` is when it is sent. The same inquiry gives the same message but for that moment. */
export function writeVto(inquiry: Inquiry, now: Date): Xml {
  const { sender, receiver, reference, caseNumber, sentOn, children, adults, documents } = inquiry;
  const heading = { sender, receiver, reference, function: VTO };
  return element(
    `JZ:${VTO}`,
    DECLARATIONS,
    writeStuurgegevens("JZ", "Di01", heading, now),
    element(
      "JZ:object",
      entity("ZAK"),
      element("ZKN:identificatie", {}, caseNumber),
      element("ZKN:omschrijving", {}, "Verzoek tot onderzoek"),
      element("ZKN:startdatum", {}, stufDate(sentOn)),
      element("ZKN:registratiedatum", {}, stufDate(sentOn)),
      extras(
        extra("datumIndiening", stufDate(sentOn)),
        extra("urgentie", inquiry.urgent ? "Hoog" : undefined),
        extra("rolJeugdzorgVerzoeker", roleWords("411")),
      ),
      caseType(CASE_OF_SENDER),
      ...children.map((one, index) => child(one, index + 1)),
      ...adults.map((one) => adult(one, inquiry)),
      asker(inquiry),
      caseOfBoard(),
      ...documents.map((one, index) => document(one, index, inquiry)),
    ),
  );
}
