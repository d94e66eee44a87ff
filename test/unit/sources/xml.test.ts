import { escapeXml, parseXml } from "../../../shared/sources/xml";
import { SourceFailed } from "../../../shared/sources/source-failure";

const refused = (text: string): unknown => {
  try {
    return parseXml(text);
  } catch (error) {
    return error instanceof SourceFailed ? error.code : error;
  }
};

it("gives elements by local name, lists where there are more, and null where one is nil", () => {
  const text = `<?xml version="1.0"?><a:x xmlns:a="urn:a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:StUF="urn:s">
    <a:een> E&#233;n &amp; twee </a:een><twee>1</twee><twee><![CDATA[<2>]]></twee>
    <niets xsi:nil="true"/><weg StUF:noValue="waardeOnbekend"/><leeg/></a:x>`;
  expect(parseXml(text)).toEqual({
    x: { een: "Eén & twee", twee: ["1", "<2>"], niets: null, weg: null, leeg: "" },
  });
});

it.each([
  [
    "an entity that reads a file",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "XML_DOCTYPE",
  ],
  ["entities that grow", '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', "XML_DOCTYPE"],
  ["a document type elsewhere", '<!DOCTYPE a SYSTEM "http://169.254.169.254/x.dtd"><a/>', "XML_DOCTYPE"],
  ["an entity that nobody declared", "<a>&geheim;</a>", "XML"],
  ["half a document", "<a><b>tekst</b>", "XML"],
  ["two roots", "<a/><b/>", "XML"],
  ["no document", "", "XML"],
  ["elements without an end", "<a>".repeat(100) + "</a>".repeat(100), "XML_DEPTH"],
  ["a text without an end", `<a>${"x".repeat(1_100_000)}</a>`, "XML_TEXT"],
])("refuses %s", (_name, text, code) => {
  expect(refused(text)).toBe(code);
});

it("gives names that every object has as what they are: elements", () => {
  expect(parseXml("<a><__proto__>1</__proto__><constructor>2</constructor></a>")).toEqual({
    a: Object.fromEntries([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]),
  });
});

it("writes texts that read back as they were", () => {
  const text = `<a href="x">'&'</a>`;
  expect(parseXml(`<t>${escapeXml(text)}</t>`)).toEqual({ t: text });
});
