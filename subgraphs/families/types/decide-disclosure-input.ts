import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import { CategoryCode } from "../../../shared/contract/code-enums";
import type {
  DisclosureDecision,
  DisclosureRefusal,
  FamilyTold,
  NotYetReason,
} from "../../../shared/database/register-codes";
import type { Category } from "../../../shared/kernel/codes";
import {
  DisclosureDecisionCode,
  DisclosureRefusalCode,
  FamilyToldCode,
  NotYetReasonCode,
} from "./disclosure-enums";

@InputType({ description: "The holder's decision on a request for disclosure, with its weighing." })
export class DecideDisclosureInput {
  @Field(() => ID, { description: "The request." })
  disclosureId!: string;

  @Field(() => DisclosureDecisionCode, { description: "Grant or refuse." })
  decision!: DisclosureDecision;

  @Field(() => [CategoryCode], {
    nullable: true,
    description: "With a grant: which of the kinds that were asked for; all of them when left out.",
  })
  categories?: Category[] | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "With a grant: its last day, not after the day up to which it is wanted.",
  })
  until?: string | null;

  @Field(() => String, {
    description:
      "What you weighed against what, 20 to 1000 characters; stays with your organisation. No names, no BSN.",
  })
  weighing!: string;

  @Field(() => ID, {
    nullable: true,
    description: "A second worker who weighed it with you; needed where the rule asks four eyes.",
  })
  secondProfessional?: string | null;

  @Field(() => DisclosureRefusalCode, { nullable: true, description: "With a refusal: why." })
  refusalReason?: DisclosureRefusal | null;

  @Field(() => FamilyToldCode, {
    description: "Whether the family was told of the request and your decision.",
  })
  familyTold!: FamilyTold;

  @Field(() => NotYetReasonCode, { nullable: true, description: "With NOT_YET: why not yet." })
  notYetReason?: NotYetReason | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "With NOT_YET: the day on which you look at it again, at most 90 days ahead.",
  })
  notYetUntil?: string | null;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nothing is made twice.",
  })
  idempotencyKey!: string;
}
