import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { pseudonymOf, readPseudonymKey } from "../../../shared/sources/pseudonym";

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

describe("the key file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "schakel-key-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (content: string): string => {
    const name = path.join(folder, "pseudonym.json");
    writeFileSync(name, content);
    return name;
  };

  it("gives version and key", async () => {
    const content = JSON.stringify({ version: 3, key: key.secret.toString("base64url") });
    expect(await readPseudonymKey(file(content))).toEqual({ version: 3, secret: key.secret });
  });

  it.each([
    ["is not JSON", "{"],
    ["lacks the key", JSON.stringify({ version: 1 })],
    ["has a short key", JSON.stringify({ version: 1, key: "c2VjcmV0LXNlY3JldA" })],
    ["has no version", JSON.stringify({ key: key.secret.toString("base64url") })],
  ])("is refused when it %s, without telling what it holds", async (_, content) => {
    const name = file(content);
    const error: unknown = await readPseudonymKey(name).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(name);
    expect((error as Error).message).not.toContain("c2VjcmV0");
  });

  it("is named when it is missing", async () => {
    await expect(readPseudonymKey(path.join(folder, "none.json"))).rejects.toThrow(/none\.json.*ENOENT/);
  });
});
