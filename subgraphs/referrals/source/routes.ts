// Which referral goes from which kind of organisation to which, on what ground, and within what term: one table.

import type { Category, OrganisationKind } from "../../../shared/kernel/codes";
import { KNOWN_HERE_ROUTE } from "../../../shared/kernel/known-here";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import { DEFAULT_NORMS, type ReferralType } from "../../../shared/region/referral-norms";
import { takesPart, type Organisation, type Region } from "../../../shared/region/region";
import type { ConsentBasis } from "./referral-codes";

export type { ReferralType };

interface Route {
  /** Dutch term; also its description in the contract. */
  readonly term: string;
  readonly from: readonly OrganisationKind[];
  readonly to: readonly OrganisationKind[];
  readonly bases: readonly ConsentBasis[];
  /** What belongs to it, in Dutch terms. */
  readonly document: readonly string[];
  /** Within what time the receiver decides, unless the region settles it: `decisionNorm`. Null where there is none. */
  readonly norm: (typeof DEFAULT_NORMS)[ReferralType];
  /** When, where that is no number of working days. */
  readonly timing?: string;
  /** Who stays responsible until somebody took it. */
  readonly responsible: string;
  /** What the decision table opens at the sender for it, by the kind of sender; nothing where a kind is not named. */
  readonly opens: Readonly<Partial<Record<OrganisationKind, readonly Category[]>>>;
  /** From receipt on, the receiver has sight on safety. */
  readonly sightFromReceipt: boolean;
  /** Accepting makes the receiver an organisation that works with the family; answering a question, or noting facts, does not. */
  readonly involves: boolean;
}

/** Decision table, rows 19, 25 and 26: what a report, and a handover after it, bring along. */
const REPORTED = ["IDENTITY", "HOUSEHOLD", "SAFETY", "CONCERN_REPORT"] as const;
/** Rows 34 and 35; Veilig Thuis adds its own report (row 33). */
const INQUIRY = ["IDENTITY", "HOUSEHOLD", "INVOLVEMENT", "CARE_PLAN", "SAFETY"] as const;
const INQUIRY_BY = {
  LOCAL_TEAM: INQUIRY,
  SAFE_HOME: [...INQUIRY, "CONCERN_REPORT", "INVESTIGATION_REPORT"],
  CERTIFIED_AGENCY: INQUIRY,
} as const;
/** Row 41. */
const NEW_FACTS = ["CARE_PLAN", "SAFETY", "EDUCATION", "LIVING_SITUATION", "CONCERN_REPORT"] as const;
/** Row 44: the file of the measure, but what the police gave and what is sealed. */
const MEASURE_FILE = [
  "IDENTITY",
  "HOUSEHOLD",
  "INVOLVEMENT",
  "CARE_PLAN",
  "SAFETY",
  "CONCERN_REPORT",
  "CHILD_HEALTH",
  "PARENT_HEALTH",
  "EDUCATION",
  "LIVING_SITUATION",
  "MEASURE",
  "INVESTIGATION_REPORT",
] as const;
const NOTHING = {} as const;
const STAYS_WITH_SENDER = { sightFromReceipt: false, involves: true } as const;

/** The referrals that the hub carries; those that it does not, with the way to go instead: not-carried.ts. */
export const ROUTES: Readonly<Record<ReferralType, Route>> = {
  REPORT: {
    term: "melding bij Veilig Thuis",
    document: [
      "de melder",
      "personen met hun rol",
      "gedateerde feiten",
      "doorlopen stappen van de meldcode",
      "eigen hulp",
      "hoe het gezin is geïnformeerd",
      "wat gevraagd wordt",
    ],
    responsible: "the sender for its own help; Veilig Thuis for sight on safety from receipt on",
    opens: { LOCAL_TEAM: REPORTED },
    from: ["LOCAL_TEAM", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"],
    to: ["SAFE_HOME"],
    bases: ["SAFETY_TASK", "CONSENT_GIVEN"],
    norm: DEFAULT_NORMS.REPORT,
    sightFromReceipt: true,
    involves: true,
  },
  KNOWN_HERE_CHECK: {
    term: "check op bekendheid",
    document: ["identiteit", "code van de reden"],
    responsible: "Veilig Thuis",
    opens: NOTHING,
    from: KNOWN_HERE_ROUTE.from,
    to: KNOWN_HERE_ROUTE.to,
    bases: ["SAFETY_TASK"],
    norm: DEFAULT_NORMS.KNOWN_HERE_CHECK,
    sightFromReceipt: false,
    involves: false,
  },
  CASE_INFORMATION: {
    term: "verzoek om casusinformatie",
    document: ["gerichte vragen"],
    responsible: "Veilig Thuis",
    opens: NOTHING,
    from: ["SAFE_HOME"],
    to: ["LOCAL_TEAM", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"],
    bases: ["SAFETY_TASK"],
    norm: DEFAULT_NORMS.CASE_INFORMATION,
    sightFromReceipt: false,
    involves: false,
  },
  HANDOVER_AFTER_ASSESSMENT: {
    term: "overdracht na beoordeling",
    document: ["veiligheidsbeoordeling", "afgesproken voorwaarden", "wat het gezin weet", "open risico's"],
    responsible: "Veilig Thuis until somebody accepts",
    opens: { SAFE_HOME: REPORTED },
    from: ["SAFE_HOME"],
    to: ["LOCAL_TEAM", "CERTIFIED_AGENCY"],
    bases: ["SAFETY_TASK", "CONSENT_GIVEN"],
    norm: DEFAULT_NORMS.HANDOVER_AFTER_ASSESSMENT,
    ...STAYS_WITH_SENDER,
  },
  GUIDANCE: {
    term: "aanmelding voor begeleiding in het vrijwillig kader",
    document: ["gezinsplan", "veiligheidsplan", "score", "vraag", "toestemmingen"],
    responsible: "the local team, as owner of the plan, throughout",
    opens: NOTHING,
    from: ["LOCAL_TEAM"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["CONSENT_GIVEN"],
    norm: DEFAULT_NORMS.GUIDANCE,
    ...STAYS_WITH_SENDER,
  },
  PARTICIPATING_CONSULT: {
    term: "participerend consult",
    document: ["vraag", "instemming van het gezin", "datum"],
    responsible: "the local team",
    opens: NOTHING,
    from: ["LOCAL_TEAM"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["CONSENT_GIVEN"],
    norm: DEFAULT_NORMS.PARTICIPATING_CONSULT,
    ...STAYS_WITH_SENDER,
  },
  INQUIRY_REQUEST: {
    term: "verzoek tot onderzoek (VTO)",
    document: [
      "verzoek tot onderzoek",
      "voorgeschiedenis",
      "hulpverslag",
      "diagnostiek",
      "zienswijze van het gezin",
      "of en hoe het gezin is geïnformeerd",
    ],
    responsible: "the sender keeps help and safety plan going",
    opens: INQUIRY_BY,
    from: ["LOCAL_TEAM", "SAFE_HOME", "CERTIFIED_AGENCY"],
    to: ["CHILD_PROTECTION_BOARD"],
    bases: ["INQUIRY_REQUEST"],
    norm: DEFAULT_NORMS.INQUIRY_REQUEST,
    ...STAYS_WITH_SENDER,
  },
  URGENT_INQUIRY_REQUEST: {
    term: "spoed-VTO, na telefonisch overleg",
    document: ["telefonisch overleg vooraf", "feiten", "gevaar", "waar het kind is"],
    responsible: "the sender until the board takes over",
    opens: INQUIRY_BY,
    from: ["SAFE_HOME", "CERTIFIED_AGENCY", "LOCAL_TEAM"],
    to: ["CHILD_PROTECTION_BOARD"],
    bases: ["INQUIRY_REQUEST"],
    norm: DEFAULT_NORMS.URGENT_INQUIRY_REQUEST,
    ...STAYS_WITH_SENDER,
  },
  MEASURE_ASSIGNMENT: {
    term: "opdracht tot uitvoering van een maatregel",
    document: ["beschikking", "raadsrapport", "plan"],
    responsible: "the board and the local team until a worker of the agency is named",
    opens: NOTHING,
    from: ["CHILD_PROTECTION_BOARD"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["MEASURE"],
    norm: DEFAULT_NORMS.MEASURE_ASSIGNMENT,
    ...STAYS_WITH_SENDER,
  },
  NEW_FACTS: {
    term: "nieuwe feiten voor de uitvoering van een maatregel",
    document: ["nieuwe feiten die voor de maatregel van belang zijn"],
    timing: "zodra zij bekend zijn",
    responsible: "the agency that executes the measure",
    opens: {
      LOCAL_TEAM: NEW_FACTS,
      SAFE_HOME: NEW_FACTS,
      CHILD_PROTECTION_BOARD: NEW_FACTS,
      CERTIFIED_AGENCY: NEW_FACTS,
    },
    from: ["LOCAL_TEAM", "SAFE_HOME", "CHILD_PROTECTION_BOARD", "CERTIFIED_AGENCY"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["MEASURE"],
    norm: DEFAULT_NORMS.NEW_FACTS,
    sightFromReceipt: false,
    involves: false,
  },
  AGENCY_HANDOVER: {
    term: "overdracht tussen gecertificeerde instellingen",
    document: ["dossier van de maatregel", "lopende hulp", "data"],
    timing: "vóór de datum waarop de maatregel wisselt",
    responsible: "the sending agency until the other accepts",
    opens: { CERTIFIED_AGENCY: MEASURE_FILE },
    from: ["CERTIFIED_AGENCY"],
    to: ["CERTIFIED_AGENCY"],
    bases: ["MEASURE", "CONSENT_GIVEN"],
    norm: DEFAULT_NORMS.AGENCY_HANDOVER,
    ...STAYS_WITH_SENDER,
  },
  MEASURE_ENDING: {
    term: "einde of niet verlengen van een maatregel",
    document: ["evaluatie", "advies", "nazorg"],
    timing: "twee maanden voor het einde van de maatregel (veldnorm, niet bevestigd)",
    responsible: "the agency until the last day of the measure",
    opens: NOTHING,
    from: ["CERTIFIED_AGENCY"],
    to: ["CHILD_PROTECTION_BOARD", "LOCAL_TEAM"],
    bases: ["MEASURE"],
    norm: DEFAULT_NORMS.MEASURE_ENDING,
    ...STAYS_WITH_SENDER,
  },
  STEP_DOWN: {
    term: "afschalen naar het lokale team",
    document: ["plan", "veiligheidsafspraken", "contactmoment"],
    timing: "in een gezamenlijk gesprek",
    responsible: "the agency until the local team accepts",
    opens: NOTHING,
    from: ["CERTIFIED_AGENCY"],
    to: ["LOCAL_TEAM"],
    bases: ["CONSENT_GIVEN", "MEASURE"],
    norm: DEFAULT_NORMS.STEP_DOWN,
    ...STAYS_WITH_SENDER,
  },
};
export const REFERRAL_TYPES = Object.keys(ROUTES) as ReferralType[];

/** Organisations that this sender can send this type to on a day; none before or after they take part. */
export function receiversOf(
  region: Region,
  sender: Organisation,
  type: ReferralType,
  day: PlainDate = today(),
): Organisation[] {
  const { from, to } = ROUTES[type];
  if (!from.includes(sender.kind) || !takesPart(sender, day)) return [];
  return region.organisations.filter(
    (one) => one.code !== sender.code && to.includes(one.kind) && takesPart(one, day),
  );
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
