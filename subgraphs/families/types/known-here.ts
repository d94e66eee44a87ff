import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { KnownHereOutcome, KnownHereReason } from "../../../shared/kernel/known-here";

registerEnumType(KnownHereReason, {
  name: "KnownHereReason",
  description:
    "Why is checked whether a child is known elsewhere: NEW_REPORT nieuwe melding, REPEATED_REPORT nieuwe melding over een bekend kind, POLICE_REPORT zorgmelding van de politie.",
});
registerEnumType(KnownHereOutcome, {
  name: "KnownHereOutcome",
  description:
    "How a check ended at an organisation: KNOWN bekend; NOT_KNOWN niet bekend, of mag het niet zeggen, wat niet van elkaar te onderscheiden is; UNAVAILABLE gaf geen antwoord, wat niets over het kind zegt.",
});

@InputType({ description: "A check whether a child of a report is known to others (check op bekendheid)." })
export class CheckKnownHereInput {
  @Field(() => String, {
    description:
      "BSN of a child whose case you have opened; give it as a variable. Never stored, logged or repeated.",
  })
  bsn!: string;

  @Field(() => KnownHereReason, { description: "Why (code van de reden)." })
  reason!: KnownHereReason;

  @Field(() => String, {
    description: "Chosen by you, 1 to 100 characters: sent again, nobody is asked twice.",
  })
  idempotencyKey!: string;
}

@ObjectType({ description: "How a check ended at one organisation." })
export class KnownAt {
  @Field(() => ID, { description: "The organisation." })
  organisation!: string;

  @Field(() => KnownHereOutcome, { description: "Outcome (uitkomst)." })
  outcome!: KnownHereOutcome;
}

/** `explanation` is added by its resolver. */
@ObjectType({ description: "A check whether a child is known to others (check op bekendheid)." })
export class KnownHereCheck {
  @Field(() => ID, { description: "Id in the register." })
  id!: string;

  @Field(() => ID, { description: "The family." })
  familyId!: string;

  @Field(() => ID, { description: "The child." })
  personId!: string;

  @Field(() => KnownHereReason, { description: "Why was checked." })
  reason!: KnownHereReason;

  @Field(() => GraphQLLocalDate, { description: "When was asked." })
  askedOn!: string;

  @Field(() => GraphQLLocalDate, {
    description:
      "Day by which an organisation that knows the child looks at it (uiterlijk); a proposal of the region.",
  })
  dueOn!: string;

  @Field(() => [KnownAt], { description: "One for each organisation that a check can concern, by its code." })
  organisations!: KnownAt[];
}
