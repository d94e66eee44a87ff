import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One number of the report: at least 10, of at least 3 workers." })
export class OversightCount {
  @Field(() => String, {
    description: "What is counted; OTHER for everything that is not named beside it, which may be nothing.",
  })
  key!: string;

  @Field(() => Int, { description: "How many." })
  count!: number;
}

@ObjectType({ description: "What a month came to at one organisation." })
export class OversightOfOrganisation {
  @Field(() => ID, { description: "The organisation." })
  organisation!: string;

  @Field(() => [OversightCount], {
    nullable: true,
    description:
      "Requests about people by function and purpose, such as WORKER CARE (inzage); empty when the numbers are too small.",
  })
  uses!: readonly OversightCount[] | null;

  @Field(() => [OversightCount], {
    nullable: true,
    description: "The same requests by how they ended (uitkomst); empty when the numbers are too small.",
  })
  outcomes!: readonly OversightCount[] | null;

  @Field(() => [OversightCount], {
    nullable: true,
    description:
      "Signals by kind, uses of the emergency procedure among them; empty when the numbers are too small.",
  })
  signals!: readonly OversightCount[] | null;

  @Field(() => [OversightCount], {
    nullable: true,
    description:
      "Reviews of signals and complaints that were due in the month: SIGNED_IN_TIME, SIGNED_LATE, OVERDUE at its end; empty when the numbers are too small.",
  })
  reviews!: readonly OversightCount[] | null;

  @Field(() => [OversightCount], {
    nullable: true,
    description: "The same of the weekly sample.",
  })
  samples!: readonly OversightCount[] | null;
}

@ObjectType({
  description: "Compares the organisations over a month without naming persons (generieke rapportage).",
})
export class OversightReport {
  @Field(() => String, { description: "The month, YYYY-MM." })
  month!: string;

  @Field(() => [OversightOfOrganisation], { description: "One for every organisation of the region." })
  organisations!: OversightOfOrganisation[];
}
