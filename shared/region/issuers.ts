// Who vouches for people in a region: its organisations for their workers, the hub for its operator, and two that hold
// nothing: the family for its own members, the municipality for its staff.

import type { OrganisationKind } from "../kernel/codes";
import type { PlainDate } from "../kernel/plain-date";
import { FAMILY_ISSUER, HUB_ISSUER, MUNICIPALITY_ISSUER } from "./issuer-codes";
import type { IssuerEntry } from "./issuer-entry";
import { findRegion, type Region } from "./region";

export { FAMILY_ISSUER, HUB_ISSUER, MUNICIPALITY_ISSUER };

/** An issuer of tokens, and what who it vouches for is in law. */
export interface RegionIssuer {
  /** Code of the organisation, or one of the above. */
  readonly code: string;
  readonly kind: OrganisationKind;
  readonly legalEntity: string;
  /** First and last day on which it takes part. */
  readonly from?: PlainDate | undefined;
  readonly until?: PlainDate | undefined;
}

const BESIDE_ORGANISATIONS: readonly RegionIssuer[] = [
  { code: HUB_ISSUER, kind: "HUB", legalEntity: HUB_ISSUER },
  { code: FAMILY_ISSUER, kind: "FAMILY", legalEntity: FAMILY_ISSUER },
  { code: MUNICIPALITY_ISSUER, kind: "MUNICIPALITY", legalEntity: MUNICIPALITY_ISSUER },
];

/** The issuers that the region file names, those of its organisations first; none where it names none. */
export const issuerEntries = ({ organisations, issuers }: Region): IssuerEntry[] => [
  ...organisations.flatMap(({ code, issuer }) => (issuer ? [{ ...issuer, organisation: code }] : [])),
  ...issuers,
];

/** Does the region with this code name issuers of its organisations, so that those of the demo have no place? */
export function hasOwnIssuers(code: string | undefined): boolean {
  const region = findRegion(code);
  return region !== undefined && issuerEntries(region).length > 0;
}

/** Every issuer of a region, its organisations first. Throws a RangeError when an organisation carries another's name. */
export function regionIssuers(region: Region): RegionIssuer[] {
  const issuers = [
    ...region.organisations.map(({ code, kind, legalEntity, from, until }) => ({
      code,
      kind,
      legalEntity,
      from,
      until,
    })),
    ...BESIDE_ORGANISATIONS,
  ];
  if (new Set(issuers.map((one) => one.code)).size < issuers.length) {
    throw new RangeError("Two issuers of this region have the same code.");
  }
  return issuers;
}
