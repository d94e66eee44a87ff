import { Field, ID, ObjectType } from "type-graphql";
import { WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type { WorkerFunction } from "../../../shared/kernel/codes";

@ObjectType({ description: "When your organisation works, on working days (werktijden)." })
export class OrganisationHours {
  @Field(() => ID, { description: "The organisation." })
  organisation!: string;

  @Field(() => String, { description: "From this time, HH:MM in the Netherlands." })
  opens!: string;

  @Field(() => String, { description: "To this time." })
  closes!: string;

  @Field(() => [WorkerFunctionCode], { description: "Functions that work around the clock." })
  exceptedFunctions!: readonly WorkerFunction[];
}

@ObjectType({ description: "That a family is related to a worker (eigen familie)." })
export class OwnRelation {
  @Field(() => ID, { description: "The worker." })
  worker!: string;

  @Field(() => ID, { description: "The family, as it was named; whether there is one is not told." })
  familyId!: string;
}
