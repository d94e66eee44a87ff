import { Directive, Field, Int, ObjectType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";
import { DossierItem } from "./dossier-item";

@ObjectType({
  implements: DossierItem,
  description: "Judgement of safety for one person (veiligheidsoordeel).",
})
@Directive("@shareable")
export class SafetyAssessment extends DossierItem {
  @Field(() => Int, { nullable: true, description: "Safety score, 0 to 10 (veiligheidscijfer)." })
  score!: number | null;

  @Field(() => String, { nullable: true, description: "Why this score, in a sentence." })
  sentence!: string | null;

  @Field(() => String, { nullable: true, description: "Instrument, such as ARIJ or scaling questions." })
  instrument!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Day of the judgement." })
  assessedOn!: string | null;
}
