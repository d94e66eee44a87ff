import { GraphQLLocalDate } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";

const TENS = "Number in tens, rounded down; empty for fewer than 10.";

@ObjectType({ description: "How many there are of something (telling)." })
export class ReferralFigure {
  @Field(() => String, { description: "Of what: a code, or a number of times." })
  name!: string;

  @Field(() => Int, { nullable: true, description: TENS })
  count!: number | null;
}

@ObjectType({ description: "How long something took (duur)." })
export class ReferralDuration {
  @Field(() => String, { description: "Of what: a code." })
  name!: string;

  @Field(() => Int, { nullable: true, description: TENS })
  count!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Whole days of 24 hours; half of them took no longer. Empty for fewer than 10.",
  })
  medianDays!: number | null;
}

@ObjectType({ description: "Terms of one kind that ended (termijnen)." })
export class ReferralNormFigure {
  @Field(() => String, { description: "Kind of term." })
  name!: string;

  @Field(() => Int, { nullable: true, description: `Kept (gehaald). ${TENS}` })
  kept!: number | null;

  @Field(() => Int, { nullable: true, description: `Broken (overschreden). ${TENS}` })
  broken!: number | null;
}

@ObjectType({ description: "A calendar quarter that is over (kwartaal)." })
export class ReferralQuarter {
  @Field(() => String, { description: "Such as 2026-Q3." })
  name!: string;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: "Last day." })
  until!: string;
}

@ObjectType({
  description: "Figures of referrals over a quarter that is over: no family, no worker, no number below 10.",
})
export class ReferralFigures {
  @Field(() => ReferralQuarter, { description: "The quarter." })
  quarter!: ReferralQuarter;

  @Field(() => [ReferralFigure], { description: "What was sent: joining against handing over." })
  sent!: readonly ReferralFigure[];

  @Field(() => [ReferralFigure], {
    description: "Objections by reason (bezwaren): what used to be sent back.",
  })
  objections!: readonly ReferralFigure[];

  @Field(() => [ReferralFigure], { description: "Consultations that ended, by outcome (rondes)." })
  rounds!: readonly ReferralFigure[];

  @Field(() => [ReferralDuration], {
    description: "From receipt to acceptance, by organisation (wachttijd per wachtrij).",
  })
  waitingPerQueue!: readonly ReferralDuration[];

  @Field(() => ReferralDuration, {
    description: "All waiting of a family in the quarter, what overlaps counted once (wachttijd per gezin).",
  })
  waitingPerFamily!: ReferralDuration;

  @Field(() => [ReferralFigure], {
    description:
      "Families that changed hands in the quarter, by how often they ever did (overdrachten per gezin).",
  })
  handOversPerFamily!: readonly ReferralFigure[];

  @Field(() => [ReferralNormFigure], { description: "Terms that ended in the quarter, kept and broken." })
  norms!: readonly ReferralNormFigure[];

  @Field(() => [ReferralDuration], {
    description: "From sending an inquiry request to the start of the inquiry (tijd tot raadsonderzoek).",
  })
  untilInquiry!: readonly ReferralDuration[];

  @Field(() => [ReferralFigure], {
    description: "Families with workers in the quarter, by how many different ones (gezichten per gezin).",
  })
  workersPerFamily!: readonly ReferralFigure[];
}
