// Where the project lies, and where a hub of a test runs.

import { join } from "node:path";
import { HUB_DATABASE } from "../../shared/launch/hub-databases";
import { databasePassword } from "../../shared/launch/keys";
import { ADMIN_ROLE } from "../../shared/launch/postgres/cluster";
import { embeddedUrl } from "../../shared/launch/postgres/server";
import { portOffsets, type PortOffsets } from "../../shared/region/ports";
import { DEFAULT_REGION, loadRegion, subgraphNames, type Region } from "../../shared/region/region";

export const PROJECT_ROOT = join(__dirname, "..", "..");

/** Where a hub runs; enough for another process to find it. */
export interface HubPlace {
  readonly port: number;
  readonly folder: string;
  /** Code of the region that it runs; the default one when left out. */
  readonly region?: string;
}

/** The region of a hub. */
export const regionOf = ({ region }: Pick<HubPlace, "region">): Region =>
  loadRegion(region ?? DEFAULT_REGION);

/** Port of one of the processes that come after the subgraphs. */
export const portOf = (place: HubPlace, process: keyof PortOffsets): number =>
  place.port + portOffsets(regionOf(place))[process];

/** Port of a subgraph of the region. Throws a RangeError when the region has none of that name. */
export function subgraphPortOf(place: HubPlace, subgraph: string): number {
  const index = subgraphNames(regionOf(place)).indexOf(subgraph);
  if (index === -1) throw new RangeError(`The region has no subgraph ${subgraph}.`);
  return place.port + 1 + index;
}

/** Connection string of the owner of the hub's tables. */
export function ownerUrlFor(place: HubPlace): string {
  const password = databasePassword(join(place.folder, "data", "keys"), ADMIN_ROLE);
  return embeddedUrl(portOf(place, "postgres"), ADMIN_ROLE, password, HUB_DATABASE);
}
