// From a mapping file and an address to a source: the file says which kind of system it is, and is checked whole first.

import path from "node:path";
import { z } from "zod";
import { SchakelError } from "../kernel/errors";
import { SettingsError } from "../kernel/settings";
import { createFilesReader } from "./files/reader";
import { FilesSource } from "./files/settings";
import type { GuardOptions } from "./guard";
import { loadMapping, type Mapping } from "./mapping/load";
import type { Layout } from "./mapping/layout";
import type { OrganisationSource } from "./organisation-source";
import type { PseudonymKey } from "./pseudonym";
import type { PseudonymKeys } from "./pseudonym-keys";
import type { RecordReader } from "./record-reader";
import { createRecordSource } from "./record-source";
import { readApiDescription } from "./rest/openapi";
import { createRestReader } from "./rest/reader";
import { RestSource, type ClientCredentials } from "./rest/settings";
import { createSoapReader } from "./soap/reader";
import { SoapSource } from "./soap/settings";
import { checkService } from "./soap/wsdl";
import { SqlSource } from "./sql/settings";
import { createTablesReader } from "./sql/tables-reader";

/** Where the system is; which of these is needed depends on its kind. */
export interface SourceAddress {
  /** Of `sql`. */
  readonly databaseUrl?: string | undefined;
  /** Of `rest` and `soap`. */
  readonly url?: string | undefined;
  readonly client?: ClientCredentials | undefined;
  readonly user?: { readonly name: string; readonly password: string } | undefined;
  /** Of `files`. */
  readonly folder?: string | undefined;
}

/** What a source needs beside its file. */
export interface DeclaredSourceOptions extends GuardOptions {
  readonly address: SourceAddress;
  readonly pseudonymKey: PseudonymKey | PseudonymKeys;
  readonly indexRefreshMs?: number | undefined;
}

const AnySource = z.union([z.discriminatedUnion("kind", [SqlSource, RestSource, SoapSource]), FilesSource]);
type AnySource = z.infer<typeof AnySource>;

/** What an organisation's system is. */
export type SourceKind = AnySource["kind"];

/**
 * Checks a mapping file without opening anything, and tells which kind of source it declares. Throws a SettingsError with
 * every fault of the file, and with what the description of the system does not have.
 */
export const checkDeclaredSource = (mappingFile: string): SourceKind => readDeclared(mappingFile).source.kind;

/**
 * Opens the source that a mapping file declares. Throws a SettingsError as `checkDeclaredSource` does, and with the tables
 * and columns that an SQL system does not have; a system that is down is no fault.
 */
export async function openDeclaredSource(
  mappingFile: string,
  options: DeclaredSourceOptions,
): Promise<OrganisationSource> {
  const { mapping, source } = readDeclared(mappingFile);
  const reader = await openReader(mapping.organisation, source, options);
  const { pseudonymKey, log, indexRefreshMs } = options;
  return createRecordSource({ reader, mapping, pseudonymKey, log, indexRefreshMs });
}

/** Reads a mapping file and all that it refers to, and checks it; throws as `checkDeclaredSource`. */
export function readDeclared(mappingFile: string): { readonly mapping: Mapping; readonly source: AnySource } {
  const folder = path.dirname(mappingFile);
  /** `openapi.yaml#/components/schemas/Dossier`: out of a description beside the file. */
  const layoutOf = (name: string): Layout => {
    const [file = "", pointer = ""] = name.split("#");
    return readApiDescription(path.join(folder, file)).layoutOf(`#${pointer}`);
  };
  const mapping = loadMapping(mappingFile, { layoutOf });
  const source = mapping.source?.checked(AnySource);
  mapping.settle();
  if (!source) throw new SettingsError([`${path.basename(mappingFile)}: source: is needed, with its kind`]);
  if (source.kind === "rest" && source.openapi !== undefined) {
    readApiDescription(path.join(folder, source.openapi)).check(source);
  }
  if (source.kind === "soap" && source.wsdl !== undefined) {
    checkService(path.join(folder, source.wsdl), source);
  }
  return { mapping, source };
}

async function openReader(
  organisation: string,
  source: AnySource,
  options: DeclaredSourceOptions,
): Promise<RecordReader> {
  const { address } = options;
  switch (source.kind) {
    case "sql": {
      const connectionString = needed("databaseUrl", address.databaseUrl);
      const reader = createTablesReader({ ...source, organisation }, { ...options, connectionString });
      try {
        await reader.check();
      } catch (error) {
        if (!isDown(error)) {
          await reader.close();
          throw error;
        }
        options.log?.warn({}, "the tables of the organisation's system could not be checked");
      }
      return reader;
    }
    case "rest": {
      const baseUrl = needed("url", address.url);
      return createRestReader(source, { baseUrl, client: address.client }, options);
    }
    case "soap":
      return createSoapReader(source, { url: needed("url", address.url), user: address.user }, options);
    case "files":
      return createFilesReader(source, { ...options, folder: needed("folder", address.folder) });
    default: {
      const never: never = source;
      return never;
    }
  }
}

const isDown = (error: unknown): boolean =>
  error instanceof SchakelError && error.code === "SOURCE_UNAVAILABLE";

function needed(name: keyof SourceAddress, value: string | undefined): string {
  if (value === undefined) throw new SettingsError([`${name}: is needed by a source of this kind`]);
  return value;
}
