// Organisations of the region file -> the contract.

import type { Region } from "../../../shared/region/region";
import type { Organisation } from "../types/organisation";

/** All organisations of the region, in its order. */
export function toOrganisations(region: Region): Organisation[] {
  return region.organisations.map(({ code, name, phone }) => ({ code, name, phone }));
}

/** The employer of a requester; whoever runs the hub is employed by none of the region. */
export function toEmployer(region: Region, code: string): Organisation {
  const hub = { code, name: `Schakel ${region.name}`, phone: null };
  return toOrganisations(region).find((one) => one.code === code) ?? hub;
}
