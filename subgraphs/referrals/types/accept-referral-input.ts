import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "Accepting a referral, for all of its children or for some." })
export class AcceptReferralInput {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

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
