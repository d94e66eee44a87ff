// Where the files of mutual TLS are, by the settings of a process.

import path from "node:path";
import { SettingsError } from "../kernel/settings";
import { readTlsFiles, TlsFilesError, type TlsFiles } from "./tls-files";

/** The part of any settings that this is about. */
export interface TlsSettings {
  readonly SCHAKEL_TLS_DIR?: string | undefined;
  readonly NODE_ENV: string;
}

/**
 * The files of the process `name`; undefined when mutual TLS is off. Rejects with a SettingsError when they cannot be used.
 */
export async function tlsFilesOf(
  { SCHAKEL_TLS_DIR: directory, NODE_ENV }: TlsSettings,
  name: string,
): Promise<TlsFiles | undefined> {
  if (directory === undefined) return undefined;
  const files = { directory: path.resolve(directory), name, isProduction: NODE_ENV === "production" };
  try {
    await readTlsFiles(files);
  } catch (error) {
    if (error instanceof TlsFilesError) throw new SettingsError([`SCHAKEL_TLS_DIR: ${error.message}`]);
    throw error;
  }
  return files;
}
