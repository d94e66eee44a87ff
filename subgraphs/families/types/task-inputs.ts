import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { RedateReason } from "../../../shared/database/register-codes";
import { RedateReasonCode } from "./task-enums";

@InputType({ description: "A task that was done." })
export class MeetTaskInput {
  @Field(() => ID, { description: "The task." })
  taskId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}

@InputType({ description: "A task that gets another day." })
export class RedateTaskInput {
  @Field(() => ID, { description: "The task." })
  taskId!: string;

  @Field(() => GraphQLLocalDate, { description: "New day: later than today, at most 60 days ahead." })
  dueOn!: string;

  @Field(() => RedateReasonCode, { description: "Why." })
  reason!: RedateReason;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
