// The code lists of requests for disclosure as GraphQL enums.

import { registerEnumType } from "type-graphql";
import {
  DisclosureDecision,
  DisclosureRefusal,
  DisclosureState,
  FamilyTold,
  NotYetReason,
} from "../../../shared/database/register-codes";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

/** On which side of a request someone stands. */
export const DisclosureSide = { ASKED: "ASKED", HELD: "HELD" } as const;
export type DisclosureSide = keyof typeof DisclosureSide;

export const DisclosureSideCode = asEnum(
  DisclosureSide,
  "DisclosureSide",
  "ASKED gevraagd door uw organisatie, HELD gevraagd aan uw organisatie.",
);
export const DisclosureStateCode = asEnum(
  DisclosureState,
  "DisclosureState",
  "REQUESTED ligt bij de houder, GRANTED toegestaan, REFUSED geweigerd, WITHDRAWN ingetrokken.",
);
export const DisclosureDecisionCode = asEnum(
  DisclosureDecision,
  "DisclosureDecision",
  "GRANT toestaan, REFUSE weigeren.",
);
export const DisclosureRefusalCode = asEnum(
  DisclosureRefusal,
  "DisclosureRefusal",
  "Why it was refused (reden): NOT_NECESSARY niet noodzakelijk, LESS_WILL_DO kan met minder, ASK_THE_FAMILY vraag het gezin, " +
    "INTEREST_OF_CHILD belang van het kind, SAFETY veiligheid, CONFIDENTIALITY beroepsgeheim weegt zwaarder.",
);
export const FamilyToldCode = asEnum(
  FamilyTold,
  "FamilyTold",
  "Whether the family knows (gezin geïnformeerd): TOLD verteld, NOT_YET nog niet.",
);
export const NotYetReasonCode = asEnum(
  NotYetReason,
  "NotYetReason",
  "Why the family is not told yet: SAFETY_OF_CHILD veiligheid van het kind, SAFETY_OF_ANOTHER veiligheid van een ander, " +
    "INVESTIGATION onderzoek, NOT_REACHED nog niet bereikt.",
);
