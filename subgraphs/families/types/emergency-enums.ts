// The code list of the emergency procedure as a GraphQL enum.

import { registerEnumType } from "type-graphql";
import { EmergencyOutcome } from "../../../shared/database/register-codes";

registerEnumType(EmergencyOutcome, {
  name: "EmergencyOutcome",
  description: "Outcome of the review (beoordeling): JUSTIFIED terecht, NOT_JUSTIFIED onterecht.",
});
export const EmergencyOutcomeCode = EmergencyOutcome;
