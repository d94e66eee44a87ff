// A UsernameToken counts once, in whatever way it is written.

import { createUserCheck } from "../../../gateway/stuf/check-user";
import { DIGEST, passwordDigest, SECEXT, SOAP, UTILITY } from "../../../shared/sources/soap/envelope";
import { readDocument, type XmlElement } from "../../../shared/stuf/read-xml";

const SECRET = "a secret of the tests alone";
const NAME = "00000099000000004000";
const CREATED = "2026-01-05T09:00:00Z";
const NOW = Date.parse(CREATED);
/** 16 bytes of which the text has every kind of character, and two bits that are not used. */
const BYTES = Buffer.from("fbff".repeat(8), "hex");
const NONCE = BYTES.toString("base64");

const envelopeWith = (nonce: string, bytes: Buffer = BYTES): XmlElement =>
  readDocument(
    `<s:Envelope xmlns:s="${SOAP}" xmlns:e="${SECEXT}" xmlns:u="${UTILITY}"><s:Header><e:Security><e:UsernameToken>` +
      `<e:Username>${NAME}</e:Username>` +
      `<e:Password Type="${DIGEST}">${passwordDigest(bytes, CREATED, SECRET)}</e:Password>` +
      `<e:Nonce>${nonce}</e:Nonce><u:Created>${CREATED}</u:Created>` +
      "</e:UsernameToken></e:Security></s:Header><s:Body/></s:Envelope>",
    1 << 14,
  );

test.each([
  ["as it was", NONCE],
  ["without padding", NONCE.replaceAll("=", "")],
  ["with spaces in it", `${NONCE.slice(0, 5)} ${NONCE.slice(5)}`],
  ["with other unused bits", NONCE.replace(/.==$/, (end) => `${end.startsWith("w") ? "x" : "w"}==`)],
  ["in the alphabet of URLs", NONCE.replaceAll("+", "-").replaceAll("/", "_")],
])("a token does not come twice, written %s", (_how, again) => {
  // The same bytes: by its digest it is right.
  expect(Buffer.from(again, "base64")).toEqual(BYTES);
  expect(createUserCheck(SECRET, () => NOW).isFrom(NAME, envelopeWith(again))).toBe(true);
  const check = createUserCheck(SECRET, () => NOW);
  expect(check.isFrom(NAME, envelopeWith(NONCE))).toBe(true);
  expect(check.isFrom(NAME, envelopeWith(again))).toBe(false);
});

test("another token of the same moment is taken, and one without bytes is none", () => {
  const check = createUserCheck(SECRET, () => NOW);
  const other = Buffer.from("01".repeat(16), "hex");
  expect(check.isFrom(NAME, envelopeWith(NONCE))).toBe(true);
  expect(check.isFrom(NAME, envelopeWith(other.toString("base64"), other))).toBe(true);
  expect(check.isFrom(NAME, envelopeWith("====", Buffer.alloc(0)))).toBe(false);
});
