import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { HoldBackGround, HoldBackState } from "../source/hold-back/hold-back-codes";
import { connectionType } from "../../../shared/contract/values/connection";
import { HoldBackGroundCode, HoldBackStateCode } from "./access-report-enums";

@ObjectType({
  description:
    "An access that the report of the family leaves out for a time (achterhouden): with every entry of the same request.",
})
export class HoldBack {
  @Field(() => ID, { description: "Id of this." })
  id!: string;

  @Field(() => ID, { description: "The entry of the access log that was named." })
  entryId!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When the access was." })
  recordedAt!: string;

  @Field(() => HoldBackGroundCode, { description: "Why (grond)." })
  ground!: HoldBackGround;

  @Field(() => GraphQLLocalDate, { description: "Last day on which it is left out; the day after it shows." })
  until!: string;

  @Field(() => HoldBackStateCode, { description: "Where it stands (stand)." })
  state!: HoldBackState;

  @Field(() => ID, { description: "Worker who proposed it." })
  proposedBy!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it was proposed." })
  proposedAt!: string;

  @Field(() => ID, { nullable: true, description: "Privacy officer who confirmed it." })
  confirmedBy!: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it was confirmed." })
  confirmedAt!: string | null;

  @Field(() => ID, { nullable: true, description: "Privacy officer who ended or declined it." })
  endedBy!: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it was ended or declined." })
  endedAt!: string | null;
}

/** A page of what an organisation holds back. */
export const HoldBackConnection = connectionType("HoldBack", () => HoldBack);
