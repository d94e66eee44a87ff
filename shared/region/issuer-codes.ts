// Who vouches for people in a region beside its organisations: no organisation may carry these names.

/** The issuer of the hub's own staff; it is no organisation. */
export const HUB_ISSUER = "hub";
/** The members of families, who ask for themselves; also the recipient of what they may read. */
export const FAMILY_ISSUER = "family";
/** Those who follow progress and policy, without dossiers. */
export const MUNICIPALITY_ISSUER = "municipality";

/** All of them. */
export const OTHER_ISSUERS: readonly string[] = [HUB_ISSUER, FAMILY_ISSUER, MUNICIPALITY_ISSUER];
