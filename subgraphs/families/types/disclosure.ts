import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { CategoryCode, PurposeCode, WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type {
  DisclosureRefusal,
  DisclosureState,
  FamilyTold,
  NotYetReason,
} from "../../../shared/database/register-codes";
import type { Category, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import {
  DisclosureRefusalCode,
  DisclosureStateCode,
  FamilyToldCode,
  NotYetReasonCode,
} from "./disclosure-enums";

@ObjectType({
  description: "A request to a holder to share what it holds, and its decision (verzoek om verstrekking).",
})
export class Disclosure {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family (gezin)." })
  familyId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "About whom (betrokkene); empty for the household as a whole.",
  })
  personId!: string | null;

  @Field(() => ID, { description: "Organisation that holds the data and decides (houder)." })
  holder!: string;

  @Field(() => ID, { description: "Organisation that asks (ontvanger)." })
  recipient!: string;

  @Field(() => ID, { description: "Who asked, as the employer's issuer names them (aanvrager)." })
  requestedBy!: string;

  @Field(() => WorkerFunctionCode, { description: "Function of who asked (functie)." })
  requestedAs!: WorkerFunction;

  @Field(() => PurposeCode, { description: "What for (doel)." })
  purpose!: Purpose;

  @Field(() => [CategoryCode], {
    description: "Kinds of information that were asked for (gegevenscategorieën).",
  })
  categories!: Category[];

  @Field(() => [String], { description: "Rules by which they are the holder's to decide on (regels)." })
  rules!: string[];

  @Field(() => String, { description: "Why it is needed, in one sentence (noodzaak)." })
  necessity!: string;

  @Field(() => GraphQLLocalDate, { description: "Last day on which it is wanted." })
  wantedUntil!: string;

  @Field(() => Boolean, { description: "A second professional has to weigh it too (vier ogen)." })
  secondProfessionalNeeded!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: "When it was asked." })
  requestedAt!: string;

  @Field(() => GraphQLLocalDate, { description: "Day by which the holder decides (termijn)." })
  dueOn!: string;

  @Field(() => DisclosureStateCode, { description: "State (stand)." })
  state!: DisclosureState;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: "When the holder decided." })
  decidedAt!: string | null;

  @Field(() => ID, { nullable: true, description: "Who decided (beslisser); for the holder's side only." })
  decidedBy!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Second professional who weighed it (tweede professional); for the holder's side only.",
  })
  secondProfessional!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What was weighed against what (afweging); for the holder's side only.",
  })
  weighing!: string | null;

  @Field(() => [CategoryCode], {
    description: "Kinds of information that were granted; empty without a grant.",
  })
  grantedCategories!: Category[];

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day of the grant." })
  grantedUntil!: string | null;

  @Field(() => DisclosureRefusalCode, { nullable: true, description: "Why it was refused (reden)." })
  refusalReason!: DisclosureRefusal | null;

  @Field(() => FamilyToldCode, { nullable: true, description: "Whether the family knows of the decision." })
  familyTold!: FamilyTold | null;

  @Field(() => NotYetReasonCode, { nullable: true, description: "Why the family is not told yet." })
  notYetReason!: NotYetReason | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Day on which that is looked at again." })
  notYetUntil!: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When the holder ended a grant early, or the requester withdrew the request.",
  })
  endedAt!: string | null;
}
