import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "Accepting for later (wachtrij)." })
export class WaitlistReferralInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => GraphQLLocalDate, { description: "Day on which you expect to start; today or later." })
  expectedOn!: string;

  @Field(() => [ID], {
    nullable: true,
    description:
      "The children that you decide about now; the others go on in a referral of their own. All when left out.",
  })
  children?: readonly string[] | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
