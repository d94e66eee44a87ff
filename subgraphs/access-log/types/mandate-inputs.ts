import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { MandateGround } from "../../../shared/access-log/review-codes";
import { MandateGroundCode } from "./review-enums";

@InputType({ description: "A mandate to look at what one worker of your organisation did." })
export class GrantMandateInput {
  @Field(() => ID, { description: "The worker; not yourself." })
  worker!: string;

  @Field(() => MandateGroundCode, { description: "Why." })
  ground!: MandateGround;

  @Field(() => GraphQLLocalDate, { description: "First day of the accesses." })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: "Last day; at most a year in all, and not in the future." })
  to!: string;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is done twice.",
  })
  idempotencyKey!: string;
}
