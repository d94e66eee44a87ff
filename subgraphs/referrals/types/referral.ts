import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { Family } from "../../../shared/contract/entities/family";
import { Person } from "../../../shared/contract/entities/person";
import type {
  ConsentBasis,
  DeliveryState,
  FamilyInformed,
  ReferralMode,
  ReferralReason,
  ReferralState,
  TransferReason,
  Urgency,
} from "../source/referral-codes";
import type { ConsultationRecord } from "../source/referral-record";
import type { ReferralType } from "../source/routes";
import type { Action } from "../source/transitions";
import { ReferralContent } from "./referral-content";
import {
  ConsentBasisCode,
  DeliveryStateCode,
  FamilyInformedCode,
  ReferralModeCode,
  ReferralReasonCode,
  ReferralStateCode,
  ReferralStepCode,
  ReferralTypeCode,
  TransferReasonCode,
  UrgencyCode,
} from "./referral-enums";
import { ReferralEvent } from "./referral-event";

@ObjectType({
  description:
    "A request to another organisation to join or take over (verwijzing). It always has one owner and is never sent back.",
})
export class Referral {
  /** Behind the field `consultation`, which its resolver adds. */
  readonly consulted!: ConsultationRecord | null;

  @Field(() => ID)
  id!: string;

  @Field(() => Family, { description: "The household that it is about." })
  family!: Family;

  @Field(() => ReferralTypeCode, { description: "Kind (soort)." })
  type!: ReferralType;

  @Field(() => ReferralModeCode, { description: "Adding expertise, or handing over." })
  mode!: ReferralMode;

  @Field(() => TransferReasonCode, { nullable: true, description: "Why the family changes hands." })
  transferReason!: TransferReason | null;

  @Field(() => UrgencyCode, { description: "Urgency (spoed)." })
  urgency!: Urgency;

  @Field(() => ReferralReasonCode, { description: "Why it is asked (aanleiding)." })
  reason!: ReferralReason;

  @Field(() => ConsentBasisCode, { description: "On what ground it was sent (grondslag)." })
  consentBasis!: ConsentBasis;

  @Field(() => FamilyInformedCode, { description: "How the family was informed." })
  familyInformed!: FamilyInformed;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "When the family was informed." })
  familyInformedOn!: string | null;

  @Field(() => ReferralStateCode, { description: "State (status)." })
  state!: ReferralState;

  @Field(() => String, { nullable: true, description: "How it ended (uitkomst)." })
  outcome!: string | null;

  @Field(() => ID, { description: "Organisation that sent it (verzender)." })
  sender!: string;

  @Field(() => ID, { description: "Organisation that it is for (ontvanger)." })
  receiver!: string;

  @Field(() => ID, {
    description:
      "Who is accountable for the referral (eigenaar): the sender until someone accepts or a consultation assigns it.",
  })
  owner!: string;

  @Field(() => ID, { nullable: true, description: "Second owner after a consultation (mede-eigenaar)." })
  coOwner!: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When the second owner accepted." })
  coOwnerAcceptedAt!: string | null;

  @Field(() => [Person], {
    description: "The children that it is about (jeugdigen); each can be decided about apart.",
  })
  children!: readonly Person[];

  @Field(() => ID, {
    nullable: true,
    description:
      "Referral that these children were in before the receiver decided about others first (gesplitst).",
  })
  splitFrom!: string | null;

  @Field(() => [ID], { description: "Referrals in which other children of this one go on." })
  splitInto!: readonly string[];

  @Field(() => ID, {
    description:
      "Who is responsible for the family today: the sender, unless it was handed over and someone took it.",
  })
  responsibleNow!: string;

  @Field(() => [ReferralContent], {
    nullable: true,
    description:
      "What the receiver may read at the sender, by person, while it is open; empty for what was sent before there was a selection.",
  })
  content!: readonly ReferralContent[] | null;

  @Field(() => ID, { description: "Who watches the safety of the children today (zicht op veiligheid)." })
  sightOnSafety!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "When the receiver expects to start." })
  expectedOn!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: "When it was sent." })
  createdAt!: string;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it was delivered." })
  receivedAt!: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When it was accepted." })
  decidedAt!: string | null;

  @Field(() => DeliveryStateCode, { description: "How far its delivery is (bezorging)." })
  delivery!: DeliveryState;

  @Field(() => [ReferralStepCode], { description: "Steps that your organisation can take now." })
  possibleSteps!: readonly Action[];

  @Field(() => [ReferralEvent], { description: "Every step so far, oldest first; of before a split too." })
  history!: readonly ReferralEvent[];
}
