// Organisations of the region file -> the contract.

import { FAMILY_ISSUER, MUNICIPALITY_ISSUER } from "../../../shared/region/issuers";
import type { Region } from "../../../shared/region/region";
import type { Organisation } from "../types/organisation";

/** All organisations of the region, in its order. */
export function toOrganisations(region: Region): Organisation[] {
  return region.organisations.map(
    ({ code, name, phone, owner = null, contact = null, until = null, continuedBy = null }) => ({
      code,
      name,
      phone,
      owner,
      contact,
      until,
      continuedBy,
    }),
  );
}

/** Who vouches for a requester; of those that are no organisation of the region there is only a name. */
export function toEmployer(region: Region, code: string): Organisation {
  const employer = toOrganisations(region).find((one) => one.code === code);
  if (employer) return employer;
  const name = nameBeside(region, code);
  return { code, name, phone: null, owner: null, contact: null, until: null, continuedBy: null };
}

function nameBeside(region: Region, code: string): string {
  switch (code) {
    case FAMILY_ISSUER:
      return "Gezin";
    case MUNICIPALITY_ISSUER:
      return `Gemeente ${region.name}`;
    default:
      return `Schakel ${region.name}`;
  }
}
