// Connections to organisations in the name of the keeper of the log.

import { openConnections, type Connections } from "../../../../shared/mutual-tls/connections";
import { tlsFilesOf, type TlsSettings } from "../../../../shared/mutual-tls/tls-settings";

/** Names the files of the keeper's certificate. */
const KEEPER = "log-keeper";
const KEEP_ALIVE_MS = 30_000;

/** Opens them, over mutual TLS when that is on. Rejects with a SettingsError when its files cannot be used. */
export async function openHubConnections(
  settings: TlsSettings,
  onError: (error: unknown) => void,
): Promise<Connections> {
  const files = await tlsFilesOf(settings, KEEPER);
  return openConnections(files, { keepAliveTimeout: KEEP_ALIVE_MS }, onError);
}
