// Processes of a hub on a benchmark's database: registers and gateways, with the settings that they have on a real server.

import { join } from "node:path";
import { settingName } from "../../../../shared/kernel/service-settings";
import { plainConnections } from "../../../../shared/mutual-tls/connections";
import { GATEWAY_NODE_FLAGS, NODE_FLAGS } from "../../../../shared/launch/node-flags";
import { untilReady } from "../../../../shared/launch/await-ready";
import { DEFAULT_REGION } from "../../../../shared/region/region";
import { freePort } from "../../../kit/free-ports";
import { startChild, startTalkingChild, type TalkingChild } from "../child";
import type { BenchDatabase } from "../hub-database";
import type { BenchIssuer } from "../issuer";
import type { Parts } from "../parts";
import { DIST } from "../project";
import type { Variant } from "./variants";

/** Deadlines are not what is measured: on a busy machine a start, or an answer, takes its time. */
const PATIENCE_MS = 60_000;

export type Environment = Readonly<Record<string, string>>;

/** The settings that a gateway and a register read. `urls`: subgraph -> where it answers. */
export function environmentOf(
  { folder, keysDirectory, workingUrl }: BenchDatabase,
  { baseUrl }: BenchIssuer,
  urls: Readonly<Record<string, string>>,
): Environment {
  return {
    NODE_ENV: "production",
    DATABASE_URL: workingUrl,
    SCHAKEL_DATA_DIR: folder,
    SCHAKEL_KEYS_DIR: keysDirectory,
    SCHAKEL_REGION: DEFAULT_REGION,
    SCHAKEL_HOST: "127.0.0.1",
    SCHAKEL_LOG_LEVEL: "warn",
    SCHAKEL_SOURCE_TIMEOUT_MS: String(PATIENCE_MS),
    SCHAKEL_ISSUER_URL: baseUrl,
    ...Object.fromEntries(
      Object.entries(urls).map(([name, url]) => [`SCHAKEL_SUBGRAPH_URL_${settingName(name)}`, url]),
    ),
  };
}

/** Where a register of the hub will answer. */
export interface RegisterPlace {
  readonly name: string;
  readonly port: string;
  readonly url: string;
}

/** Chooses a place for a register. */
export async function placeRegister(name: string): Promise<RegisterPlace> {
  const port = String(await freePort());
  return { name, port, url: `http://127.0.0.1:${port}/graphql` };
}

/** Starts a register of the hub; resolves when it can serve. */
export async function startRegister(
  parts: Parts,
  { name, port }: RegisterPlace,
  env: Environment,
  signal: AbortSignal,
): Promise<void> {
  const script = join(DIST, "subgraphs", name, "main.js");
  // The data and the keys are a demo's, which a register refuses in production.
  const own = { ...env, NODE_ENV: "demo", SCHAKEL_SUBGRAPH_PORT: port };
  await parts.keep(Promise.resolve(startChild({ script, env: own })));
  const connections = plainConnections({});
  try {
    await untilReady(
      [{ name, readyUrl: `http://127.0.0.1:${port}/ready` }],
      PATIENCE_MS,
      signal,
      connections,
    );
  } finally {
    await connections.close();
  }
}

/** Starts a gateway of a variant, with Node as the hub starts it; what it says when it is ready is its URL. */
export const startGateway = async (variant: Variant, env: Environment): Promise<TalkingChild> =>
  startTalkingChild({
    name: `the gateway (${variant})`,
    script: join(__dirname, "gateway-process.js"),
    args: [variant],
    nodeFlags: [...NODE_FLAGS, ...GATEWAY_NODE_FLAGS],
    env: { ...env, SCHAKEL_PORT: String(await freePort()) },
  });
