import { Field, ID, InputType } from "type-graphql";
import type { ConsultationOutcome } from "../source/referral-codes";
import { ConsultationOutcomeCode } from "./referral-enums";

@InputType({ description: "The end of a consultation: an owner who is not the sender." })
export class ResolveConsultationInput {
  @Field(() => ID, { description: "The consultation." })
  consultationId!: string;

  @Field(() => ConsultationOutcomeCode, { description: "ASSIGN, ASSIGN_TOGETHER or MERGE." })
  outcome!: ConsultationOutcome;

  @Field(() => ID, {
    nullable: true,
    description: "The owner: the receiver or the proposed organisation. Needed for ASSIGN and MERGE.",
  })
  owner?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
