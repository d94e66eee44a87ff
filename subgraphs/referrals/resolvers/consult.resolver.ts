import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { toReferral } from "../mapping/referral";
import { endingOf, objectToReferral, resolveConsultation } from "../source/consult";
import { whoMayChange, type ReferralContext } from "../source/referral-context";
import { ObjectToReferralInput } from "../types/object-to-referral-input";
import { Referral } from "../types/referral";
import { ResolveConsultationInput } from "../types/resolve-consultation-input";

/** Objection and consultation. */
@Resolver()
export class ConsultResolver {
  @Mutation(() => Referral, {
    nullable: true,
    description:
      "Objects: opens one joint consultation that ends with an owner. The referral does not go back (bezwaar).",
  })
  async objectToReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => ObjectToReferralInput) input: ObjectToReferralInput,
  ): Promise<Referral> {
    const requester = whoMayChange(context);
    const record = await objectToReferral(context.stores, requester, input);
    context.deliver({ familyId: record.familyId }, "UPDATE");
    return toReferral(record, requester);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description:
      "Ends a consultation within its term, with an owner who is not the sender (overleg afronden).",
  })
  async resolveConsultation(
    @Ctx() context: ReferralContext,
    @Arg("input", () => ResolveConsultationInput) input: ResolveConsultationInput,
  ): Promise<Referral> {
    const requester = whoMayChange(context);
    const { consultationId, idempotencyKey } = input;
    const resolution = { consultationId, idempotencyKey, ...endingOf(input) };
    const record = await resolveConsultation(context.stores, requester, resolution);
    context.deliver({ familyId: record.familyId }, "UPDATE");
    return toReferral(record, requester);
  }
}
