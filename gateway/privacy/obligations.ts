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
} as const;
export type Obligation = keyof typeof Obligation;
