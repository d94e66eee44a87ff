import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, InputType, Int, ObjectType } from "type-graphql";

@InputType("AccessLogPeriod", { description: "A period of at most 366 days." })
export class AccessLogPeriodInput {
  @Field(() => GraphQLDateTimeISO, { description: "From this moment, included." })
  from!: Date;

  @Field(() => GraphQLDateTimeISO, { description: "To this moment, not included." })
  to!: Date;
}

@ObjectType({ description: "The entries of one day, purpose and so on." })
export class AccessLogCount {
  @Field(() => String, {
    nullable: true,
    description: "Day (YYYY-MM-DD), code or id; empty for entries that have none.",
  })
  key!: string | null;

  @Field(() => Int, { description: "Entries." })
  entries!: number;

  @Field(() => Int, {
    description: "Those in which something left; by CATEGORY: in which this kind left (geleverd).",
  })
  delivered!: number;

  @Field(() => Int, {
    description: "Those in which something was withheld; by CATEGORY: in which this kind was (onthouden).",
  })
  withheld!: number;
}
