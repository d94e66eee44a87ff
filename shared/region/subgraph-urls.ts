// Where the subgraphs of a region answer: on this machine by their place in the region, or where a setting says.

import { settingName } from "../kernel/service-settings";
import type { Environment } from "../kernel/setting-files";
import { faultsOf, SettingsError } from "../kernel/settings";
import { givenPerName } from "./named-settings";
import { findRegion, subgraphNames, type Region } from "./region";

/** Address and port that everything is counted from, and whether subgraphs are reached over mutual TLS. */
export interface BaseAddress {
  readonly SCHAKEL_TLS_DIR?: string | undefined;
  readonly SCHAKEL_HOST: string;
  readonly SCHAKEL_PORT: number;
}

/** A subgraph's name behind it: where that subgraph answers, when it is not counted from this machine's port. */
export const SUBGRAPH_URL = "SCHAKEL_SUBGRAPH_URL_";

/**
 * Subgraphs of which a setting, or the region file, says where they answer, with that URL. Throws a SettingsError of what is no URL, and while
 * mutual TLS is on of what is not https.
 */
export function subgraphsElsewhere(
  region: Region,
  env: Environment,
  tlsDirectory?: string,
): ReadonlyMap<string, string> {
  const { values: given, faults } = givenPerName(SUBGRAPH_URL, subgraphNames(region), env);
  const values = new Map([...inFile(region), ...given]);
  const noUrls = [...values].flatMap(([name, url]) => {
    const setting = `${SUBGRAPH_URL}${settingName(name)}`;
    if (!isWebUrl(url)) return [`${setting}: an http or https URL, without a password`];
    const isOpen = tlsDirectory !== undefined && new URL(url).protocol !== "https:";
    return isOpen ? [`${setting}: an https URL, for SCHAKEL_TLS_DIR is set`] : [];
  });
  if (faults.length + noUrls.length > 0) throw new SettingsError([...faults, ...noUrls]);
  return values;
}

/** What the region file says of where subgraphs answer. */
const inFile = ({ organisations }: Region): (readonly [string, string])[] =>
  organisations.flatMap(({ code, url }) => (url === undefined ? [] : [[code as string, url] as const]));

/** For readSettings: is what says where subgraphs answer a URL? */
export function checkSubgraphUrls(
  {
    SCHAKEL_REGION,
    SCHAKEL_TLS_DIR,
  }: { readonly SCHAKEL_REGION?: string; readonly SCHAKEL_TLS_DIR?: string | undefined },
  env: Environment,
) {
  const region = findRegion(SCHAKEL_REGION);
  return region ? faultsOf(() => subgraphsElsewhere(region, env, SCHAKEL_TLS_DIR)) : [];
}

/** Subgraph -> URL of its GraphQL, out of SCHAKEL_SUBGRAPH_URL_<NAME> or the base address. Throws a SettingsError. */
export function subgraphUrls(
  region: Region,
  { SCHAKEL_HOST: host, SCHAKEL_PORT: port, SCHAKEL_TLS_DIR }: BaseAddress,
  env: Environment,
): ReadonlyMap<string, string> {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host;
  const scheme = SCHAKEL_TLS_DIR === undefined ? "http" : "https";
  const elsewhere = subgraphsElsewhere(region, env, SCHAKEL_TLS_DIR);
  return new Map(
    subgraphNames(region).map((name, index) => [
      name,
      elsewhere.get(name) ?? `${scheme}://${reachable}:${port + 1 + index}/graphql`,
    ]),
  );
}

function isWebUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
