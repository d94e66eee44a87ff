import { Field, ID, ObjectType } from "type-graphql";
import { WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import { Organisation } from "./organisation";

@ObjectType({ description: "Who asks (de ingelogde medewerker)." })
export class Me {
  @Field(() => ID, { description: "Worker id, as the employer's issuer names it." })
  worker!: string;

  @Field(() => Organisation, { description: "Employer (werkgever)." })
  organisation!: Organisation;

  @Field(() => WorkerFunctionCode, { description: "Function in which is asked (functie)." })
  function!: WorkerFunction;
}
