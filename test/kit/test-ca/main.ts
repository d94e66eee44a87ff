// npm run test-ca: certificates for trying mutual TLS between the hub and the subgraphs, and to renew them.
// `npm run test-ca -- [FOLDER] [--days N]`. Exit codes: 0 done, 1 failed, 2 wrong use.

import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ServiceEnvironment } from "../../../shared/kernel/service-settings";
import { readSettings, SettingsError } from "../../../shared/kernel/settings";
import { loadRegion, subgraphNames } from "../../../shared/region/region";
import { fillTlsFolder } from "./tls-folder";

const USAGE = [
  "Usage: npm run test-ca -- [FOLDER] [--days N]",
  "",
  "Makes an authority for tests, and a certificate for the gateway, the keeper of the log and every subgraph of the region,",
  "in FOLDER (tls in the data directory). Again: new certificates of the same authority, which a running hub takes up.",
  "Use it with SCHAKEL_TLS_DIR=FOLDER. In production this authority is refused.",
].join("\n");
const DEFAULT_DAYS = 30;
const MOST_DAYS = 3_650;

class WrongUse extends Error {}

function readArguments(args: readonly string[]): { folder: string | undefined; days: number } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, days: { type: "string" } },
    });
    if (values.help) return undefined;
    const days = values.days === undefined ? DEFAULT_DAYS : Number(values.days);
    if (positionals.length > 1 || !Number.isInteger(days) || days < 1 || days > MOST_DAYS) throw new Error();
    return { folder: positionals[0], days };
  } catch {
    throw new WrongUse(USAGE);
  }
}

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2));
  if (!asked) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const settings = readSettings(ServiceEnvironment, process.env);
  const folder = resolve(asked.folder ?? join(settings.SCHAKEL_DATA_DIR, "tls"));
  const servers = subgraphNames(loadRegion(settings.SCHAKEL_REGION));
  await fillTlsFolder(folder, { servers, clients: ["gateway", "log-keeper"] }, asked.days);
  process.stdout.write(`The certificates are in ${folder}, for ${asked.days} days.\n`);
}

main().catch((error: unknown) => {
  const wrongUse = error instanceof WrongUse || error instanceof SettingsError;
  process.stderr.write(`${wrongUse ? error.message : "The certificates could not be made."}\n`);
  process.exitCode = wrongUse ? 2 : 1;
});
