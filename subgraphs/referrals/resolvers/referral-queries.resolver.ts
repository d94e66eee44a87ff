import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { onRecord } from "../../../shared/database/record-unavailable";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import { mapPage, toConsultation, toReferral } from "../mapping/referral";
import { findConsulted, findReceived, findSent, getReferral } from "../source/find-referrals";
import type { ConsultationState, ReferralState } from "../source/referral-codes";
import { whoMayRead, type ReferralContext } from "../source/referral-context";
import type { ReferralRecord } from "../source/referral-record";
import type { Consultation } from "../types/consultation";
import { ConsultationConnection } from "../types/consultation-connection";
import { Referral } from "../types/referral";
import { ReferralConnection } from "../types/referral-connection";
import { ConsultationStateCode, ReferralStateCode } from "../types/referral-enums";

/** Gives referrals to a party to them; each family whose referral leaves is told to the gateway. */
@Resolver()
export class ReferralQueriesResolver {
  @Query(() => Referral, { nullable: true, description: "One referral that concerns you (verwijzing)." })
  async referral(@Ctx() context: ReferralContext, @Arg("id", () => ID) id: string): Promise<Referral> {
    const requester = whoMayRead(context);
    const record = await onRecord(() => getReferral(context.stores.pool, requester, id));
    context.deliver({ familyId: record.familyId });
    return toReferral(record, requester);
  }

  @Query(() => ReferralConnection, {
    nullable: true,
    description:
      "What was delivered to your organisation (postvak in): safety and urgency first, what waits long before what is new.",
  })
  async referralInbox(
    @Ctx() context: ReferralContext,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("state", () => ReferralStateCode, { nullable: true }) state?: ReferralState | null,
  ): Promise<Connection<Referral>> {
    const requester = whoMayRead(context);
    const page = await onRecord(() => findReceived(context.stores.pool, requester, { first, after, state }));
    return deliverPage(context, page);
  }

  @Query(() => ReferralConnection, {
    nullable: true,
    description:
      "What you sent, and what was sent about families that you work with, newest first (verzonden).",
  })
  async sentReferrals(
    @Ctx() context: ReferralContext,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("state", () => ReferralStateCode, { nullable: true }) state?: ReferralState | null,
  ): Promise<Connection<Referral>> {
    const requester = whoMayRead(context);
    const page = await onRecord(() => findSent(context.stores.pool, requester, { first, after, state }));
    return deliverPage(context, page);
  }

  @Query(() => ConsultationConnection, {
    nullable: true,
    description: "Consultations at which your organisation sits, the first to end first (overleggen).",
  })
  async consultations(
    @Ctx() context: ReferralContext,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("state", () => ConsultationStateCode, { defaultValue: "OPEN" }) state: ConsultationState = "OPEN",
  ): Promise<Connection<Consultation>> {
    const requester = whoMayRead(context);
    const page = await onRecord(() => findConsulted(context.stores.pool, requester, { first, after, state }));
    return mapPage(deliverPage(context, page), (referral) => {
      const consultation = toConsultation(referral);
      if (!consultation) throw new Error("A consultation without its referral.");
      return consultation;
    });
  }
}

function deliverPage(context: ReferralContext, page: Connection<ReferralRecord>): Connection<Referral> {
  for (const { node } of page.edges) context.deliver({ familyId: node.familyId });
  return mapPage(page, (record) => toReferral(record, context.grant.requester));
}
