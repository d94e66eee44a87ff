import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { AccessOutcome } from "../../../shared/access-log/access-log-entry";
import { PurposeCode } from "../../../shared/contract/code-enums";
import type { Purpose } from "../../../shared/kernel/codes";
import { AccessOutcomeCode } from "./access-log-enums";

@InputType("AccessLogFilter", { description: "Which entries; everything that is given must hold." })
export class AccessLogFilterInput {
  @Field(() => ID, { nullable: true, description: "About this family." })
  familyId?: string | null;

  @Field(() => ID, { nullable: true, description: "By this worker." })
  worker?: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "From this moment, included." })
  from?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "To this moment, not included." })
  to?: Date | null;

  @Field(() => PurposeCode, { nullable: true, description: "For this purpose." })
  purpose?: Purpose | null;

  @Field(() => ID, { nullable: true, description: "At this source." })
  source?: string | null;

  @Field(() => AccessOutcomeCode, { nullable: true, description: "With this outcome." })
  outcome?: AccessOutcome | null;
}
