import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import { CategoryCode } from "../../../shared/contract/code-enums";
import type { Category } from "../../../shared/kernel/codes";

@InputType({ description: "What you ask a holder to share, about a family or about one person." })
export class RequestDisclosureInput {
  @Field(() => ID, {
    nullable: true,
    description: "The family, for the household as a whole; or else a person.",
  })
  familyId?: string | null;

  @Field(() => ID, { nullable: true, description: "The person; or else a family." })
  personId?: string | null;

  @Field(() => ID, { description: "Code of the organisation that holds the data." })
  holder!: string;

  @Field(() => [CategoryCode], {
    description: "Kinds of information, at least one; each of them must be held (HOLD) by that organisation.",
  })
  categories!: Category[];

  @Field(() => String, {
    description:
      "Why it is needed, in one sentence of 20 to 500 characters. The holder reads it. No names, no BSN.",
  })
  necessity!: string;

  @Field(() => GraphQLLocalDate, { description: "Last day on which you need it, at most 90 days ahead." })
  wantedUntil!: string;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
