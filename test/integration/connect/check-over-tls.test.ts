// Over mutual TLS the check comes with the gateway's certificate, and sees that nobody is answered without one.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckCode, Finding } from "../../../gateway/connect/check/finding";
import { runConnectCommand } from "../../../gateway/connect/connect-command";
import { makeGrantKeys } from "../../kit/grant-keys";
import { fillTlsFolder } from "../../kit/test-ca/tls-folder";
import { serveLokalisOverTls } from "../../kit/tls-subgraph";

/** Of a certificate that ends sooner is warned. */
const LONG_DAYS = 100;
const IN_QUESTION: readonly CheckCode[] = [
  "REACHABLE",
  "TLS",
  "CLIENT_CERTIFICATE",
  "GRANT_MISSING",
  "GRANT_ACCEPTED",
  "GRANT_REPLAYED",
];

async function levelsOver(
  days: number,
  withOwn: boolean,
): Promise<Partial<Record<CheckCode, Finding["level"]>>> {
  const folder = mkdtempSync(join(tmpdir(), "connect-certificates-"));
  await fillTlsFolder(folder, { servers: ["lokalis"], clients: ["gateway", "log-keeper"] }, days);
  const keys = await makeGrantKeys();
  const subgraph = await serveLokalisOverTls(folder, keys.publicFile);
  const printed: string[] = [];
  try {
    await runConnectCommand(
      ["check", subgraph.url, "--organisation", "lokalis", "--key", keys.privateFile, "--json"],
      withOwn ? { SCHAKEL_TLS_DIR: folder } : {},
      { print: (text) => printed.push(text), say: () => undefined },
    );
  } finally {
    await subgraph.stop();
    rmSync(folder, { recursive: true });
    rmSync(keys.directory, { recursive: true });
  }
  const { findings } = JSON.parse(printed.join("\n")) as { findings: Finding[] };
  return Object.fromEntries(
    findings.flatMap(({ check, level }) => (IN_QUESTION.includes(check) ? [[check, level]] : [])),
  );
}

test("with the gateway's certificate the source answers, and without one it does not", async () => {
  expect(await levelsOver(LONG_DAYS, true)).toEqual(
    Object.fromEntries(IN_QUESTION.map((check) => [check, "PASSED"])),
  );
});

test("a certificate that ends soon is told", async () => {
  expect(await levelsOver(3, true)).toMatchObject({ TLS: "WARNING", REACHABLE: "PASSED" });
});

test("who comes without certificates learns that they are missing", async () => {
  expect(await levelsOver(LONG_DAYS, false)).toMatchObject({
    REACHABLE: "FAILED",
    TLS: "FAILED",
    GRANT_ACCEPTED: "NOT_CHECKED",
  });
});
