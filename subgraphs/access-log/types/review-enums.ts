// The code lists of reviews and signals as GraphQL enums.

import { registerEnumType } from "type-graphql";
import {
  ComplaintGround,
  MandateGround,
  ReviewAction,
  ReviewOrigin,
  ReviewOutcome,
  ReviewState,
  SignalKind,
} from "../../../shared/access-log/review-codes";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

export const SignalKindCode = asEnum(
  SignalKind,
  "AccessSignalKind",
  "What stands out (signaal): NO_ACTIVE_RELATION geen lopende betrokkenheid, OUTSIDE_WORKING_HOURS buiten werktijd, OWN_FAMILY eigen familie, VOLUME uitzonderlijk veel gezinnen, EMERGENCY noodprocedure, REFUSED_AND_ASKED_AGAIN na weigering met een ander doel, RECONCILIATION_DIFFERENCE verschil met de bron, SEARCH_LIMIT te vaak gezocht op BSN.",
);
export const ReviewOriginCode = asEnum(
  ReviewOrigin,
  "AccessReviewOrigin",
  "Why there is a review (aanleiding): SIGNAL signaal, SAMPLE steekproef, COMPLAINT klacht of vraag van de familie.",
);
export const ReviewStateCode = asEnum(
  ReviewState,
  "AccessReviewState",
  "Where a review stands (stand): OPEN te beoordelen, ASKED toelichting gevraagd, ANSWERED toegelicht, SIGNED_OFF afgetekend.",
);
export const ReviewOutcomeCode = asEnum(
  ReviewOutcome,
  "AccessReviewOutcome",
  "How a review ended (uitkomst): IN_ORDER in orde, NOT_IN_ORDER niet in orde, NEEDS_FOLLOW_UP vervolg nodig.",
);
export const ReviewActionCode = asEnum(
  ReviewAction,
  "AccessReviewAction",
  "A step in the history of a review: OPENED begonnen, SIGNAL_ADDED signaal erbij, JUSTIFICATION_ASKED toelichting gevraagd, JUSTIFIED toegelicht, SIGNED_OFF afgetekend.",
);
export const ComplaintGroundCode = asEnum(
  ComplaintGround,
  "AccessComplaintGround",
  "What somebody finds wrong with an access (grond van een klacht): NOT_INVOLVED niet bij ons betrokken, MORE_THAN_NEEDED meer dan nodig, KNOWS_US iemand daar kent ons, OTHER iets anders.",
);
export const MandateGroundCode = asEnum(
  MandateGround,
  "AccessMandateGround",
  "Why the accesses of one worker may be looked at (grond van een mandaat): REVIEW_FOLLOW_UP vervolg van een beoordeling, COMPLAINT klacht, DATA_BREACH datalek, INTEGRITY_INQUIRY integriteitsonderzoek, AUTHORITY_REQUEST verzoek van een toezichthouder.",
);
