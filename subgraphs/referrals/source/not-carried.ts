// Requests to others that the hub does not carry: why not, and the way to go instead. The rest of the table: routes.ts.

import type { OrganisationKind } from "../../../shared/kernel/codes";
import type { NormSource } from "../../../shared/region/referral-norms";

interface NotCarried {
  /** Dutch term; also its description in the contract. */
  readonly term: string;
  readonly from: readonly OrganisationKind[];
  /** Who it is for, in Dutch; somebody outside the hub, or nobody in particular. */
  readonly to: string;
  readonly document: readonly string[];
  readonly timing: string;
  readonly source: NormSource;
  readonly responsible: string;
  /** Why the hub does not carry it. */
  readonly reason: string;
  /** What to do instead. */
  readonly way: string;
}

const ALL = ["LOCAL_TEAM", "SAFE_HOME", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"] as const;

const notCarried = <T extends Record<string, NotCarried>>(rows: T): Readonly<Record<keyof T, NotCarried>> =>
  rows;

/** What is asked of others outside the hub's referrals. */
export const NOT_CARRIED = notCarried({
  ADVICE: {
    term: "adviesvraag bij Veilig Thuis",
    from: ALL,
    to: "Veilig Thuis",
    document: ["geen: anoniem"],
    timing: "in hetzelfde gesprek",
    source: "CONFIRMED",
    responsible: "who asks",
    reason: "Advice is anonymous: nothing about a person may go along (Wmo 2015 5.1.6 is not for advice).",
    way: "Call Veilig Thuis 0800-2000 and name nobody.",
  },
  CONSULT: {
    term: "consult zonder namen",
    from: ["LOCAL_TEAM"],
    to: "gecertificeerde instelling",
    document: ["vraag zonder namen"],
    timing: "5 werkdagen",
    source: "PROPOSED",
    responsible: "the local team",
    reason: "A consult without names is about no family in the hub.",
    way: "Call the agency and name nobody; with the family at the table, send PARTICIPATING_CONSULT.",
  },
  CHILD_PROTECTION_TABLE: {
    term: "agendering bij de jeugdbeschermingstafel (JBT)",
    from: ["LOCAL_TEAM", "SAFE_HOME", "CERTIFIED_AGENCY"],
    to: "voorzitter van de jeugdbeschermingstafel",
    document: ["zorgen", "wat is geprobeerd", "zienswijze van het gezin", "gewenste uitkomst"],
    timing: "plaatselijk bepaald",
    source: "PROPOSED",
    responsible: "the sender",
    reason: "The chair of the table is outside the hub.",
    way: "Ask the chair for a place at the table, and record the meeting with planMeeting: then its participants can prepare.",
  },
  INQUIRY_NOTICE: {
    term: "notificatie van de Raad",
    from: ["CHILD_PROTECTION_BOARD"],
    to: "gemeente en wie het onderzoek vroeg",
    document: ["stand van zaken", "code van de uitkomst"],
    timing: "bij elke stap",
    source: "CONFIRMED",
    responsible: "the board for the inquiry, the sender for help",
    reason: "Who asked for an inquiry sees in the hub how it stands; nothing has to be sent for that.",
    way: "Take the steps of the inquiry request itself; the college hears it through CORV.",
  },
  REPORT_FOR_REVIEW: {
    term: "raadsrapport ter toets",
    from: ["CHILD_PROTECTION_BOARD"],
    to: "een toetser van de Raad zonder eerdere betrokkenheid",
    document: ["gedeeld rapport met de correcties van het gezin"],
    timing: "10 werkdagen",
    source: "PROPOSED",
    responsible: "the board's investigator; the duo for help",
    reason: "It stays within the board.",
    way: "Assign a worker of the board who was never involved; that worker opens the review with openInvestigation, kind REVIEW.",
  },
  PETITION: {
    term: "rekest",
    from: ["CHILD_PROTECTION_BOARD"],
    to: "kinderrechter",
    document: ["verzoekschrift", "raadsrapport"],
    timing: "volgens de kalender van de rechtbank",
    source: "CONFIRMED",
    responsible: "the board",
    reason: "The court is outside the hub.",
    way: "File it with the court; send MEASURE_ASSIGNMENT once there is a ruling.",
  },
  YOUTH_CARE_ASSIGNMENT: {
    term: "bepaling jeugdhulp",
    from: ["CERTIFIED_AGENCY"],
    to: "gemeente en aanbieder",
    document: ["verzoek om toewijzing (iJw)"],
    timing: "ontvangst binnen 3, antwoord binnen 5 werkdagen (iJw)",
    source: "CONFIRMED",
    responsible: "the agency",
    reason: "Municipality and provider exchange it by iJw messages, outside the hub.",
    way: "Send the iJw request for assignment.",
  },
});
/** Something that is asked of others outside the hub's referrals. */
export type NotCarriedType = keyof typeof NOT_CARRIED;
export const NOT_CARRIED_TYPES = Object.keys(NOT_CARRIED) as NotCarriedType[];

/** Is this one that the hub does not carry? */
export const isNotCarried = (type: string): type is NotCarriedType => Object.hasOwn(NOT_CARRIED, type);
