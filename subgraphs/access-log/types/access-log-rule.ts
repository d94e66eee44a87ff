import { Field, ID, Int, ObjectType } from "type-graphql";
import type { WhatRuleDoes } from "../../../shared/access-log/rule-words/rule-words";
import { WhatRuleDoesCode } from "./access-log-enums";

@ObjectType({
  description:
    "A rule that had a say, in the words of the set of that time; empty for a set that is not known any more.",
})
export class AccessLogRule {
  @Field(() => ID, { description: "Id of the rule (regel)." })
  id!: string;

  @Field(() => WhatRuleDoesCode, { nullable: true, description: "What it does." })
  does!: WhatRuleDoes | null;

  @Field(() => String, { nullable: true, description: "Its sentence in Dutch (uitleg)." })
  nl!: string | null;

  @Field(() => String, { nullable: true, description: "Its sentence in English." })
  en!: string | null;

  @Field(() => String, { nullable: true, description: "Its source in law (grondslag)." })
  citation!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "How certain it is that the law is read so: CONFIRMED, UNCONFIRMED or PROPOSED.",
  })
  certainty!: string | null;

  @Field(() => [Int], { description: "Rows of the decision table that it serves." })
  rows!: readonly number[];
}
