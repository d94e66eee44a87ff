// Ids are branded: a string is never an identity. Terms: docs/glossary.md.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Pseudonymous id of a household in the hub, such as OVV-06. */
export type FamilyId = Branded<"FamilyId">;
/** Pseudonymous id of a person in the hub, such as OVV-06-1. Never a BSN. */
export type PersonId = Branded<"PersonId">;
/** Code of an organisation in the region file, such as lokalis or veilig-thuis. */
export type OrganisationCode = Branded<"OrganisationCode">;
/** Id of a worker as the employer's issuer names it (token `sub`). */
export type WorkerId = Branded<"WorkerId">;
/** Id of a referral (UUID). */
export type ReferralId = Branded<"ReferralId">;
/** W3C trace id: 32 hexadecimal digits. */
export type TraceId = Branded<"TraceId">;

const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/;

const matching = (name: string, pattern: RegExp, value: string): string => {
  if (!pattern.test(value)) throw new TypeError(`Not a ${name}.`);
  return value;
};

// Each takes any string and returns the branded id, or throws a TypeError that does not repeat the value.
export const toFamilyId = (value: string) => matching("family id", ID_PATTERN, value) as FamilyId;
export const toPersonId = (value: string) => matching("person id", ID_PATTERN, value) as PersonId;
export const toWorkerId = (value: string) => matching("worker id", ID_PATTERN, value) as WorkerId;
export const toOrganisationCode = (value: string) =>
  matching("organisation code", /^[a-z][a-z0-9-]{0,39}$/, value) as OrganisationCode;
export const toReferralId = (value: string) =>
  matching("referral id", /^[0-9a-f-]{36}$/, value) as ReferralId;
export const toTraceId = (value: string) => matching("trace id", /^[0-9a-f]{32}$/, value) as TraceId;
