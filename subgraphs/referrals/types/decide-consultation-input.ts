import { Field, ID, InputType } from "type-graphql";
import type { ConsultationOutcome } from "../source/referral-codes";
import { ConsultationOutcomeCode } from "./referral-enums";

@InputType({ description: "What the chair decides: one of the options of the consultation." })
export class DecideConsultationInput {
  @Field(() => ID, { description: "The reference of the consultation." })
  reference!: string;

  @Field(() => ConsultationOutcomeCode, { description: "ASSIGN, ASSIGN_TOGETHER or MERGE." })
  outcome!: ConsultationOutcome;

  @Field(() => ID, { nullable: true, description: "The owner. Needed for ASSIGN and MERGE." })
  owner?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
