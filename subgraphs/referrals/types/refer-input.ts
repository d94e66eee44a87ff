import { Field, ID, InputType } from "type-graphql";
import type {
  AskedUrgency,
  ConsentBasis,
  ReferralMode,
  ReferralReason,
  TransferReason,
} from "../source/referral-codes";
import type { AskedReferralType } from "../source/list-types";
import { FamilyInformedInput } from "./family-informed-input";
import { ReferralContentInput } from "./referral-content";
import {
  AskedReferralTypeCode,
  AskedUrgencyCode,
  ConsentBasisCode,
  ReferralModeCode,
  ReferralReasonCode,
  TransferReasonCode,
} from "./referral-enums";

@InputType({
  description:
    "A referral to send. Codes and dates only: what the receiver needs to know of the family it reads at the source.",
})
export class ReferInput {
  @Field(() => ID, { description: "The family; you work with it." })
  familyId!: string;

  @Field(() => AskedReferralTypeCode, {
    description:
      "Kind; which goes where is answered when it cannot, and what to do instead when the hub does not carry it.",
  })
  type!: AskedReferralType;

  @Field(() => ID, { description: "Code of the organisation that it is for." })
  receiver!: string;

  @Field(() => ReferralModeCode, { defaultValue: "JOIN", description: "Adding expertise, or handing over." })
  mode!: ReferralMode;

  @Field(() => TransferReasonCode, { nullable: true, description: "Needed for TRANSFER." })
  transferReason?: TransferReason | null;

  @Field(() => AskedUrgencyCode, {
    defaultValue: "NORMAL",
    description: "Urgency. In a crisis nothing is sent: you are told whom to call.",
  })
  urgency!: AskedUrgency;

  @Field(() => ReferralReasonCode, { description: "Why you ask." })
  reasonCode!: ReferralReason;

  @Field(() => ConsentBasisCode, { description: "On what ground you send it." })
  consentBasis!: ConsentBasis;

  @Field(() => FamilyInformedInput, { description: "How and when the family was informed." })
  familyInformed!: FamilyInformedInput;

  @Field(() => ID, {
    nullable: true,
    description: "Organisation that watches the safety of the children meanwhile; yours when left out.",
  })
  sightOnSafety?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: "The children of the household that it is about, unborn ones too; all when left out.",
  })
  children?: readonly string[] | null;

  @Field(() => [ReferralContentInput], {
    nullable: true,
    description:
      "What the receiver may read at your organisation, by person; all that this kind opens when left out, nothing when empty.",
  })
  content?: ReferralContentInput[] | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
