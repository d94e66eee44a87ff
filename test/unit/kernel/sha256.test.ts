// The digest is the one of the standard: what is compared with it comes from other programs too.

import { sha256Hex } from "../../../shared/kernel/sha256";

// FIPS 180-2, appendix B.1; the others by `printf ... | sha256sum`.
test.each([
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["\u00e9", "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"],
])("SHA-256 of %j in UTF-8", (text, digest) => {
  expect(sha256Hex(text)).toBe(digest);
});
