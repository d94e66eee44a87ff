// The processing activities (verwerkingsactiviteiten) that the lines of Logboek Dataverwerkingen point to. A change of what
// an activity is gets a new version; an id that was ever used keeps its meaning.

import type { Purpose } from "../kernel/codes";
import type { AccessAct } from "./access-log-entry";

/** One activity of the register (AVG 30). */
export interface ProcessingActivity {
  readonly code: string;
  /** 1 or more. */
  readonly version: number;
  readonly name: { readonly nl: string; readonly en: string };
  /** Ground in law. */
  readonly ground: string;
}

const activity = (code: string, nl: string, en: string, ground: string): ProcessingActivity => ({
  code,
  version: 1,
  name: { nl, en },
  ground,
});

/** What a request with this purpose is part of. */
const BY_PURPOSE: Readonly<Record<Purpose, ProcessingActivity>> = {
  CARE: activity(
    "care",
    "Vrijwillige hulp verlenen en afstemmen",
    "Giving and aligning voluntary help",
    "Jeugdwet 7.3.11(1), 7.3.11(2)",
  ),
  CONSULT: activity("consult", "Advies en consult", "Advice and consultation", "Jeugdwet 7.3.11(1)"),
  SAFETY_ASSESSMENT: activity(
    "safety-assessment",
    "Een melding beoordelen",
    "Judging a report of concern",
    "Wmo 4.1.1(2), 5.1.6",
  ),
  INVESTIGATION: activity(
    "investigation",
    "Onderzoek door Veilig Thuis of de Raad",
    "Inquiry by Veilig Thuis or the board",
    "Wmo 5.1.6; BW 1:238",
  ),
  INDEPENDENT_REVIEW: activity(
    "independent-review",
    "Onafhankelijke toetsing van een maatregel",
    "Independent review of a measure",
    "BW 1:265d, 1:265j",
  ),
  MEASURE_EXECUTION: activity(
    "measure-execution",
    "Een maatregel uitvoeren",
    "Executing a measure",
    "Jeugdwet 7.3.11(4)",
  ),
  REFERRAL: activity(
    "referral",
    "Verwijzen, overdragen en terugkoppelen",
    "Referring, handing over and reporting back",
    "Jeugdwet 2.4; Wmo 4.1.1",
  ),
  ACUTE_SAFETY: activity("acute-safety", "Direct gevaar afwenden", "Averting direct danger", "AVG 6(1)(d)"),
  SUBJECT_RIGHTS: activity(
    "subject-rights",
    "Inzage, correctie en klacht",
    "Access, correction and complaint",
    "AVG 15-18; Jeugdwet 7.3.10",
  ),
  OVERSIGHT: activity(
    "oversight",
    "Toezicht en verantwoording",
    "Oversight and accountability",
    "AVG 5(2), 32",
  ),
};

const KEEP_REGISTER = activity(
  "keep-register",
  "Vastleggen wie betrokken is, toestemming, maatregelen en verwijzingen",
  "Recording involvement, consent, measures and referrals",
  "AVG 5(2), 6(1)(c)",
);
const ANSWER_REQUEST = activity(
  "answer-request",
  "Een verzoek zonder geldig doel afhandelen",
  "Handling a request without a valid purpose",
  "AVG 5(2), 32",
);

/** All activities, for the register. */
export const PROCESSING_ACTIVITIES: readonly ProcessingActivity[] = [
  ...Object.values(BY_PURPOSE),
  KEEP_REGISTER,
  ANSWER_REQUEST,
];

/** How an activity and its version are written in a line (dpl.core.processing_activity_id, a URI). */
export const activityId = ({ code, version }: ProcessingActivity): string =>
  `schakel:processing/${code}/${version}`;

/** The activity that an act for a purpose is part of. */
export function activityOf(act: AccessAct, purpose: Purpose | null): ProcessingActivity {
  if (act === "CREATE" || act === "UPDATE" || act === "DELETE") return KEEP_REGISTER;
  return purpose === null ? ANSWER_REQUEST : BY_PURPOSE[purpose];
}
