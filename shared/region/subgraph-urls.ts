// Where the subgraphs of a region answer: on this machine by their place in the region, or where a setting says.

import { settingName } from "../kernel/service-settings";
import type { Environment } from "../kernel/setting-files";
import { faultsOf, SettingsError } from "../kernel/settings";
import { givenPerName } from "./named-settings";
import { findRegion, subgraphNames, type Region } from "./region";

/** Address and port that everything is counted from. */
export interface BaseAddress {
  readonly SCHAKEL_HOST: string;
  readonly SCHAKEL_PORT: number;
}

/** A subgraph's name behind it: where that subgraph answers, when it is not counted from this machine's port. */
export const SUBGRAPH_URL = "SCHAKEL_SUBGRAPH_URL_";

/** Subgraphs of which a setting says where they answer, with that URL. Throws a SettingsError of what is no URL. */
export function subgraphsElsewhere(region: Region, env: Environment): ReadonlyMap<string, string> {
  const { values, faults } = givenPerName(SUBGRAPH_URL, subgraphNames(region), env);
  const noUrls = [...values].flatMap(([name, url]) =>
    isWebUrl(url) ? [] : [`${SUBGRAPH_URL}${settingName(name)}: an http or https URL, without a password`],
  );
  if (faults.length + noUrls.length > 0) throw new SettingsError([...faults, ...noUrls]);
  return values;
}

/** For readSettings: is what says where subgraphs answer a URL? */
export function checkSubgraphUrls(
  { SCHAKEL_REGION }: { readonly SCHAKEL_REGION?: string },
  env: Environment,
) {
  const region = findRegion(SCHAKEL_REGION);
  return region ? faultsOf(() => subgraphsElsewhere(region, env)) : [];
}

/** Subgraph -> URL of its GraphQL, out of SCHAKEL_SUBGRAPH_URL_<NAME> or the base address. Throws a SettingsError. */
export function subgraphUrls(
  region: Region,
  { SCHAKEL_HOST: host, SCHAKEL_PORT: port }: BaseAddress,
  env: Environment,
): ReadonlyMap<string, string> {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host;
  const elsewhere = subgraphsElsewhere(region, env);
  return new Map(
    subgraphNames(region).map((name, index) => [
      name,
      elsewhere.get(name) ?? `http://${reachable}:${port + 1 + index}/graphql`,
    ]),
  );
}

function isWebUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
