import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { ConsultationOutcome, ConsultationState, ObjectionReason } from "../source/referral-codes";
import { Referral } from "./referral";
import { ConsultationOutcomeCode, ConsultationStateCode, ObjectionReasonCode } from "./referral-enums";

@ObjectType({
  description: "Joint consultation after an objection (gezamenlijk overleg): one round, and then an owner.",
})
export class Consultation {
  @Field(() => ID)
  id!: string;

  @Field(() => Referral, { description: "What it is about." })
  referral!: Referral;

  @Field(() => ObjectionReasonCode, { description: "Why the receiver objected." })
  reason!: ObjectionReason;

  @Field(() => ID, { description: "Who objected." })
  openedBy!: string;

  @Field(() => ID, { description: "Who should own it according to the objector." })
  proposal!: string;

  @Field(() => [ID], { description: "Organisations at the table: the sender, the objector, one other." })
  participants!: readonly string[];

  @Field(() => GraphQLDateTimeISO, { description: "When it began." })
  openedAt!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it has to be over (termijn)." })
  dueAt!: string;

  @Field(() => Boolean, {
    description: "The term ran out: now the chair decides, and nobody else (voorzitter).",
  })
  termOver!: boolean;

  @Field(() => ConsultationStateCode, { description: "State (status)." })
  state!: ConsultationState;

  @Field(() => ConsultationOutcomeCode, { nullable: true, description: "What came out of it (uitkomst)." })
  outcome!: ConsultationOutcome | null;

  @Field(() => ID, { nullable: true, description: "Owner that came out of it." })
  owner!: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it ended." })
  resolvedAt!: string | null;
}
