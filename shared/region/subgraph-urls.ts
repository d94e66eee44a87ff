// Where the subgraphs of a region answer: on this machine by their place in the region, or where a setting says.

import { settingName } from "../kernel/service-settings";
import { subgraphNames, type Region } from "./region";

/** Address and port that everything is counted from. */
export interface BaseAddress {
  readonly SCHAKEL_HOST: string;
  readonly SCHAKEL_PORT: number;
}

/** Subgraph -> URL of its GraphQL, out of SCHAKEL_SUBGRAPH_URL_<NAME> or the base address. */
export function subgraphUrls(
  region: Region,
  { SCHAKEL_HOST: host, SCHAKEL_PORT: port }: BaseAddress,
  env: NodeJS.ProcessEnv,
): ReadonlyMap<string, string> {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host;
  return new Map(
    subgraphNames(region).map((name, index) => [
      name,
      env[`SCHAKEL_SUBGRAPH_URL_${settingName(name)}`] ?? `http://${reachable}:${port + 1 + index}/graphql`,
    ]),
  );
}
