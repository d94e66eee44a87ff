// What comes in: a notification is read as the standard has it, and anything else is refused by name, whatever it is.

import * as fc from "fast-check";
import { readAnswer, writeRefused, writeTaken } from "../../../shared/stuf/answers";
import { caseNumberOf, referralOfCase } from "../../../shared/stuf/case-number";
import { StufFault } from "../../../shared/stuf/fault";
import { readNotification } from "../../../shared/stuf/notification";
import { isParentRole, namePartsOf, roleWords } from "../../../shared/stuf/person-words";
import { writePdf } from "../../../shared/stuf/pdf";
import { NotXml, readDocument } from "../../../shared/stuf/read-xml";
import { toReferralId } from "../../../shared/kernel/ids";
import {
  anyText,
  BOARD,
  nodeAnswer,
  notification,
  SENDER,
  type TestNotification,
} from "../../kit/stuf/inquiries";

const SAID: TestNotification = {
  reference: "1-13579246801@example.test",
  caseNumber: "03447d2a4c1e000040008000000000000002",
  status: "Intake",
};
const LIMIT = 16_384;
const read = (said: TestNotification) => readNotification(readDocument(notification(said).xml, LIMIT));
const faultOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof StufFault) return `${error.code} ${error.detail}`;
    if (error instanceof NotXml) return error.fault;
    throw error;
  }
};

test.each([
  ["Intake", undefined, "INTAKE", undefined],
  ["  onderzoek ", undefined, "INQUIRY", undefined],
  ["Zaak\n afgerond", "Maatregel opgelegd", "CLOSED", "MEASURE"],
  ["zaak afgerond", "VTO afgewezen", "CLOSED", "REQUEST_DECLINED"],
  ["zaak afgerond", "geen rekest", "CLOSED", "NO_PETITION"],
  ["zaak afgerond", "geen maatregel opgelegd", "CLOSED", "NO_MEASURE"],
])("reads %j with result %j", (status, result, code, resultCode) => {
  const said = { ...SAID, status, ...(result === undefined ? {} : { result }) };
  expect(read(said)).toEqual({
    sender: BOARD,
    receiver: SENDER,
    reference: SAID.reference,
    function: "notificatieDi01",
    caseNumber: SAID.caseNumber,
    status: code,
    result: resultCode,
  });
});

test("of an inquiry of the board's own there is no case number", () => {
  expect(read({ ...SAID, caseNumber: undefined }).caseNumber).toBeUndefined();
});

test.each<[string, TestNotification, string]>([
  ["a status that is none", { ...SAID, status: "Zoek geraakt" }, "StUF055 status"],
  ["a result that is none", { ...SAID, result: "Onbekend" }, "StUF055 resultaat"],
  ["another code of message", { ...SAID, code: "Lk01" }, "StUF055 berichtcode"],
  ["another function", { ...SAID, function: "vtoDi01" }, "StUF055 functie"],
  ["a number that is too long", { ...SAID, reference: "x".repeat(41) }, "StUF055 referentienummer"],
  ["a date that is none", { ...SAID, statusDate: "gisteren" }, "StUF055 datumStatusGezet"],
])("refuses %s", (_name, said, fault) => {
  expect(faultOf(() => read(said))).toBe(fault);
});

test("the newest status counts", () => {
  const older = notification({ ...SAID, status: "intake", statusDate: "20261101" }).xml;
  const heeft = /<ZKN:heeft .*?<\/ZKN:heeft>/.exec(older)![0];
  const both = notification({ ...SAID, status: "onderzoek", statusDate: "20261102" }).xml.replace(
    "<ZKN:heeftBetrekkingOpAndere",
    `${heeft}<ZKN:heeftBetrekkingOpAndere`,
  );
  expect(readNotification(readDocument(both, LIMIT)).status).toBe("INQUIRY");
});

test.each([
  [
    "an entity that reads a file",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "XML_DOCTYPE",
  ],
  ["entities that grow", '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', "XML_DOCTYPE"],
  ["an instruction", "<a><?x y?></a>", "XML"],
  ["a prefix that nobody declared", "<b:a/>", "XML"],
  ["depth without an end", "<a>".repeat(40) + "</a>".repeat(40), "XML_DEPTH"],
  ["elements without an end", `<a>${"<b/>".repeat(10_001)}</a>`, "XML_ELEMENTS"],
  [
    "attributes without an end",
    `<a ${Array.from({ length: 30 }, (_, n) => `a${n}=""`).join(" ")}/>`,
    "XML_ELEMENTS",
  ],
  ["a text without an end", `<a>${"x".repeat(LIMIT + 1)}</a>`, "XML_TEXT"],
  ["half a message", "<a><b>", "XML"],
  ["nothing", "", "XML"],
])("reads nothing of %s", (_name, text, fault) => {
  expect(faultOf(() => readDocument(text, LIMIT))).toBe(fault);
});

test("whatever comes in is read or refused, and nothing else", () => {
  const valid = notification(SAID).xml;
  const cut = fc
    .tuple(fc.nat(valid.length), fc.nat(40), anyText)
    .map(([at, length, text]) => valid.slice(0, at) + text + valid.slice(at + length));
  fc.assert(
    fc.property(fc.oneof(cut, anyText), (text) => {
      const result = faultOf(() => readNotification(readDocument(text, LIMIT)));
      expect(typeof result === "string" || typeof result === "object").toBe(true);
    }),
    { numRuns: 500 },
  );
});

const HEADING = { sender: SENDER, receiver: BOARD, reference: "a", crossReference: "b" };

test.each<[string, string, object]>([
  ["its own Bv03", writeTaken(HEADING, new Date()), { said: "TAKEN" }],
  [
    "its own Bv03 about another message",
    writeTaken({ ...HEADING, crossReference: "c" }, new Date()),
    { said: "UNCLEAR" },
  ],
  [
    "its own Fo03",
    writeRefused(new StufFault("StUF064", "x"), HEADING, new Date()),
    { said: "REFUSED", code: "StUF064" },
  ],
  ["an acknowledgement of a node on the way", nodeAnswer("Bv04"), { said: "TAKEN" }],
  ["a fault", nodeAnswer("Fo03", "StUF058"), { said: "REFUSED", code: "StUF058" }],
  [
    "a code of somebody's own making",
    nodeAnswer("Fo03", "Jansen 999990019"),
    { said: "REFUSED", code: "StUF" },
  ],
  ["a page", "<html><body>Welkom</body></html>", { said: "UNCLEAR" }],
  ["nothing", "", { said: "UNCLEAR" }],
])("understands %s", (_name, text, said) => {
  expect(readAnswer(text, "b")).toEqual(said);
});

test("a case number leads back to its referral, and another one nowhere", () => {
  const id = toReferralId("7d2a4c1e-0000-4000-8000-000000000002");
  expect(caseNumberOf("0344", id)).toHaveLength(36);
  expect(referralOfCase(caseNumberOf("0344", id))).toBe(id);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uuid()), (text) => {
      expect(referralOfCase(text)).toBeUndefined();
    }),
  );
});

test.each([
  ["Sanne van der Berg", { given: "Sanne", prefix: "van der", surname: "Berg" }],
  ["Anna Maria Jansen", { given: "Anna Maria", prefix: undefined, surname: "Jansen" }],
  ["Jansen", { given: undefined, prefix: undefined, surname: "Jansen" }],
  ["de Boer", { given: undefined, prefix: "de", surname: "Boer" }],
  ["  ", undefined],
  [null, undefined],
])("takes %j apart", (name, parts) => {
  expect(namePartsOf(name)).toEqual(parts);
});

test("no word of a name is lost", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { given, prefix, surname } = namePartsOf(text) ?? {};
      const words = [given, prefix, surname].filter((one) => one !== undefined).join(" ");
      expect(words).toBe(
        text
          .split(/\s+/)
          .filter((one) => one !== "")
          .join(" "),
      );
    }),
  );
});

test("a role outside the list is another relation", () => {
  expect(["112", "x", null, "toString"].map(roleWords)).toEqual([
    "ouder met gezag",
    "overig",
    "overig",
    "overig",
  ]);
  expect(["111", "112", "301", null].map(isParentRole)).toEqual([true, true, false, false]);
});

test("a document has a page for every part of its lines, and its table of places is right", () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 200 }), (texts) => {
      const bytes = writePdf(texts.map((text) => ({ text })));
      const text = bytes.toString("latin1");
      const places = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map((one) => Number(one[1]));
      for (const [index, place] of places.entries()) {
        expect(text.slice(place, place + 12)).toMatch(new RegExp(`^${index + 1} 0 obj`));
      }
      expect(Number(/startxref\n(\d+)/.exec(text)?.[1])).toBe(text.indexOf("xref\n0 "));
    }),
    { numRuns: 50 },
  );
});
