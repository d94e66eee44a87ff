import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { ConsultationOutcome, ObjectionReason, Urgency } from "../source/referral-codes";
import type { ReferralType } from "../source/routes";
import {
  ConsultationOutcomeCode,
  ObjectionReasonCode,
  ReferralTypeCode,
  UrgencyCode,
} from "./referral-enums";

@ObjectType({ description: "One way in which the chair can decide." })
export class ChairOption {
  @Field(() => ConsultationOutcomeCode, { description: "ASSIGN, ASSIGN_TOGETHER or MERGE." })
  outcome!: ConsultationOutcome;

  @Field(() => ID, { description: "Who would own it (eigenaar)." })
  owner!: string;

  @Field(() => ID, { nullable: true, description: "Who would be second owner (mede-eigenaar)." })
  coOwner!: string | null;
}

@ObjectType({
  description:
    "A consultation whose term ran out, for its chair; without whom it is about (overleg zonder uitkomst).",
})
export class ChairedConsultation {
  @Field(() => ID, {
    description: "Works for deciding on this consultation, once; nothing else is found by it.",
  })
  reference!: string;

  @Field(() => ReferralTypeCode, { description: "Kind of referral (soort)." })
  type!: ReferralType;

  @Field(() => UrgencyCode, { description: "Urgency (spoed)." })
  urgency!: Urgency;

  @Field(() => ObjectionReasonCode, { description: "Why the receiver objected (bezwaar)." })
  reason!: ObjectionReason;

  @Field(() => ID, { description: "Organisation that sent it (verzender)." })
  sender!: string;

  @Field(() => ID, { description: "Organisation that objected (ontvanger)." })
  receiver!: string;

  @Field(() => ID, { description: "Organisation that it proposed." })
  third!: string;

  @Field(() => GraphQLLocalDate, { description: "Day on which the consultation began." })
  openedOn!: string;

  @Field(() => GraphQLLocalDate, { description: "Day on which its term ended (termijn)." })
  dueOn!: string;

  @Field(() => [ChairOption], { description: "What can be decided." })
  options!: readonly ChairOption[];
}

@ObjectType({ description: "What the chair decided." })
export class DecidedConsultation extends ChairOption {
  @Field(() => ID, { description: "The reference that was used; it works no more." })
  reference!: string;
}
