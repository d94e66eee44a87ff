// What comes with a decision for the people involved; a closed list, so that a rule cannot ask what nobody knows.

/** Obligations (verplichtingen) that a rule can carry. */
export const Obligation = {
  /** Gezin informeren: vooraf, of binnen 28 dagen erna (INF) */
  INFORM_FAMILY: "INFORM_FAMILY",
  /** Reden vastleggen (REA) */
  LOG_REASON: "LOG_REASON",
  /** Tweede professional kijkt mee (4E) */
  SECOND_PROFESSIONAL: "SECOND_PROFESSIONAL",
  /** In één zin zeggen waarom het nodig is (MIN) */
  NECESSITY: "NECESSITY",
  /** Aantekening in het dossier van de houder (DOS) */
  HOLDER_NOTE: "HOLDER_NOTE",
  /** Alleen de stand, geen inhoud (STA) */
  STATUS_ONLY: "STATUS_ONLY",
  /** Nooit in de tekst van een wachtrij */
  NEVER_IN_QUEUE: "NEVER_IN_QUEUE",
  /** Ouders zijn erbij */
  PARENTS_PRESENT: "PARENTS_PRESENT",
  /** Nummer van de maatregel vermelden */
  MEASURE_NUMBER: "MEASURE_NUMBER",
  /** Maatregel controleren op het moment van vragen */
  MEASURE_CHECK: "MEASURE_CHECK",
  /** De houder legt de afweging vast */
  WEIGHING: "WEIGHING",
  /** De informant keurt de tekst goed */
  INFORMANT_APPROVES: "INFORMANT_APPROVES",
  /** De Raad vertelt het de ouders */
  BOARD_TELLS_PARENTS: "BOARD_TELLS_PARENTS",
  /** Het gezin heeft het rapport gelezen */
  FAMILY_HAS_READ: "FAMILY_HAS_READ",
  /** De weigering vastleggen */
  LOG_REFUSAL: "LOG_REFUSAL",
  /** Het college informeren */
  TELL_COLLEGE: "TELL_COLLEGE",
  /** De zienswijze van het gezin is erbij */
  FAMILY_VIEW_ATTACHED: "FAMILY_VIEW_ATTACHED",
  /** Schriftelijke overdracht, tot iemand die accepteert */
  WRITTEN_TRANSFER: "WRITTEN_TRANSFER",
  /** Wie er meekijken ligt vooraf vast */
  AUDIENCE_FIXED: "AUDIENCE_FIXED",
  /** Vraag het ook de jongere, vanaf 12 jaar */
  ASK_CHILD_TOO: "ASK_CHILD_TOO",
  /** Gegevens van anderen blijven weg */
  OTHERS_FILTERED: "OTHERS_FILTERED",
  /** Eerst een gesprek met de jongere */
  TALK_WITH_CHILD: "TALK_WITH_CHILD",
  /** Namen van medewerkers geeft de houder, niet de hub */
  STAFF_NAME_BY_HOLDER: "STAFF_NAME_BY_HOLDER",
  /** Ook deze inzage wordt vastgelegd */
  OWN_ACCESS_LOGGED: "OWN_ACCESS_LOGGED",
  /** De houder waarschuwen dat de noodprocedure is gebruikt */
  ALERT_HOLDER: "ALERT_HOLDER",
  /** De houder bellen */
  PHONE_HOLDER: "PHONE_HOLDER",
  /** Gebruik van de noodprocedure laten beoordelen door een tweede persoon */
  EMERGENCY_REVIEW: "EMERGENCY_REVIEW",
  /** De rechtspositie uitleggen na een wisseling tussen vrijwillig en gedwongen */
  EXPLAIN_RIGHTS: "EXPLAIN_RIGHTS",
  /** De stappen van de meldcode zijn vastgelegd */
  REPORTING_CODE: "REPORTING_CODE",
  /** Geen namen, en niets waaraan iemand te herkennen is */
  NO_NAMES: "NO_NAMES",
  /** Om later meer te delen is toestemming nodig */
  CONSENT_FOR_MORE: "CONSENT_FOR_MORE",
  /** Het verzoek loopt ook via CORV */
  VIA_CORV: "VIA_CORV",
  /** De houder houdt achter wat goede hulp zou schaden (Jeugdwet 7.3.11(3)) */
  GOOD_CARE_CHECK: "GOOD_CARE_CHECK",
  /** De houder weigert als het belang van het kind dat vraagt */
  CHILD_INTEREST: "CHILD_INTEREST",
  /** De houder vraagt een jurist */
  JURIST_ADVICE: "JURIST_ADVICE",
  /** Alleen een pseudoniem, geen namen */
  PSEUDONYM: "PSEUDONYM",
  /** Niet verder uit te splitsen */
  NO_DRILL_DOWN: "NO_DRILL_DOWN",
} as const;
export type Obligation = keyof typeof Obligation;

/** How an obligation becomes a task: who has to do it, and by when. */
export interface TaskTerm {
  readonly by: "REQUESTER" | "HOLDER";
  /** Calendar days or working days from the day of the access. */
  readonly days: number;
  readonly unit: "CALENDAR" | "WORKING";
}

/**
 * The obligations that are work for people. The others are conditions that the hub itself keeps, or part of the
 * decision itself. Terms are proposals of the region (decision table: within 28 days, next working day).
 */
export const TASK_TERMS: Readonly<Partial<Record<Obligation, TaskTerm>>> = Object.freeze({
  INFORM_FAMILY: { by: "REQUESTER", days: 28, unit: "CALENDAR" },
  BOARD_TELLS_PARENTS: { by: "REQUESTER", days: 28, unit: "CALENDAR" },
  LOG_REASON: { by: "REQUESTER", days: 1, unit: "WORKING" },
  SECOND_PROFESSIONAL: { by: "REQUESTER", days: 1, unit: "WORKING" },
  HOLDER_NOTE: { by: "HOLDER", days: 5, unit: "WORKING" },
  INFORMANT_APPROVES: { by: "REQUESTER", days: 28, unit: "CALENDAR" },
  TELL_COLLEGE: { by: "HOLDER", days: 5, unit: "WORKING" },
  PHONE_HOLDER: { by: "REQUESTER", days: 0, unit: "CALENDAR" },
  ALERT_HOLDER: { by: "HOLDER", days: 1, unit: "WORKING" },
  EMERGENCY_REVIEW: { by: "REQUESTER", days: 1, unit: "WORKING" },
  EXPLAIN_RIGHTS: { by: "REQUESTER", days: 5, unit: "WORKING" },
});
