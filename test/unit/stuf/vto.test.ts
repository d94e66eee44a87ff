// What leaves as vtoDi01: the structure of the standard as docs/stuf.md found it, whatever the sources hold.

import * as fc from "fast-check";
import { bodyIn, envelop } from "../../../shared/stuf/envelope";
import type { Inquiry } from "../../../shared/stuf/inquiry";
import { NAMESPACES } from "../../../shared/stuf/names";
import { readDocument, textAt, type XmlElement } from "../../../shared/stuf/read-xml";
import { stufMoment } from "../../../shared/stuf/stuurgegevens";
import { writeVto } from "../../../shared/stuf/vto";
import { anyInquiry, anyText, AN_INQUIRY } from "../../kit/stuf/inquiries";
import { schemaFaults } from "../../kit/stuf/schema";
import { element } from "../../../shared/stuf/write-xml";

const NOW = new Date("2026-11-20T12:34:56.789Z");
const { JZ, ZKN, BG, StUF, xmime } = NAMESPACES;

const read = (inquiry: Inquiry): XmlElement => readDocument(writeVto(inquiry, NOW).xml, 1 << 24);
const object = (inquiry: Inquiry): XmlElement => read(inquiry).children[1]!;
const named = (from: XmlElement, name: string): XmlElement[] =>
  from.children.filter((one) => one.name === name);

test("has the heading of a free message", () => {
  const message = read(AN_INQUIRY);
  expect([message.namespace, message.name]).toEqual([JZ, "vtoDi01"]);
  const heading = message.children[0]!;
  expect(heading.children.map(({ name, text }) => [name, text])).toEqual([
    ["berichtcode", "Di01"],
    ["zender", ""],
    ["ontvanger", ""],
    ["referentienummer", AN_INQUIRY.reference],
    ["tijdstipBericht", "20261120133456789"],
    ["functie", "vtoDi01"],
  ]);
  expect(heading.children.every((one) => one.namespace === StUF)).toBe(true);
  expect(textAt(heading, StUF, "ontvanger", "organisatie")).toBe(AN_INQUIRY.receiver.organisation);
});

test("has the parts of the case in the order of the standard", () => {
  const adults = [...AN_INQUIRY.adults, ...AN_INQUIRY.adults];
  expect(object({ ...AN_INQUIRY, adults }).children.map(({ name }) => name)).toEqual([
    "identificatie",
    "omschrijving",
    "startdatum",
    "registratiedatum",
    "extraElementen",
    "isVan",
    "heeftBetrekkingOp",
    "heeftAlsBelanghebbende",
    "heeftAlsBelanghebbende",
    "heeftAlsUitvoerende",
    "heeftBetrekkingOpAndere",
    "heeftRelevant",
  ]);
});

test("names a child by number, name in parts and birth date, and each adult once with the numbers of the children", () => {
  const children = [AN_INQUIRY.children[0]!, { ...AN_INQUIRY.children[0]!, bsn: null }];
  const [child, other] = named(object({ ...AN_INQUIRY, children }), "heeftBetrekkingOp");
  const person = child!.children[0]!.children[0]!;
  expect(person.children.slice(0, 6).map(({ name, text }) => [name, text])).toEqual([
    ["inp.bsn", "999990019"],
    ["geslachtsnaam", "Kind"],
    ["voorvoegselGeslachtsnaam", "van der"],
    ["voornamen", "Test"],
    ["geslachtsaanduiding", "O"],
    ["geboortedatum", "20140302"],
  ]);
  expect(textAt(other, BG, "inp.bsn")).toBeUndefined();
  expect(named(other!.children[0]!.children[0]!, "inp.bsn")).toEqual([]);
  expect(textAt(child, ZKN, "omschrijving")).toBe("Client (kind)");
  const [adult] = named(object({ ...AN_INQUIRY, children }), "heeftAlsBelanghebbende");
  expect(textAt(adult, ZKN, "omschrijving")).toBe("ouder met gezag");
  const extras = named(adult!, "extraElementen")[0]!.children;
  expect(extras.map((one) => [one.attributes.get("naam"), one.text])).toEqual([
    ["clientvolgnummer", "1"],
    ["clientvolgnummer", "2"],
    ["indicatieGeinformeerd", "true"],
  ]);
});

test("has no gender and birth of a child that is not born, and the role of its mother that goes with it", () => {
  const child = { ...AN_INQUIRY.children[0]!, bsn: null, birthDate: null, unborn: true };
  const unborn = object({ ...AN_INQUIRY, children: [child] });
  const [one] = named(unborn, "heeftBetrekkingOp");
  expect(textAt(one, ZKN, "omschrijving")).toBe("Client (ongeboren kind)");
  const names = one!.children[0]!.children[0]!.children.map(({ name }) => name);
  expect(names).not.toContain("geslachtsaanduiding");
  expect(names).not.toContain("geboortedatum");
  expect(textAt(named(unborn, "heeftAlsBelanghebbende")[0], ZKN, "omschrijving")).toBe(
    "ouder, gezag niet benoemd",
  );
});

test("carries documents as PDF with a name of letters and hyphens", () => {
  const [document] = named(object(AN_INQUIRY), "heeftRelevant");
  const content = named(document!.children[0]!, "inhoud")[0]!;
  expect(content.attributes.get(`{${xmime}}contentType`)).toBe("application/pdf");
  expect(content.attributes.get(`{${StUF}}bestandsnaam`)).toMatch(/^[a-z-]+\.pdf$/);
  expect(Buffer.from(content.text, "base64").subarray(0, 8).toString()).toBe("%PDF-1.4");
});

test("is the same message at every attempt, but for its moment", () => {
  const [first, later] = [NOW, new Date(NOW.getTime() + 3_600_000)].map(
    (now) => writeVto(AN_INQUIRY, now).xml,
  );
  expect(first).not.toBe(later);
  expect(first!.replace(/tijdstipBericht>\d+</, "")).toBe(later!.replace(/tijdstipBericht>\d+</, ""));
});

test("has the structure of the standard whatever stands in a source", () => {
  fc.assert(
    fc.property(anyInquiry, (inquiry) => {
      expect(schemaFaults(read(inquiry))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test.each<[string, (xml: string) => string]>([
  ["without its case", (xml) => xml.replace(/<ZKN:identificatie>.*?<\/ZKN:identificatie>/, "")],
  [
    "with its parts in another order",
    (xml) => xml.replace(/(<ZKN:startdatum>.*?>)(<ZKN:registratiedatum>.*?>)/, "$2$1"),
  ],
  ["without an entity type", (xml) => xml.replace(' StUF:entiteittype="ZAKOBJ"', "")],
  ["with a date of another form", (xml) => xml.replace(">20261120<", ">2026-11-20<")],
])("the check of the structure finds a message %s", (_name, change) => {
  const xml = writeVto(AN_INQUIRY, NOW).xml;
  expect(change(xml)).not.toBe(xml);
  expect(schemaFaults(readDocument(change(xml), 1 << 24))).not.toEqual([]);
});

test("writes every text so that it reads back, less what XML cannot hold", () => {
  const holds = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
  fc.assert(
    fc.property(anyText, (text) => {
      const written = envelop(element("a", { b: text }, `.${text}.`));
      const body = bodyIn(readDocument(written, 1 << 20));
      const expected = Array.from(text).join("").replaceAll(holds, "");
      expect(body?.text).toBe(`.${expected}.`);
      expect(body?.attributes.get("b")).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

test("tells moments by the clock of the Netherlands, summer and winter", () => {
  expect(stufMoment(new Date("2026-07-01T22:00:00.001Z"))).toBe("20260702000000001");
  expect(stufMoment(new Date("2026-12-31T23:00:00.000Z"))).toBe("20270101000000000");
});
