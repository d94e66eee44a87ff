// In production nothing of a family travels in the open: databases, the queue, issuers and subgraphs are reached over TLS.

import type { Environment } from "../kernel/setting-files";
import { settingName } from "../kernel/service-settings";
import { faultsOf } from "../kernel/settings";
import { hasOwnIssuers } from "../region/issuers";
import { findRegion } from "../region/region";
import { SUBGRAPH_URL, subgraphsElsewhere } from "../region/subgraph-urls";
import { isProduction, type Place } from "./place";

/** Settings by name, of those that are valid. */
type Settings = Readonly<Record<string, unknown>>;

/** For readSettings: connections to PostgreSQL, by the names of their settings, are encrypted and the server is verified. */
export const encryptedDatabases =
  (...names: readonly string[]) =>
  (valid: Place & Settings): string[] =>
    isProduction(valid) ? names.flatMap((name) => openDatabase(name, valid[name])) : [];

/** The fault of a connection string that does not see to TLS; none when it is not set. */
export function openDatabase(name: string, url: unknown): string[] {
  if (typeof url !== "string" || isEncryptedDatabase(url)) return [];
  return [
    `${name}: in production add sslmode=verify-full (and sslrootcert=<file> when the authority is your own), or connect over a unix socket (host=/<folder>)`,
  ];
}

/**
 * Does the driver encrypt what goes over this connection, and verify the server and its name? Also when it goes over a unix
 * socket, which never leaves the machine. Of a parameter that is there twice `pg` takes the last: no value may be another.
 */
export function isEncryptedDatabase(url: string): boolean {
  const { hostname, protocol, searchParams } = new URL(url);
  // As shared/sources/sql opens them: SQL Server always so, Oracle never.
  if (protocol === "sqlserver:") return true;
  if (protocol === "oracle:") return false;
  const host = searchParams.getAll("host").at(-1) || decodeURIComponent(hostname);
  if (host.startsWith("/") && protocol.startsWith("postgres")) return true;
  const modes = searchParams.getAll("sslmode");
  return modes.length > 0 && modes.every((mode) => mode === "verify-full");
}

/** For readSettings: the queue's Redis is reached over TLS. */
export function encryptedRedis(valid: Place & { readonly REDIS_URL?: string | undefined }): string[] {
  const { REDIS_URL: url } = valid;
  if (!isProduction(valid) || url === undefined) return [];
  const { protocol, searchParams } = new URL(url);
  // Parameters become options of the connection, and could switch the verification off.
  if (protocol === "rediss:" && searchParams.size === 0) return [];
  return [
    "REDIS_URL: in production a rediss:// URL without parameters (NODE_EXTRA_CA_CERTS names an authority of your own), or leave it out: the queue then lies in PostgreSQL",
  ];
}

/** For readSettings: tokens come from issuers of the organisations, reached over TLS. */
export function ownIssuers(
  valid: Place & {
    readonly SCHAKEL_ISSUER_URL?: string | undefined;
    readonly SCHAKEL_ISSUERS_FILE?: string | undefined;
    readonly SCHAKEL_REGION?: string;
  },
): string[] {
  if (!isProduction(valid)) return [];
  const { SCHAKEL_ISSUER_URL: url, SCHAKEL_ISSUERS_FILE: file } = valid;
  // Where issuers are named one by one the base below which those of the demo would be is not used.
  if (Boolean(file) || hasOwnIssuers(valid.SCHAKEL_REGION)) return [];
  if (url === undefined) {
    return [
      "SCHAKEL_ISSUERS_FILE: is needed in production, where the demo issuers do not run; it says who the organisations' issuers are, unless the region file does",
    ];
  }
  if (url.startsWith("https://")) return [];
  return ["SCHAKEL_ISSUER_URL: in production an https URL"];
}

/**
 * For readSettings: subgraphs are reached over mutual TLS. While it is on, an address without https is refused anyhow
 * (`checkSubgraphUrls`); while it is not, such an address is said here beside it.
 */
export function mutualTls(
  valid: Place & { readonly SCHAKEL_REGION?: string; readonly SCHAKEL_TLS_DIR?: string | undefined },
  env: Environment,
): string[] {
  if (!isProduction(valid) || valid.SCHAKEL_TLS_DIR !== undefined) return [];
  const needed =
    "SCHAKEL_TLS_DIR: is needed in production; it names the folder of the certificates of mutual TLS";
  const region = findRegion(valid.SCHAKEL_REGION);
  if (!region || faultsOf(() => subgraphsElsewhere(region, env)).length > 0) return [needed];
  const open = [...subgraphsElsewhere(region, env)].filter(([, url]) => !url.startsWith("https://"));
  return [needed, ...open.map(([name]) => `${SUBGRAPH_URL}${settingName(name)}: in production an https URL`)];
}
