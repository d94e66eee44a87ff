// The closed code lists that the rules, the log and the contract share. Terms: docs/glossary.md.

/** Kinds of information (gegevenscategorie); the Dutch term stands beside each. */
export const Category = {
  /** Identiteit en contact */
  IDENTITY: "IDENTITY",
  /** Gezin en gezag */
  HOUSEHOLD: "HOUSEHOLD",
  /** Betrokkenheid */
  INVOLVEMENT: "INVOLVEMENT",
  /** Plan en hulpverlening */
  CARE_PLAN: "CARE_PLAN",
  /** Veiligheid */
  SAFETY: "SAFETY",
  /** Meldingen en signalen */
  CONCERN_REPORT: "CONCERN_REPORT",
  /** Identiteit melder of informant */
  REPORTER: "REPORTER",
  /** Gezondheid kind */
  CHILD_HEALTH: "CHILD_HEALTH",
  /** Gezondheid ouder */
  PARENT_HEALTH: "PARENT_HEALTH",
  /** Strafrecht en politie */
  CRIMINAL: "CRIMINAL",
  /** Onderwijs en leerplicht */
  EDUCATION: "EDUCATION",
  /** Financiën, wonen, werk */
  LIVING_SITUATION: "LIVING_SITUATION",
  /** Maatregel en procedure */
  MEASURE: "MEASURE",
  /** Onderzoek en rapportage */
  INVESTIGATION_REPORT: "INVESTIGATION_REPORT",
  /** Afgeschermd verblijf (geheim adres) */
  SECRET_ADDRESS: "SECRET_ADDRESS",
} as const;
export type Category = keyof typeof Category;

/** What the hub itself holds or carries, beside what organisations hold about people; decided on in the same way. */
export const HubResource = {
  /** Logging: wie heeft gekeken */
  ACCESS_LOG: "ACCESS_LOG",
  /** Wachtrij: stand en tijden van verwijzingen, zonder namen */
  REFERRAL_QUEUE: "REFERRAL_QUEUE",
  /** Tellingen van ten minste 10 */
  AGGREGATE: "AGGREGATE",
  /** Een vraag zonder persoonsgegevens (anoniem consult) */
  ANONYMOUS_QUESTION: "ANONYMOUS_QUESTION",
} as const;
export type HubResource = keyof typeof HubResource;

/** What a request is for (doelbinding); sent with every request in the `Purpose` header. */
export const Purpose = {
  /** Vrijwillige hulp verlenen en afstemmen */
  CARE: "CARE",
  /** Advies of consult */
  CONSULT: "CONSULT",
  /** Melding beoordelen */
  SAFETY_ASSESSMENT: "SAFETY_ASSESSMENT",
  /** Onderzoek door Veilig Thuis of raadsonderzoek */
  INVESTIGATION: "INVESTIGATION",
  /** Onafhankelijke toetsing van een maatregel */
  INDEPENDENT_REVIEW: "INDEPENDENT_REVIEW",
  /** Uitvoering van een maatregel */
  MEASURE_EXECUTION: "MEASURE_EXECUTION",
  /** Verwijzen en overdragen */
  REFERRAL: "REFERRAL",
  /** Direct gevaar afwenden */
  ACUTE_SAFETY: "ACUTE_SAFETY",
  /** Inzage, correctie, klacht */
  SUBJECT_RIGHTS: "SUBJECT_RIGHTS",
  /** Toezicht en verantwoording */
  OVERSIGHT: "OVERSIGHT",
} as const;
export type Purpose = keyof typeof Purpose;

/** What an organisation is in law; the rules speak of kinds, a region's file says who is which. */
export const OrganisationKind = {
  /** Lokaal team (buurtteam jeugd en gezin) */
  LOCAL_TEAM: "LOCAL_TEAM",
  /** Veilig Thuis: advies- en meldpunt */
  SAFE_HOME: "SAFE_HOME",
  /** Gecertificeerde instelling (GI) */
  CERTIFIED_AGENCY: "CERTIFIED_AGENCY",
  /** Raad voor de Kinderbescherming */
  CHILD_PROTECTION_BOARD: "CHILD_PROTECTION_BOARD",
  /** The hub's own registers; no organisation in law */
  HUB: "HUB",
  /** De gezinsleden zelf; they ask and hold nothing */
  FAMILY: "FAMILY",
  /** Gemeente: regie en beleid, zonder dossiers; holds nothing */
  MUNICIPALITY: "MUNICIPALITY",
  /** Politie, OM, rechter, inspectie: outside the hub, by their own powers; holds nothing */
  AUTHORITY: "AUTHORITY",
  OTHER: "OTHER", // Een andere organisatie, die geen regel noemt: default deny
} as const;
export type OrganisationKind = keyof typeof OrganisationKind;

/** The kinds that hold information which can be asked through the hub. */
export const HOLDER_KINDS = [
  "LOCAL_TEAM",
  "SAFE_HOME",
  "CERTIFIED_AGENCY",
  "CHILD_PROTECTION_BOARD",
  "HUB",
] as const satisfies readonly OrganisationKind[];
export type HolderKind = (typeof HOLDER_KINDS)[number];

/** The function in which someone asks (functie). */
export const WorkerFunction = {
  /** Medewerker van het lokale team */
  WORKER: "WORKER",
  /** Veilig Thuis: beoordeling en onderzoek van meldingen */
  ASSESSOR: "ASSESSOR",
  /** Veilig Thuis: advies, zonder persoonsgegevens */
  ADVISOR: "ADVISOR",
  /** Jeugdbeschermer die een maatregel uitvoert */
  GUARDIAN: "GUARDIAN",
  /** Medewerker van een GI in het vrijwillig kader */
  VOLUNTARY_WORKER: "VOLUNTARY_WORKER",
  /** Jeugdreclasseerder van een GI */
  PROBATION_OFFICER: "PROBATION_OFFICER",
  /** Lid van een duo van twee organisaties dat samen een gezin begeleidt */
  DUO_MEMBER: "DUO_MEMBER",
  /** Raadsonderzoeker */
  INVESTIGATOR: "INVESTIGATOR",
  /** Onafhankelijk toetser van de Raad */
  REVIEWER: "REVIEWER",
  /** Functionaris gegevensbescherming of privacy officer */
  PRIVACY_OFFICER: "PRIVACY_OFFICER",
  /** Beheerder van de hub */
  OPERATOR: "OPERATOR",
  /** Jeugdige vanaf 12 jaar, voor zichzelf */
  YOUNG_PERSON: "YOUNG_PERSON",
  /** Ouder, voor zichzelf en de eigen kinderen */
  PARENT: "PARENT",
  /** Procesbegeleider: houdt de voortgang bij, zonder namen */
  PROCESS_LEAD: "PROCESS_LEAD",
  /** Beleidsmedewerker van de gemeente: tellingen */
  POLICY_STAFF: "POLICY_STAFF",
  /** Politie, OM, rechter of inspectie: geen functie binnen de hub */
  OFFICIAL: "OFFICIAL",
} as const;
export type WorkerFunction = keyof typeof WorkerFunction;

/** Age bands that the consent rules know (Jeugdwet 7.3.4, 7.3.5); an unborn child is its own band. */
export const AgeBand = {
  UNBORN: "UNBORN",
  UNDER_12: "UNDER_12",
  FROM_12_TO_15: "FROM_12_TO_15",
  FROM_16_TO_17: "FROM_16_TO_17",
  ADULT: "ADULT",
} as const;
export type AgeBand = keyof typeof AgeBand;

/** The place of a person in the household, as far as the rules need it. */
export const FamilyRole = {
  /** Jeugdige of ongeboren kind */
  CHILD: "CHILD",
  /** Ouder of verzorger */
  PARENT: "PARENT",
  /** Ander lid van het gezin of netwerk */
  OTHER: "OTHER",
} as const;
export type FamilyRole = keyof typeof FamilyRole;

/** Whether a parent has authority (gezag); unknown never counts as consent. */
export const Authority = { YES: "YES", NO: "NO", UNKNOWN: "UNKNOWN" } as const;
export type Authority = keyof typeof Authority;

/** State of consent for one person, holder, recipient, purpose and category, after the age rule. */
export const ConsentState = {
  GIVEN: "GIVEN",
  REFUSED: "REFUSED",
  /** Nobody who must consent was asked, or not everybody answered */
  ABSENT: "ABSENT",
  /** Withdrawn or past its end date (hard deny H7) */
  LAPSED: "LAPSED",
  /** 12 and over: parents consented, the young person did not */
  PARENTS_ONLY: "PARENTS_ONLY",
  /** 12 to 15: the young person consented, not all parents with authority did */
  CHILD_ONLY: "CHILD_ONLY",
  /** About a parent: only the other parent consented */
  OTHER_PARENT_ONLY: "OTHER_PARENT_ONLY",
} as const;
export type ConsentState = keyof typeof ConsentState;

/** Legal frame (kader); pressure (drang) is a flag beside VOLUNTARY, not a third frame. */
export const Framework = { VOLUNTARY: "VOLUNTARY", COMPULSORY: "COMPULSORY" } as const;
export type Framework = keyof typeof Framework;

/** Relation of the requester to the family, or of a member of it to the person asked about (betrokkenheid). */
export const Relation = {
  /** Assigned to the family (toegewezen), alone or as member of the team that has it */
  ASSIGNED: "ASSIGNED",
  /** Stand-in (vervanger) with an end date */
  STAND_IN: "STAND_IN",
  /** Member of the duo that guides the family, with an end date */
  DUO: "DUO",
  /** Works where an open referral about the family was delivered; opens only what was sent with it */
  REFERRED: "REFERRED",
  /** Declared an emergency for this family (noodprocedure); only for ACUTE_SAFETY, while it runs */
  EMERGENCY: "EMERGENCY",
  /** The person asked about is the requester (betrokkene zelf) */
  SELF: "SELF",
  /** Parent with authority over the person (ouder met gezag) */
  PARENT_WITH_AUTHORITY: "PARENT_WITH_AUTHORITY",
  /** Parent without authority over the person, or with authority unknown (ouder zonder gezag) */
  PARENT_WITHOUT_AUTHORITY: "PARENT_WITHOUT_AUTHORITY",
  /** Another member of the family than the above (ander gezinslid) */
  RELATIVE: "RELATIVE",
  NONE: "NONE",
} as const;
export type Relation = keyof typeof Relation;

/** What is under way between the holder and the requester's organisation about the family (uitwisseling). */
export const Exchange = {
  NONE: "NONE",
  /** The holder reported to the requester: melding bij Veilig Thuis */
  REPORT: "REPORT",
  /** The holder hands over to the requester: overdracht na beoordeling */
  HANDOVER: "HANDOVER",
  /** The holder asked the requester for an inquiry: verzoek tot onderzoek (VTO) */
  INQUIRY_REQUEST: "INQUIRY_REQUEST",
  /** The holder sent the requester, who executes a measure, new facts: nieuwe feiten */
  NEW_FACTS: "NEW_FACTS",
  /** The holder hands a measure over to the requester: overdracht tussen GI's */
  AGENCY_TRANSFER: "AGENCY_TRANSFER",
  /** Both take part in a meeting about the family: jeugdbeschermingstafel, overleg */
  MEETING: "MEETING",
  /** The requester reported to, or asked an inquiry of, the holder: terugkoppeling */
  FEEDBACK: "FEEDBACK",
} as const;
export type Exchange = keyof typeof Exchange;

/** Where the requester's emergency procedure for the family stands (noodprocedure). */
export const EmergencyState = {
  NONE: "NONE",
  /** Declared, and running */
  DECLARED: "DECLARED",
  /** The same, for a danger in which health plays a part */
  DECLARED_WITH_HEALTH: "DECLARED_WITH_HEALTH",
  /** None is running, and an earlier one of this requester was not reviewed */
  UNREVIEWED: "UNREVIEWED",
} as const;
export type EmergencyState = keyof typeof EmergencyState;

/** How a measure that the requester's organisation executes bears on the subject. */
export const MeasureBearing = {
  /** The person is under guardianship of the requester's organisation (pupil) */
  WARD: "WARD",
  /** The measure is about this person */
  SUBJECT: "SUBJECT",
  /** The person is a parent or carer of a child with the measure */
  CARER: "CARER",
  /** The person is another child of the family */
  SIBLING: "SIBLING",
  NONE: "NONE",
} as const;
export type MeasureBearing = keyof typeof MeasureBearing;

/** What a decision says. */
export const Outcome = {
  PERMIT: "PERMIT",
  /** A right, not a duty, to share: the holder's professional decides */
  HOLD: "HOLD",
  DENY: "DENY",
} as const;
export type Outcome = keyof typeof Outcome;

/** How sure the project is of the law behind a rule (docs/privacy-rules.md). */
export const Certainty = {
  /** Read in a source */
  CONFIRMED: "CONFIRMED",
  /** General knowledge, to be confirmed by a jurist */
  UNCONFIRMED: "UNCONFIRMED",
  /** A proposal of the region */
  PROPOSED: "PROPOSED",
} as const;
export type Certainty = keyof typeof Certainty;

/** What the requester can do about a gap. */
export const NextStep = {
  ASK_CONSENT: "ASK_CONSENT",
  ASK_CHILD: "ASK_CHILD",
  ASK_PARENT: "ASK_PARENT",
  ASK_HOLDER: "ASK_HOLDER",
  DECLARE_EMERGENCY: "DECLARE_EMERGENCY",
  CALL_HOLDER: "CALL_HOLDER",
  /** Veilig Thuis 0800-2000, or 112 in direct danger */
  CALL_EMERGENCY: "CALL_EMERGENCY",
  USE_OTHER_PURPOSE: "USE_OTHER_PURPOSE",
  REFER: "REFER",
  NOTHING: "NOTHING",
} as const;
export type NextStep = keyof typeof NextStep;

/** Is `value` a key of the code list `list`? */
export function isCode<T extends Record<string, string>>(list: T, value: unknown): value is keyof T & string {
  return typeof value === "string" && Object.hasOwn(list, value);
}
