import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { MeasureKind } from "../../../shared/database/register-codes";
import { MeasureKindCode } from "./register-enums";

@ObjectType({ description: "A child-protection measure as a dated fact in the hub (maatregel)." })
export class RecordedMeasure {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The child that it is about." })
  personId!: string;

  @Field(() => MeasureKindCode, { description: "Kind (soort maatregel)." })
  kind!: MeasureKind;

  @Field(() => String, { description: "Number of the court order (beschikkingsnummer)." })
  number!: string;

  @Field(() => ID, { description: "Certified agency that executes it (uitvoerende GI)." })
  organisation!: string;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; empty only for guardianship." })
  endsOn!: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "Day from which it no longer holds, when it ended early (beëindigd).",
  })
  endedOn!: string | null;
}
