import { FieldResolver, Resolver, Root } from "type-graphql";
import { toConsultation } from "../mapping/referral";
import { Consultation } from "../types/consultation";
import { Referral } from "../types/referral";

/** Adds the consultation to a referral; here, so that the two types need not know each other. */
@Resolver(() => Referral)
export class ReferralResolver {
  @FieldResolver(() => Consultation, {
    nullable: true,
    description: "The consultation after an objection (overleg).",
  })
  consultation(@Root() referral: Referral): Consultation | null {
    return toConsultation(referral);
  }
}
