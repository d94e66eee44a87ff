import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "Maintenance of the service of your own organisation." })
export class AnnounceMaintenanceInput {
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it begins, within a year; leave out for now.",
  })
  from?: Date | null;

  @Field(() => GraphQLDateTimeISO, { description: "When it is to be over, at most fourteen days later." })
  until!: Date;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}

@InputType({
  description: "Maintenance of your own organisation that is over early, or does not take place.",
})
export class EndMaintenanceInput {
  @Field(() => ID, { description: "The maintenance." })
  maintenanceId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
