// The code lists of the access log as GraphQL enums.

import { registerEnumType } from "type-graphql";
import { AccessAct, AccessOutcome, AccessSubjectType } from "../../../shared/access-log/access-log-entry";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

export const AccessActCode = asEnum(
  AccessAct,
  "AccessAct",
  "What was done (handeling): READ ingezien, SEARCH gezocht, CREATE toegevoegd, UPDATE gewijzigd, OVERSIGHT het logboek ingezien.",
);
export const AccessOutcomeCode = asEnum(
  AccessOutcome,
  "AccessOutcome",
  "How it ended (uitkomst): DELIVERED geleverd, PARTIAL deels, WITHHELD onthouden, UNAVAILABLE bron gaf geen antwoord, REFUSED geweigerd, FAILED mislukt.",
);
export const AccessSubjectTypeCode = asEnum(
  AccessSubjectType,
  "AccessSubjectType",
  "What it was about: FAMILY gezin, PERSON betrokkene, NONE.",
);
