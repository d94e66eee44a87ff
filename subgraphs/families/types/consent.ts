import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { CategoryCode, PurposeCode } from "../../../shared/contract/code-enums";
import type { ConsentDecision, ConsentHow } from "../../../shared/database/register-codes";
import type { Category, Purpose } from "../../../shared/kernel/codes";
import { ConsentDecisionCode, ConsentHowCode } from "./register-enums";

@ObjectType({ description: "What someone decided about sharing data of a person (toestemming om te delen)." })
export class Consent {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "Whose data it is about (betrokkene)." })
  personId!: string;

  @Field(() => ID, { description: "Who decided (wie besliste)." })
  givenBy!: string;

  @Field(() => ID, { description: "Organisation that holds the data (houder)." })
  holder!: string;

  @Field(() => ID, { description: "Organisation that may, or may not, receive them (ontvanger)." })
  recipient!: string;

  @Field(() => [CategoryCode], { description: "Kinds of information (gegevenscategorieën)." })
  categories!: Category[];

  @Field(() => PurposeCode, { description: "What for (doel)." })
  purpose!: Purpose;

  @Field(() => ConsentDecisionCode, { description: "What was decided (besluit)." })
  decision!: ConsentDecision;

  @Field(() => Boolean, { description: "Explicit, for special categories (uitdrukkelijk)." })
  explicit!: boolean;

  @Field(() => ConsentHowCode, { description: "How it was asked (wijze)." })
  how!: ConsentHow;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  validFrom!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; empty when none was agreed." })
  validUntil!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: "When it was recorded." })
  recordedAt!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it was withdrawn (ingetrokken); from then on it is no ground for anything.",
  })
  withdrawnAt!: string | null;
}
