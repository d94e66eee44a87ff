// Can this gateway serve? Its database and the hub's registers must answer; an organisation that is down costs its own
// part of a view, not the view, so it does not count.

import type { Pool } from "pg";
import { request } from "undici";
import type { Connections } from "../shared/mutual-tls/connections";
import type { GatewaySettings } from "./settings";

/** Milliseconds that a part may take to say that it is ready. */
const PROBE_TIMEOUT_MS = 1_500;

async function answers(graphqlUrl: string, connections: Connections): Promise<boolean> {
  try {
    const { dispatcher } = await connections.current();
    const { statusCode, body } = await request(new URL("/ready", graphqlUrl), {
      dispatcher,
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

/** The names of the parts without which the gateway cannot serve and that do not answer. */
export async function missingParts(
  pool: Pool,
  { region, subgraphUrls }: Pick<GatewaySettings, "region" | "subgraphUrls">,
  connections: Connections,
): Promise<string[]> {
  // A server that hangs keeps its connections; without a time of its own the probe would hang with it.
  const probe = { text: "select 1", query_timeout: PROBE_TIMEOUT_MS };
  const database = pool.query(probe).then(
    () => [],
    () => ["database"],
  );
  const registers = region.hubSubgraphs.map(async (name) =>
    (await answers(subgraphUrls.get(name) ?? "", connections)) ? [] : [name],
  );
  return (await Promise.all([database, ...registers])).flat();
}
