import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { AccessAct, AccessOutcome } from "../../../shared/access-log/access-log-entry";
import { CategoryCode, PurposeCode } from "../../../shared/contract/code-enums";
import type { Category, Purpose } from "../../../shared/kernel/codes";
import { AccessActCode, AccessOutcomeCode } from "./access-log-enums";

@InputType("AccessLogFilter", { description: "Which entries; everything that is given must hold." })
export class AccessLogFilterInput {
  @Field(() => ID, { nullable: true, description: "About this family or somebody in it (gezin)." })
  familyId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "About this person, or about a household that the person was looked at as part of (betrokkene).",
  })
  personId?: string | null;

  @Field(() => ID, { nullable: true, description: "By this worker (medewerker)." })
  worker?: string | null;

  @Field(() => ID, { nullable: true, description: "By workers of this employer (organisatie)." })
  organisation?: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "From this moment, included." })
  from?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "To this moment, not included." })
  to?: Date | null;

  @Field(() => PurposeCode, { nullable: true, description: "For this purpose (doel)." })
  purpose?: Purpose | null;

  @Field(() => AccessActCode, { nullable: true, description: "Of this act (handeling)." })
  act?: AccessAct | null;

  @Field(() => AccessOutcomeCode, { nullable: true, description: "With this outcome (uitkomst)." })
  outcome?: AccessOutcome | null;

  @Field(() => ID, { nullable: true, description: "At this source (bron)." })
  source?: string | null;

  @Field(() => CategoryCode, {
    nullable: true,
    description: "In which this kind of information was asked: delivered or withheld (gegevenssoort).",
  })
  category?: Category | null;

  @Field(() => CategoryCode, {
    nullable: true,
    description: "In which this kind of information left (geleverd).",
  })
  delivered?: Category | null;

  @Field(() => CategoryCode, {
    nullable: true,
    description: "In which this kind of information was withheld (onthouden).",
  })
  withheld?: Category | null;

  @Field(() => ID, { nullable: true, description: "On which this rule had a say (regel)." })
  rule?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it relied on an emergency (noodprocedure).",
  })
  emergency?: boolean | null;
}
