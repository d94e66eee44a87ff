import { GraphQLLocalDate } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType({ description: "A case that your organisation has in its own system about a child." })
export class OpenCaseInput {
  @Field(() => String, {
    description:
      "BSN of the child (burgerservicenummer); give it as a variable. Never stored, logged or repeated.",
  })
  bsn!: string;

  @Field(() => GraphQLLocalDate, {
    description:
      "Birth date of the child, for the rules about age; your organisation's own system is asked whether it has the same.",
  })
  birthDate!: string;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
