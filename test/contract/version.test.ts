// The version that services say of themselves is that of the package.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HUB_VERSION } from "../../shared/kernel/version";

test("is the same in both", () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
    version: string;
  };
  expect(HUB_VERSION).toBe(version);
});
