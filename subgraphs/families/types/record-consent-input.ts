import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import { CategoryCode, PurposeCode } from "../../../shared/contract/code-enums";
import type { ConsentDecision, ConsentHow } from "../../../shared/database/register-codes";
import type { Category, Purpose } from "../../../shared/kernel/codes";
import { ConsentDecisionCode, ConsentHowCode } from "./register-enums";

@InputType({ description: "A decision about sharing, as the family made it." })
export class RecordConsentInput {
  @Field(() => ID, { description: "Whose data it is about." })
  personId!: string;

  @Field(() => ID, { description: "Who decided: the person, or another member of the family." })
  givenBy!: string;

  @Field(() => ID, { description: "Code of the organisation that holds the data." })
  holder!: string;

  @Field(() => ID, {
    description: "Code of the organisation that asks for them; it or the holder is your own.",
  })
  recipient!: string;

  @Field(() => [CategoryCode], { description: "Kinds of information, at least one." })
  categories!: Category[];

  @Field(() => PurposeCode, { description: "What for." })
  purpose!: Purpose;

  @Field(() => ConsentDecisionCode, { description: "What was decided." })
  decision!: ConsentDecision;

  @Field(() => Boolean, { defaultValue: false, description: "Explicit, as special categories need." })
  explicit!: boolean;

  @Field(() => ConsentHowCode, { description: "How it was asked." })
  how!: ConsentHow;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; leave out when none was agreed." })
  validUntil?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
