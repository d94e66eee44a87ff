// What an organisation's own system in the demo is told. It knows nothing of the hub: not where it is, nor its keys.

import { z } from "zod";
import { databaseUrl } from "../database/database-setting";
import { nodeEnvironment } from "../kernel/service-settings";
import type { Environment } from "../kernel/setting-files";
import { port, readSettings } from "../kernel/settings";
import { neverInProduction } from "../production/no-demo";

const SystemEnvironment = z.object({
  SYSTEM_HOST: z.string().min(1).default("127.0.0.1"),
  SYSTEM_PORT: port(),
  /** Where the system keeps its data; a role that owns the database. */
  SYSTEM_DATABASE_URL: databaseUrl("a postgresql:// URL of the system's own database"),
  /** Who may ask the system, and with which secret: each system has its own way of asking for them. */
  SYSTEM_CLIENT: z.string().min(1).default("hub"),
  SYSTEM_SECRET: z.string().min(1).optional(),
  /** Where a system that gives files puts them. */
  SYSTEM_FOLDER: z.string().min(1).optional(),
  NODE_ENV: nodeEnvironment(),
});

/** Names of what one system is told, and no other process. */
export const SYSTEM_SETTING_NAMES: readonly string[] = Object.keys(SystemEnvironment.shape).filter((name) =>
  name.startsWith("SYSTEM_"),
);

/** Settings of a system of the demo. */
export type SystemSettings = z.infer<typeof SystemEnvironment>;

/** Reads them; throws a SettingsError that lists every fault. */
export const readSystemSettings = (env: Environment): SystemSettings =>
  readSettings(SystemEnvironment, env, [
    neverInProduction("an organisation has its own system, and not the one of the demo"),
  ]);
