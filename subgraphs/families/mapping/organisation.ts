// Organisations of the region file -> the contract.

import { FAMILY_ISSUER, MUNICIPALITY_ISSUER } from "../../../shared/region/issuers";
import type { Region } from "../../../shared/region/region";
import type { Organisation } from "../types/organisation";

/** All organisations of the region, in its order. */
export function toOrganisations(region: Region): Organisation[] {
  return region.organisations.map(({ code, name, phone, owner = null, contact = null }) => ({
    code,
    name,
    phone,
    owner,
    contact,
  }));
}

/** Who vouches for a requester; of those that are no organisation of the region there is no phone. */
export function toEmployer(region: Region, code: string): Organisation {
  const employer = toOrganisations(region).find((one) => one.code === code);
  return employer ?? { code, name: nameBeside(region, code), phone: null, owner: null, contact: null };
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
