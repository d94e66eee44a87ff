// The keys that the process of an organisation cannot do without: looked at before anything is opened, and named all at once.

import { accessSync, constants } from "node:fs";
import path from "node:path";
import { SettingsError } from "../kernel/settings";

/** Throws a SettingsError that names every key of `organisation` that cannot be read in `directory`, and how to get it. */
export function requireKeys(directory: string, organisation: string): void {
  const own = [`pseudonym-${organisation}.json`, `checkpoint-${organisation}.jwk.json`];
  const ofHub = ["grant-public.jwks.json", "log-public.jwks.json"];
  const lacking = (files: readonly string[]): string =>
    files.filter((file) => !canRead(path.join(directory, file))).join(", ");
  const command = `npm run --silent keys -- make-own ${organisation}`;
  const faults = [
    [lacking(own), command],
    [lacking(ofHub), `${command} --hub <folder with what the hub gave>`],
  ].flatMap(([files, remedy]) =>
    files === "" ? [] : [`SCHAKEL_KEYS_DIR: ${directory} has no ${files} that can be read; ${remedy}`],
  );
  if (faults.length > 0) throw new SettingsError(faults);
}

function canRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
