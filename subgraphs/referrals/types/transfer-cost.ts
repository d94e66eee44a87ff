import { Field, Int, ObjectType } from "type-graphql";
import { ExpectedWait } from "./expected-wait";

@ObjectType({ description: "What it costs a family to change hands (prijs van een overdracht)." })
export class TransferCost {
  @Field(() => Int, {
    description: "Which hand-over of the family it is: 1 for the first (hoeveelste overdracht).",
  })
  handOver!: number;

  @Field(() => Int, {
    description: "Different workers of all organisations who work with the family today (gezichten).",
  })
  faces!: number;

  @Field(() => ExpectedWait, { description: "How long the receiver takes with this kind now." })
  expectedWait!: ExpectedWait;
}
