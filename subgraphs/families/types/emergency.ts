import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type { EmergencyOutcome } from "../../../shared/database/register-codes";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import { EmergencyOutcomeCode } from "./emergency-enums";

@ObjectType({
  description: "A use of the emergency procedure, and its review by a second person (noodprocedure).",
})
export class Emergency {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family (gezin)." })
  familyId!: string;

  @Field(() => ID, { description: "Who declared it, as the employer's issuer names them." })
  declaredBy!: string;

  @Field(() => WorkerFunctionCode, { description: "Function of who declared it (functie)." })
  declaredAs!: WorkerFunction;

  @Field(() => String, { description: "Why, in the worker's own words (reden)." })
  reason!: string;

  @Field(() => Boolean, { description: "Health plays a part in the danger (gezondheid)." })
  withHealth!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: "When it was declared." })
  declaredAt!: string;

  @Field(() => GraphQLDateTimeISO, {
    description:
      "From then on it opens nothing: four hours later, or at a review that finds it not justified.",
  })
  endsAt!: string;

  @Field(() => GraphQLLocalDate, {
    description: "Day by which it is reviewed: the next working day (termijn).",
  })
  reviewDueOn!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it was reviewed; empty while it waits.",
  })
  reviewedAt!: string | null;

  @Field(() => ID, { nullable: true, description: "Who reviewed it (beoordelaar)." })
  reviewedBy!: string | null;

  @Field(() => EmergencyOutcomeCode, { nullable: true, description: "Outcome of the review." })
  outcome!: EmergencyOutcome | null;

  @Field(() => String, { nullable: true, description: "What the reviewer noted (toelichting)." })
  note!: string | null;
}
