// The process of the demo's issuers. For demonstrations only: it refuses to run in production, and beside real issuers.

import { once } from "node:events";
import type { JWK } from "jose";
import { stopOnSignal } from "../../kernel/lifecycle";
import { createLogger } from "../../kernel/logger";
import { keysDirectory } from "../../kernel/service-settings";
import { readSettings, SettingsError } from "../../kernel/settings";
import { loadRegion } from "../../region/region";
import { KEY_FILES, readKeyFile } from "../key-files";
import { issuerNames } from "../keys";
import { reasonsNotToRun } from "./demo-only";
import { createIssuerServer } from "./issuer-server";
import { IssuerEnvironment, issuerBaseUrl, issuerPort, signOutUrl } from "./issuer-settings";

async function main(): Promise<void> {
  const settings = readSettings(IssuerEnvironment, process.env);
  const log = createLogger("demo-issuer", settings.SCHAKEL_LOG_LEVEL);
  const reasons = await reasonsNotToRun(settings);
  if (reasons.length > 0) throw new SettingsError(reasons);
  const directory = keysDirectory(settings);
  const region = loadRegion(settings.SCHAKEL_REGION);
  const keys = new Map(
    issuerNames(region).map((name) => [name, readKeyFile(directory, KEY_FILES.issuer(name)) as JWK]),
  );
  const { server, stop } = await createIssuerServer({
    region,
    baseUrl: issuerBaseUrl(settings),
    keys,
    signOutUrl: signOutUrl(settings),
    log,
  });
  server.listen(issuerPort(settings), settings.SCHAKEL_HOST);
  await once(server, "listening");
  log.info({ port: issuerPort(settings) }, "listening");
  stopOnSignal(stop, (error) => log.error({ error }, "did not stop cleanly"));
}

main().catch((error: unknown) => {
  const log = createLogger("demo-issuer", "error");
  if (error instanceof SettingsError) log.fatal({ faults: error.faults }, "wrong settings");
  else log.fatal({ error }, "could not start");
  process.exitCode = error instanceof SettingsError ? 2 : 1;
  if (process.connected) process.disconnect();
});
