import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { MeasureKind } from "../../../shared/database/register-codes";
import { MeasureKindCode } from "./register-enums";

@InputType({ description: "A measure that your organisation executes." })
export class RecordMeasureInput {
  @Field(() => ID, { description: "The child that it is about." })
  personId!: string;

  @Field(() => MeasureKindCode, { description: "Kind." })
  kind!: MeasureKind;

  @Field(() => String, { description: "Number of the court order (beschikkingsnummer)." })
  number!: string;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "Last day; needed for all but guardianship.",
  })
  endsOn?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
