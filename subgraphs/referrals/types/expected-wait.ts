import { Field, Int, ObjectType } from "type-graphql";
import type { NoExpectation } from "../source/expected-wait";
import { NoExpectationCode } from "./clock-enums";

@ObjectType({
  description:
    "How long the receiver takes from receipt to acceptance: half of what it accepted of this kind in the last 90 days took no longer (verwachte wachttijd).",
})
export class ExpectedWait {
  @Field(() => Int, { nullable: true, description: "Working days (werkdagen); empty with a reason." })
  workingDays!: number | null;

  @Field(() => NoExpectationCode, { nullable: true, description: "Why nothing can be expected." })
  reason!: NoExpectation | null;
}
