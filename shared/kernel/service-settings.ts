// The settings that every service shares, and how their defaults follow from SCHAKEL_PORT and SCHAKEL_DATA_DIR.

import path from "node:path";
import { z } from "zod";
import { LOG_LEVELS } from "./logger";
import { port } from "./settings";

/** What kind of place a process runs in; `production` is for real families, and refuses all that is for a demo. */
export const NODE_ENVIRONMENTS = ["production", "development", "demo", "test"] as const;

/** NODE_ENV; a word that is none of these is a fault, or `Production` would be a demo. */
export const nodeEnvironment = () =>
  z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .enum(NODE_ENVIRONMENTS, { error: `${NODE_ENVIRONMENTS.join(", ")}, or not set` })
      .default("development"),
  );

/** Environment of any service; a service extends it with its own. */
export const ServiceEnvironment = z.object({
  SCHAKEL_PORT: port().default(4000),
  SCHAKEL_HOST: z.string().min(1).default("127.0.0.1"),
  SCHAKEL_DATA_DIR: z.string().min(1).default(".schakel"),
  SCHAKEL_KEYS_DIR: z.string().min(1).optional(),
  SCHAKEL_REGION: z.string().min(1).default("utrecht"),
  SCHAKEL_LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
  /** Folder with `ca.crt`, `<name>.crt` and `<name>.key`; subgraphs are reached over mutual TLS when it is set. */
  SCHAKEL_TLS_DIR: z.string().min(1).optional(),
  /** Name in the certificate of a gateway, which alone may ask subgraphs for data. */
  SCHAKEL_TLS_GATEWAY_NAME: z.string().min(1).default("gateway"),
  /** Name in that of the keeper of the log, which alone may hand over checkpoints and ask for delivery records. */
  SCHAKEL_TLS_KEEPER_NAME: z.string().min(1).default("log-keeper"),
  NODE_ENV: nodeEnvironment(),
});
export type ServiceEnvironment = z.infer<typeof ServiceEnvironment>;

/** Folder of the keys: SCHAKEL_KEYS_DIR, or `keys` in the data directory. */
export function keysDirectory(
  env: Pick<ServiceEnvironment, "SCHAKEL_DATA_DIR" | "SCHAKEL_KEYS_DIR">,
): string {
  return path.resolve(env.SCHAKEL_KEYS_DIR ?? path.join(env.SCHAKEL_DATA_DIR, "keys"));
}

/** `veilig-thuis` -> `VEILIG_THUIS`: how a subgraph is named in a setting. */
export function settingName(subgraph: string): string {
  return subgraph.toUpperCase().replaceAll("-", "_");
}
