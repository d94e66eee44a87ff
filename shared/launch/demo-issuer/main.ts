// The process of the demo's token issuers. For demonstrations only: it refuses to run in production.

import { once } from "node:events";
import type { JWK } from "jose";
import { stopOnSignal } from "../../kernel/lifecycle";
import { createLogger } from "../../kernel/logger";
import { keysDirectory } from "../../kernel/service-settings";
import { readSettings, SettingsError } from "../../kernel/settings";
import { loadRegion } from "../../region/region";
import { KEY_FILES, readKeyFile } from "../key-files";
import { issuerNames, publicPart } from "../keys";
import { IssuerEnvironment, issuerBaseUrl, issuerPort } from "./issuer-settings";
import { createIssuerServer } from "./issuer-server";

async function main(): Promise<void> {
  const settings = readSettings(IssuerEnvironment, process.env);
  const log = createLogger("demo-issuer", settings.SCHAKEL_LOG_LEVEL);
  if (settings.NODE_ENV === "production") {
    throw new SettingsError([
      "NODE_ENV: the demo issuers give tokens to anybody and never run in production",
    ]);
  }
  const directory = keysDirectory(settings);
  const names = issuerNames(loadRegion(settings.SCHAKEL_REGION));
  const keys = new Map(
    names.map((name) => [name, publicPart(readKeyFile(directory, KEY_FILES.issuer(name)) as JWK)]),
  );
  const server = createIssuerServer({ baseUrl: issuerBaseUrl(settings), keys });
  server.listen(issuerPort(settings), settings.SCHAKEL_HOST);
  await once(server, "listening");
  log.info({ port: issuerPort(settings) }, "listening");
  stopOnSignal(
    async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
    (error) => log.error({ error }, "did not stop cleanly"),
  );
}

main().catch((error: unknown) => {
  const log = createLogger("demo-issuer", "error");
  if (error instanceof SettingsError) log.fatal({ faults: error.faults }, "wrong settings");
  else log.fatal({ error }, "could not start");
  process.exitCode = error instanceof SettingsError ? 2 : 1;
  if (process.connected) process.disconnect();
});
