import { Field, ID, InputType } from "type-graphql";
import { WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type { WorkerFunction } from "../../../shared/kernel/codes";

const KEY = "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.";

@InputType({ description: "When your organisation works, on working days." })
export class SetWorkingHoursInput {
  @Field(() => String, { description: "From this time, HH:MM in the Netherlands." })
  opens!: string;

  @Field(() => String, { description: "To this time." })
  closes!: string;

  @Field(() => [WorkerFunctionCode], { description: "Functions that work around the clock." })
  exceptedFunctions!: WorkerFunction[];

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: "A family that is related to you; or, for the privacy officer, to a worker." })
export class RecordOwnRelationInput {
  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ID, { nullable: true, description: "The worker; yourself when left out." })
  worker?: string | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}
