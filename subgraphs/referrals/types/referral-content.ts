import { Field, ID, InputType, ObjectType } from "type-graphql";
import { CategoryCode } from "../../../shared/contract/code-enums";
import { Person } from "../../../shared/contract/entities/person";
import type { Category } from "../../../shared/kernel/codes";

@ObjectType({
  description: "What the receiver may read of one person at the sender, live (meegestuurde categorieën).",
})
export class ReferralContent {
  @Field(() => Person, { description: "Whose data." })
  person!: Person;

  @Field(() => [CategoryCode], { description: "Categories that were selected." })
  categories!: readonly Category[];
}

@InputType({ description: "What the receiver may read of one person at your organisation, live." })
export class ReferralContentInput {
  @Field(() => ID, { description: "An adult of the household, or a child whom the referral is about." })
  personId!: string;

  @Field(() => [CategoryCode], {
    description: "Categories; the kind of referral says which are possible (referralTypes).",
  })
  categories!: Category[];
}
