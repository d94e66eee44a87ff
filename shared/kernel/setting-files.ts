// Any setting can lie in a file: `<NAME>_FILE` names it. So a secret need not stand in an environment, which child
// processes and crash reports take along.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Names and values of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Appended to the name of a setting, it names the file with the value. */
const FILE_SUFFIX = "_FILE";
/** Far above any key or URL; a file that is larger is another one than was meant. */
const MOST_BYTES = 64 * 1024;
/** Everybody may read or change it, or the group may change it. A group may read: so container engines hand out secrets. */
const TOO_OPEN = 0o027;

/** What settings are set to, and what is wrong with the files of the others. */
export interface GivenSettings {
  readonly values: Readonly<Record<string, string>>;
  /** Each names its setting and what to do, never what is in a file. */
  readonly faults: readonly string[];
}

/**
 * What these settings are set to: in the environment, or in the file that `<NAME>_FILE` names, less one line end at its
 * end. Settings that are not set are left out.
 */
export function givenSettings(env: Environment, names: readonly string[]): GivenSettings {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of names) {
    const setting = `${name}${FILE_SUFFIX}`;
    const value = env[name];
    // A setting of which the own name ends in _FILE, and which is asked for as well, is not the file of another one.
    const file = names.includes(setting) ? undefined : env[setting];
    if (file === undefined) {
      if (value !== undefined) values[name] = value;
    } else if (value !== undefined) {
      faults.push(`${setting}: ${name} is set as well; set one of the two`);
    } else {
      const read = readSettingFile(file);
      if ("fault" in read) faults.push(`${setting}: ${read.fault}`);
      else values[name] = read.value;
    }
  }
  return { values, faults };
}

/** The text of a file with a secret, less one line end; or what is wrong with the file, without its name or content. */
export function readSettingFile(file: string): { readonly value: string } | { readonly fault: string } {
  if (file === "") return { fault: "names no file" };
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const status = fstatSync(descriptor);
    if (!status.isFile()) return { fault: "names something that is no file" };
    if (isTooOpen(status.mode)) {
      return { fault: "names a file that others can read or change; chmod 600 (or 640) closes it" };
    }
    if (status.size > MOST_BYTES) return { fault: `names a file of more than ${MOST_BYTES} bytes` };
    const bytes = Buffer.alloc(status.size);
    const read = readSync(descriptor, bytes, 0, status.size, 0);
    const value = bytes.toString("utf8", 0, read).replace(/\r?\n$/, "");
    return value === "" ? { fault: "names a file that is empty" } : { value };
  } catch (error) {
    return {
      fault: `names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? "no cause"})`,
    };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Whether others than its owner and those who may read it as a group have a way to what is in a file of this mode. */
export const isTooOpen = (mode: number): boolean => process.platform !== "win32" && (mode & TOO_OPEN) !== 0;
