// On which ports the processes of a hub on one machine listen, counted from the gateway's.

import { subgraphNames, type Region } from "./region";

/** Offsets from SCHAKEL_PORT. The subgraphs come first, in the order of the region: the first one has offset 1. */
export interface PortOffsets {
  readonly issuer: number;
  readonly postgres: number;
  readonly worker: number;
  readonly keeper: number;
  /** Of the first organisation's own system; those of the others follow. */
  readonly systems: number;
}

/** The offsets in a region: what comes after the subgraphs is counted from how many there are. */
export function portOffsets(region: Region): PortOffsets {
  const last = subgraphNames(region).length;
  return { issuer: last + 1, postgres: last + 2, worker: last + 3, keeper: last + 4, systems: last + 5 };
}
