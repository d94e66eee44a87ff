import * as fc from "fast-check";
import { decodeText, encodeWindows1252 } from "../../../shared/sources/text-encoding";

// Bytes out of the table of windows-1252: the euro, both kinds of quotes, a dash, and letters with marks.
const BYTES = Buffer.from("80 2091 92 9320 94 2096 e9 eb ef 8a 9e ff".replaceAll(" ", ""), "hex");
const TEXT = "\u20ac \u2018\u2019\u201c \u201d \u2013\u00e9\u00eb\u00ef\u0160\u017e\u00ff";

describe("a text in windows-1252", () => {
  it.each(["windows-1252", "Windows-1252", "iso-8859-1"])("is read sign by sign (declared as %s)", (name) => {
    expect(decodeText(BYTES, name)).toBe(TEXT);
  });

  it("is what was written, for every byte", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(encodeWindows1252(decodeText(bytes, "windows-1252"))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it("has a question mark where it has no sign", () => {
    expect(encodeWindows1252("a\u0107b\u{1f600}").toString("latin1")).toBe("a?b?");
  });
});

it.each([
  ["utf-8", Buffer.from([0xe9])],
  ["utf-16le", Buffer.from([0x00, 0xdc])],
])("bytes that %s does not have are refused", (name, bytes) => {
  expect(() => decodeText(bytes, name)).toThrow("ENCODING");
});
