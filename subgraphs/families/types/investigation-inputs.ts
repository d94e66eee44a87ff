import { Field, ID, InputType } from "type-graphql";
import type { InvestigationKind } from "../../../shared/database/register-codes";
import { InvestigationKindCode } from "./register-enums";

@InputType({ description: "An examination that your organisation begins." })
export class OpenInvestigationInput {
  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => InvestigationKindCode, { description: "Kind; it goes with your function." })
  kind!: InvestigationKind;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}

@InputType({ description: "An examination of your organisation that is done." })
export class CloseInvestigationInput {
  @Field(() => ID, { description: "The examination." })
  investigationId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
