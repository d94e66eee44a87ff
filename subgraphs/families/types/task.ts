import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import type { RedateReason, TaskAction, TaskCause, TaskState } from "../../../shared/database/register-codes";
import { RedateReasonCode, TaskActionCode, TaskCauseCode, TaskStateCode } from "./task-enums";

@ObjectType({ description: "A step in the history of a task (stap van een taak)." })
export class TaskEvent {
  @Field(() => Int, { description: "Number of the step, from 1." })
  version!: number;

  @Field(() => TaskActionCode, { description: "What happened." })
  action!: TaskAction;

  @Field(() => GraphQLLocalDate, { description: "Day by which it had to be done, after this step." })
  dueOn!: string;

  @Field(() => RedateReasonCode, { nullable: true, description: "Why it got another day." })
  reason!: RedateReason | null;

  @Field(() => ID, { nullable: true, description: "Worker who did it; empty for the hub." })
  worker!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: "When." })
  at!: string;
}

/** `toDo` is added by its resolver. */
@ObjectType({ description: "What has to be done because of a decision, with a day by which (taak)." })
export class Task {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family (gezin)." })
  familyId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "About whom (betrokkene); empty for the household as a whole.",
  })
  personId!: string | null;

  @Field(() => ID, { description: "Organisation that has to do it." })
  organisation!: string;

  @Field(() => ID, { description: "The other organisation in it: whose data were read, or who read them." })
  about!: string;

  @Field(() => String, { description: "What has to be done, as a code (verplichting)." })
  obligation!: string;

  @Field(() => String, { description: "Rule that it follows from (regel)." })
  rule!: string;

  @Field(() => TaskCauseCode, { description: "What it follows from (aanleiding)." })
  cause!: TaskCause;

  @Field(() => ID, {
    nullable: true,
    description: "Which one: the id of the emergency, the disclosure, the measure or the check.",
  })
  causeId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Number of the case in your own system (zaaknummer), of a child that another organisation asked about; the hub knows it from there.",
  })
  ownCaseReference!: string | null;

  @Field(() => TaskStateCode, { description: "State (stand)." })
  state!: TaskState;

  @Field(() => GraphQLLocalDate, { description: "Day by which it has to be done (uiterlijk)." })
  dueOn!: string;

  @Field(() => Boolean, { description: "Open, and that day is past (te laat)." })
  overdue!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: "When it was made." })
  createdAt!: string;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it was done (gedaan)." })
  metAt!: string | null;

  @Field(() => [TaskEvent], { description: "Every step so far, oldest first (geschiedenis)." })
  history!: TaskEvent[];
}
