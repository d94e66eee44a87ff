// Settings are read once, every fault is listed, then the process stops.

import { z } from "zod";
import { givenSettings, type Environment } from "./setting-files";
import { unknownSettings } from "./known-settings";

/** Exit code of a process that cannot do anything with its settings. */
export const WRONG_SETTINGS_CODE = 2;

/** Settings that cannot be used: each fault names its setting and what is accepted, never the value. */
export class SettingsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Settings that cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "SettingsError";
    this.faults = faults;
  }
}

/**
 * What else must hold of settings, such as that a file is there. It is given the settings that are valid by
 * themselves, so that it can say its faults beside those of the others.
 */
export type SettingsCheck<T> = (valid: Partial<T>, env: Environment) => readonly string[];

/**
 * Reads settings from the environment, or from the files that `<NAME>_FILE` names, and checks them. Throws a
 * SettingsError that lists every fault at once: of single settings, of files, of names that do not exist, of checks.
 */
export function readSettings<Schema extends z.ZodObject>(
  schema: Schema,
  env: Environment,
  checks: readonly SettingsCheck<z.output<Schema>>[] = [],
): Readonly<z.output<Schema>> {
  const names = Object.keys(schema.shape);
  const given = givenSettings(env, names);
  const result = schema.safeParse(given.values);
  const unread = new Set(given.faults.map(settingOf));
  const invalid = (result.error?.issues ?? [])
    .filter(({ path }) => !unread.has(String(path[0])))
    .map(({ path, message }) => `${path.join(".")}: ${message}`);
  const valid = validParts(schema, given.values);
  const faults = [
    ...given.faults,
    ...invalid,
    ...unknownSettings(env, names),
    ...checks.flatMap((check) => check(valid, env)),
  ];
  if (result.success && faults.length === 0) return Object.freeze(result.data);
  throw new SettingsError([...new Set(faults)]);
}

/** The faults of what reads settings: those that it throws; none when it does not. */
export function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

/** The setting that a fault is about; of `<NAME>_FILE`, the one that would be read from it. */
const settingOf = (fault: string): string => fault.slice(0, fault.indexOf(":")).replace(/_FILE$/, "");

function validParts<Schema extends z.ZodObject>(
  schema: Schema,
  values: Readonly<Record<string, string>>,
): Partial<z.output<Schema>> {
  const parts = Object.entries(schema.shape).flatMap(([name, field]) => {
    const parsed = z.safeParse(field, values[name]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(parts) as Partial<z.output<Schema>>;
}

/** A TCP port, 1024 to 65535. */
export const port = () =>
  z.coerce.number({ error: "a port number, 1024 to 65535" }).int().min(1024).max(65535);

/** A switch: true, false, 1 or 0; anything else is a fault. */
export const flag = (byDefault: boolean) =>
  z
    .enum(["true", "false", "1", "0"], { error: "true, false, 1 or 0" })
    .transform((value) => value === "true" || value === "1")
    .default(byDefault);

/** Whole seconds within bounds. */
export const seconds = (byDefault: number, least: number, most: number) =>
  z.coerce.number({ error: "a number of seconds" }).int().min(least).max(most).default(byDefault);

/** Whole days within bounds. */
export const days = (byDefault: number, least: number, most: number) =>
  z.coerce.number({ error: "a number of days" }).int().min(least).max(most).default(byDefault);

/** Milliseconds within bounds. */
export const milliseconds = (byDefault: number, most: number) =>
  z.coerce.number({ error: "a number of milliseconds" }).int().min(1).max(most).default(byDefault);
