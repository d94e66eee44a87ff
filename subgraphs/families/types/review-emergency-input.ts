import { Field, ID, InputType } from "type-graphql";
import type { EmergencyOutcome } from "../../../shared/database/register-codes";
import { EmergencyOutcomeCode } from "./emergency-enums";

@InputType({ description: "A second person's judgement of a use of the emergency procedure." })
export class ReviewEmergencyInput {
  @Field(() => ID, { description: "The emergency." })
  emergencyId!: string;

  @Field(() => EmergencyOutcomeCode, { description: "Justified or not; not justified ends it at once." })
  outcome!: EmergencyOutcome;

  @Field(() => String, {
    nullable: true,
    description: "What you note about it, up to 500 characters. No names, no BSN.",
  })
  note?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
