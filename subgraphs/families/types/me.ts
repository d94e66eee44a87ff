import { Field, ID, ObjectType } from "type-graphql";
import { WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type { WorkerFunction } from "../../../shared/kernel/codes";
import { Organisation } from "./organisation";
import { Person } from "./person";

@ObjectType({ description: "Who asks (wie is ingelogd): a worker, or a member of a family." })
export class Me {
  @Field(() => ID, {
    description: "Worker id, as the issuer names it; of a member of a family the person's id.",
  })
  worker!: string;

  @Field(() => Organisation, { description: "Employer (werkgever), or who else vouches for you." })
  organisation!: Organisation;

  @Field(() => WorkerFunctionCode, { description: "Function in which is asked (functie)." })
  function!: WorkerFunction;

  @Field(() => Person, { nullable: true, description: "You, as a member of a family; empty for a worker." })
  person!: Person | null;

  @Field(() => [Person], {
    nullable: true,
    description: "Your own children, with or without authority (uw kinderen); empty for a worker.",
  })
  children!: Person[] | null;
}
