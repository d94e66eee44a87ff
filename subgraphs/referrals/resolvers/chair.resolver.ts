// consultationsForChair, decideConsultation: the chair decides when a term ran out, without whom it is about.

import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { onRecord } from "../../../shared/database/record-unavailable";
import { decideConsultation, findForChair } from "../source/chair";
import { endingOf } from "../source/consult";
import type { ReferralContext } from "../source/referral-context";
import { ChairedConsultation, DecidedConsultation } from "../types/chair";
import { DecideConsultationInput } from "../types/decide-consultation-input";

@Resolver()
export class ChairResolver {
  @Query(() => [ChairedConsultation], {
    nullable: true,
    description:
      "Consultations whose term ran out without an outcome, without names (voor de voorzitter); for the chair, for oversight.",
  })
  consultationsForChair(@Ctx() { stores, grant }: ReferralContext): Promise<readonly ChairedConsultation[]> {
    return onRecord(() => findForChair(stores, grant));
  }

  @Mutation(() => DecidedConsultation, {
    nullable: true,
    description:
      "The chair ends a consultation whose term ran out, with an owner who is not the sender (besluit van de voorzitter).",
  })
  async decideConsultation(
    @Ctx() context: ReferralContext,
    @Arg("input", () => DecideConsultationInput) input: DecideConsultationInput,
  ): Promise<DecidedConsultation> {
    const { reference, idempotencyKey } = input;
    const decision = { reference, idempotencyKey, ...endingOf(input) };
    const { decided, changed } = await decideConsultation(context.stores, context.grant, decision);
    context.deliver({ familyId: changed }, "UPDATE");
    return decided;
  }
}
