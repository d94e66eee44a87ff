// Starts the keeper out of the settings of its process: keys, organisations and where they answer.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { createSigner, readSigningKeys } from "../../../../shared/access-log/checkpoint";
import { loadRegion } from "../../../../shared/region/region";
import { subgraphUrls } from "../../../../shared/region/subgraph-urls";
import type { SubgraphProcess } from "../../../../shared/subgraph-kit/run-subgraph";
import { required } from "../../../../shared/subgraph-kit/settings";
import { sourceThatIsAsked } from "../reconcile/read-source";
import { openHubConnections } from "./hub-connections";
import { startLogKeeper } from "./keeper";

/** For `commands` of runSubgraph; throws a SettingsError without DATABASE_URL, and rejects when a key cannot be read. */
export async function openKeeper({ settings, log }: SubgraphProcess): Promise<() => Promise<void>> {
  const region = loadRegion(settings.SCHAKEL_REGION);
  const urls = subgraphUrls(region, settings, process.env);
  const key = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(settings.keysDirectory, file), "utf8"));
  const signer = createSigner(await key("log-private.jwk.json"));
  const connections = await openHubConnections(settings, (error) => {
    log.error({ error }, "the certificate could not be read again; the one that is known goes on");
  });
  const stopKeeper = await startLogKeeper({
    databaseUrl: required("DATABASE_URL", settings.DATABASE_URL),
    signer,
    organisations: await Promise.all(
      region.organisations.map(async ({ code }) => ({
        organisation: code as string,
        // Beside its GraphQL.
        url: new URL("checkpoints", urls.get(code)),
        keys: readSigningKeys(await key(`checkpoint-${code}.jwks.json`)),
        connections,
      })),
    ),
    sources: region.organisations.map(({ code }) =>
      sourceThatIsAsked(code, { url: new URL("deliveries", urls.get(code)), signer, connections }),
    ),
    employers: region.organisations.map(({ code }) => code),
    host: settings.SCHAKEL_HOST,
    port: settings.keeperPort,
    everyMs: settings.SCHAKEL_CHECKPOINT_EVERY_MS,
    log,
  });
  return async () => {
    await stopKeeper();
    await connections.close();
  };
}
