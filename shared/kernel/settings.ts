// Settings are read once, every fault is listed, then the process stops.

import { z } from "zod";

/** Settings that cannot be used: each fault names its setting and what is accepted, never the value. */
export class SettingsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Settings that cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "SettingsError";
    this.faults = faults;
  }
}

/** Parses the environment with a schema; throws a SettingsError that lists every fault. */
export function readSettings<T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv): Readonly<T> {
  const result = schema.safeParse(env);
  if (result.success) return Object.freeze(result.data);
  throw new SettingsError(result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
}

/** A TCP port, 1024 to 65535. */
export const port = () => z.coerce.number({ error: "a port number is needed" }).int().min(1024).max(65535);

/** A switch: true, false, 1 or 0; anything else is a fault. */
export const flag = (byDefault: boolean) =>
  z
    .enum(["true", "false", "1", "0"], { error: "true, false, 1 or 0" })
    .transform((value) => value === "true" || value === "1")
    .default(byDefault);

/** Milliseconds within bounds. */
export const milliseconds = (byDefault: number, most: number) =>
  z.coerce.number({ error: "a number of milliseconds" }).int().min(1).max(most).default(byDefault);
