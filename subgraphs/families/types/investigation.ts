import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { InvestigationKind } from "../../../shared/database/register-codes";
import { IndependenceCertificate } from "./independence-certificate";
import { InvestigationKindCode } from "./register-enums";

@ObjectType({ description: "A statutory examination of a family's situation as a dated fact (onderzoek)." })
export class Investigation {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ID, { description: "Who examines: Veilig Thuis or the child protection board." })
  organisation!: string;

  @Field(() => InvestigationKindCode, { description: "Kind (soort onderzoek)." })
  kind!: InvestigationKind;

  @Field(() => GraphQLLocalDate, { description: "First day." })
  openedOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day; empty while it is open." })
  closedOn!: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it was closed (afgesloten); from then on it is no ground for anything.",
  })
  closedAt!: string | null;

  @Field(() => IndependenceCertificate, {
    nullable: true,
    description:
      "That who opened it had no part in the family's case before (verklaring van niet-betrokkenheid); of a review.",
  })
  certificate!: IndependenceCertificate | null;
}
