import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { SchakelError } from "../../../shared/kernel/errors";
import { toReferral } from "../mapping/referral";
import { objectToReferral, resolveConsultation } from "../source/consult";
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
    description: "Ends a consultation with an owner who is not the sender (overleg afronden).",
  })
  async resolveConsultation(
    @Ctx() context: ReferralContext,
    @Arg("input", () => ResolveConsultationInput) input: ResolveConsultationInput,
  ): Promise<Referral> {
    const requester = whoMayChange(context);
    const { outcome, ...rest } = input;
    if (outcome === "WITHDRAWN") {
      const expected = "ASSIGN, ASSIGN_TOGETHER or MERGE; to withdraw there is withdrawReferral";
      throw new SchakelError("INPUT_INVALID", { argument: "input.outcome", expected });
    }
    const record = await resolveConsultation(context.stores, requester, { ...rest, outcome });
    context.deliver({ familyId: record.familyId }, "UPDATE");
    return toReferral(record, requester);
  }
}
