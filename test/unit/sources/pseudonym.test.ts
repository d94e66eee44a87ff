import * as fc from "fast-check";
import { pseudonymOf } from "../../../shared/sources/pseudonym";

const key = { version: 1, secret: Buffer.alloc(32, 1) };
const otherKey = { version: 1, secret: Buffer.alloc(32, 2) };
const nineDigits = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);

describe("a pseudonym", () => {
  it("is the HMAC-SHA-256 that the registers expect", () => {
    // printf %s bsn:123456782 | openssl dgst -sha256 -mac hmac -macopt hexkey:0101...01 -binary | basenc --base64url
    expect(pseudonymOf(key, { bsn: "123456782" })).toBe("8N0Tq7nPKJ0pn2aD-TBX-WdXMtusCcz7P78dEFod5Ek");
    expect(pseudonymOf(key, { caseReference: "LOK-2009", number: 3 })).toBe(
      "kjIQTy3C8s_6r523x9CRxAgw8t5swEexlmMP3DAVux8",
    );
  });

  it("differs by person and by key, and never holds the number it was made of", () => {
    fc.assert(
      fc.property(nineDigits, nineDigits, (one, other) => {
        const pseudonym = pseudonymOf(key, { bsn: one });
        expect(pseudonym).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(pseudonym).not.toContain(one);
        expect(pseudonym).toBe(pseudonymOf(key, { bsn: one }));
        expect(pseudonym).not.toBe(pseudonymOf(otherKey, { bsn: one }));
        if (one !== other) expect(pseudonym).not.toBe(pseudonymOf(key, { bsn: other }));
      }),
    );
  });
});
