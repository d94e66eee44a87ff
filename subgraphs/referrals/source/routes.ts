// Which referral goes from which kind of organisation to which, on what ground, and within what term: one table.

import type { OrganisationKind } from "../../../shared/kernel/codes";
import type { Organisation, Region } from "../../../shared/region/region";
import type { ConsentBasis } from "./referral-codes";

/** Where a term comes from: a law or rule that was read, or a proposal that the region still has to settle. */
type NormSource = "CONFIRMED" | "UNCONFIRMED" | "PROPOSED";

interface Route {
  /** Dutch term; also its description in the contract. */
  readonly term: string;
  readonly from: readonly OrganisationKind[];
  readonly to: readonly OrganisationKind[];
  readonly bases: readonly ConsentBasis[];
  /** Working days within which the receiver decides; null where the region has none. 0 is at once. */
  readonly norm: { readonly workingDays: number; readonly source: NormSource } | null;
  /** From receipt on, the receiver has sight on safety. */
  readonly sightFromReceipt: boolean;
  /** Accepting makes the receiver an organisation that works with the family; answering a question, or noting facts, does not. */
  readonly involves: boolean;
}

const routes = <T extends Record<string, Route>>(rows: T): Readonly<Record<keyof T, Route>> => rows;

const proposed = (workingDays: number) => ({ workingDays, source: "PROPOSED" }) as const;
const STAYS_WITH_SENDER = { sightFromReceipt: false, involves: true } as const;

/**
 * The referrals that the hub carries. Not in it: advice (anonymous, by phone), the child-protection table, the
 * petition and the assignment of youth care (their receiver is outside the hub), and the board's own review of its
 * report (inside one organisation).
 */
export const ROUTES = routes({
  REPORT: {
    term: "melding bij Veilig Thuis",
    from: ["LOCAL_TEAM", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"],
    to: ["SAFE_HOME"],
    bases: ["SAFETY_TASK", "CONSENT_GIVEN"],
    norm: { workingDays: 5, source: "CONFIRMED" },
    sightFromReceipt: true,
    involves: true,
  },
  KNOWN_HERE_CHECK: {
    term: "check op bekendheid",
    from: ["SAFE_HOME"],
    to: ["LOCAL_TEAM", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"],
    bases: ["SAFETY_TASK"],
    norm: proposed(1),
    sightFromReceipt: false,
    involves: false,
  },
  CASE_INFORMATION: {
    term: "verzoek om casusinformatie",
    from: ["SAFE_HOME"],
    to: ["LOCAL_TEAM", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"],
    bases: ["SAFETY_TASK"],
    norm: proposed(2),
    sightFromReceipt: false,
    involves: false,
  },
  HANDOVER_AFTER_ASSESSMENT: {
    term: "overdracht na beoordeling",
    from: ["SAFE_HOME"],
    to: ["LOCAL_TEAM", "CERTIFIED_AGENCY"],
    bases: ["SAFETY_TASK", "CONSENT_GIVEN"],
    norm: proposed(1),
    ...STAYS_WITH_SENDER,
  },
  GUIDANCE: {
    term: "aanmelding voor begeleiding in het vrijwillig kader",
    from: ["LOCAL_TEAM"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["CONSENT_GIVEN"],
    norm: proposed(5),
    ...STAYS_WITH_SENDER,
  },
  PARTICIPATING_CONSULT: {
    term: "participerend consult",
    from: ["LOCAL_TEAM"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["CONSENT_GIVEN"],
    norm: proposed(5),
    ...STAYS_WITH_SENDER,
  },
  INQUIRY_REQUEST: {
    term: "verzoek tot onderzoek (VTO)",
    from: ["LOCAL_TEAM", "SAFE_HOME", "CERTIFIED_AGENCY"],
    to: ["CHILD_PROTECTION_BOARD"],
    bases: ["INQUIRY_REQUEST"],
    norm: { workingDays: 10, source: "UNCONFIRMED" },
    ...STAYS_WITH_SENDER,
  },
  URGENT_INQUIRY_REQUEST: {
    term: "spoed-VTO, na telefonisch overleg",
    from: ["SAFE_HOME", "CERTIFIED_AGENCY", "LOCAL_TEAM"],
    to: ["CHILD_PROTECTION_BOARD"],
    bases: ["INQUIRY_REQUEST"],
    norm: { workingDays: 0, source: "CONFIRMED" },
    ...STAYS_WITH_SENDER,
  },
  MEASURE_ASSIGNMENT: {
    term: "opdracht tot uitvoering van een maatregel",
    from: ["CHILD_PROTECTION_BOARD"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["MEASURE"],
    norm: { workingDays: 5, source: "UNCONFIRMED" },
    ...STAYS_WITH_SENDER,
  },
  NEW_FACTS: {
    term: "nieuwe feiten voor de uitvoering van een maatregel",
    from: ["LOCAL_TEAM", "SAFE_HOME", "CHILD_PROTECTION_BOARD", "CERTIFIED_AGENCY"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["MEASURE"],
    norm: null,
    sightFromReceipt: false,
    involves: false,
  },
  AGENCY_HANDOVER: {
    term: "overdracht tussen gecertificeerde instellingen",
    from: ["CERTIFIED_AGENCY"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["MEASURE", "CONSENT_GIVEN"],
    norm: null,
    ...STAYS_WITH_SENDER,
  },
  MEASURE_ENDING: {
    term: "einde of niet verlengen van een maatregel",
    from: ["CERTIFIED_AGENCY"],
    to: ["CHILD_PROTECTION_BOARD", "LOCAL_TEAM"],
    bases: ["MEASURE"],
    norm: null,
    ...STAYS_WITH_SENDER,
  },
  STEP_DOWN: {
    term: "afschalen naar het lokale team",
    from: ["CERTIFIED_AGENCY"],
    to: ["LOCAL_TEAM"],
    bases: ["CONSENT_GIVEN", "MEASURE"],
    norm: null,
    ...STAYS_WITH_SENDER,
  },
});
/** Kind of referral (soort verwijzing). */
export type ReferralType = keyof typeof ROUTES;
export const REFERRAL_TYPES = Object.keys(ROUTES) as ReferralType[];

/** Organisations that this sender can send this type to. */
export function receiversOf(region: Region, sender: Organisation, type: ReferralType): Organisation[] {
  const { from, to } = ROUTES[type];
  if (!from.includes(sender.kind)) return [];
  return region.organisations.filter((one) => one.code !== sender.code && to.includes(one.kind));
}

/** What a sender can send: each type with the organisations that it can go to; types without one are left out. */
export function routesFrom(
  region: Region,
  sender: Organisation,
): { readonly type: ReferralType; readonly receivers: readonly string[] }[] {
  return REFERRAL_TYPES.map((type) => ({
    type,
    receivers: receiversOf(region, sender, type).map((one) => one.code as string),
  })).filter(({ receivers }) => receivers.length > 0);
}
