import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "An assignment at your own organisation that ends now." })
export class EndAssignmentInput {
  @Field(() => ID, { description: "The assignment." })
  assignmentId!: string;

  @Field(() => String, { description: "Chosen by you, 1 to 100 characters." })
  idempotencyKey!: string;
}
