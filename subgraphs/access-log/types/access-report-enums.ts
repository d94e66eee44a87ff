// The code lists of the report, and of what is held back from it, as GraphQL enums.

import { registerEnumType } from "type-graphql";
import { HoldBackGround, HoldBackState } from "../source/hold-back/hold-back-codes";
import { ReportedHow, ReportLanguage } from "../source/report/tell";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

export const ReportLanguageCode = asEnum(
  ReportLanguage,
  "ReportLanguage",
  "Language: NL Nederlands, EN English.",
);
export const ReportedHowCode = asEnum(
  ReportedHow,
  "ReportedHow",
  "How asking ended: GIVEN gezien, NOT_GIVEN gevraagd en niet gekregen, ASKED gevraagd, ASKED_OF_HOUSEHOLD gevraagd over het gezin, REFUSED geprobeerd en geweigerd.",
);
export const HoldBackGroundCode = asEnum(
  HoldBackGround,
  "HoldBackGround",
  "Why an access is held back (grond, UAVG 41): ONGOING_INVESTIGATION lopend onderzoek, SAFETY_OF_PERSON veiligheid van een persoon, RIGHTS_OF_OTHERS rechten van anderen, CRIMINAL_PROCEEDINGS strafrechtelijk onderzoek.",
);
export const HoldBackStateCode = asEnum(
  HoldBackState,
  "HoldBackState",
  "Where holding back stands: PROPOSED voorgesteld (nothing is left out yet), CONFIRMED bevestigd, ENDED beëindigd of afgewezen.",
);
