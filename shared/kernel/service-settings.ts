// The settings that every service shares, and how their defaults follow from SCHAKEL_PORT and SCHAKEL_DATA_DIR.

import path from "node:path";
import { z } from "zod";
import { LOG_LEVELS } from "./logger";
import { port } from "./settings";

/** Environment of any service; a service extends it with its own. */
export const ServiceEnvironment = z.object({
  SCHAKEL_PORT: port().default(4000),
  SCHAKEL_HOST: z.string().min(1).default("127.0.0.1"),
  SCHAKEL_DATA_DIR: z.string().min(1).default(".schakel"),
  SCHAKEL_KEYS_DIR: z.string().min(1).optional(),
  SCHAKEL_REGION: z.string().min(1).default("utrecht"),
  SCHAKEL_LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
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
