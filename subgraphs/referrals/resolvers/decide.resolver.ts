import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { toReferral } from "../mapping/referral";
import {
  acceptReferral,
  completeReferral,
  requestInformation,
  reviewReferral,
  startReferral,
  supplementReferral,
  waitlistReferral,
  withdrawReferral,
  type Decide,
  type ReferralChange,
} from "../source/decide";
import { whoMayChange, type ReferralContext } from "../source/referral-context";
import { AcceptReferralInput } from "../types/accept-referral-input";
import { CompleteReferralInput } from "../types/complete-referral-input";
import { Referral } from "../types/referral";
import { ReferralStepInput } from "../types/referral-step-input";
import { RequestInformationInput } from "../types/request-information-input";
import { SupplementReferralInput } from "../types/supplement-referral-input";
import { WaitlistReferralInput } from "../types/waitlist-referral-input";
import { WithdrawReferralInput } from "../types/withdraw-referral-input";

/** What sender and receiver do with a referral. */
@Resolver()
export class DecideResolver {
  @Mutation(() => Referral, { nullable: true, description: "Takes it up for review (in beoordeling nemen)." })
  reviewReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => ReferralStepInput) input: ReferralStepInput,
  ): Promise<Referral> {
    return take(context, reviewReferral, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description: "Asks the sender for more; place and clock stay (aanvulling vragen).",
  })
  requestInformation(
    @Ctx() context: ReferralContext,
    @Arg("input", () => RequestInformationInput) input: RequestInformationInput,
  ): Promise<Referral> {
    return take(context, requestInformation, input);
  }

  @Mutation(() => Referral, { nullable: true, description: "Gives what was asked for (aanvullen)." })
  supplementReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => SupplementReferralInput) input: SupplementReferralInput,
  ): Promise<Referral> {
    return take(context, supplementReferral, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description:
      "Accepts for later, with an expected date; until then the sender stays responsible (wachtrij).",
  })
  waitlistReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => WaitlistReferralInput) input: WaitlistReferralInput,
  ): Promise<Referral> {
    return take(context, waitlistReferral, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description:
      "Accepts: your organisation owns it, or is the second owner, and you are assigned to the family (accepteren).",
  })
  acceptReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => AcceptReferralInput) input: AcceptReferralInput,
  ): Promise<Referral> {
    return take(context, acceptReferral, input);
  }

  @Mutation(() => Referral, { nullable: true, description: "The work has begun (in uitvoering)." })
  startReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => ReferralStepInput) input: ReferralStepInput,
  ): Promise<Referral> {
    return take(context, startReferral, input);
  }

  @Mutation(() => Referral, { nullable: true, description: "What was asked is done (afronden)." })
  completeReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => CompleteReferralInput) input: CompleteReferralInput,
  ): Promise<Referral> {
    return take(context, completeReferral, input);
  }

  @Mutation(() => Referral, {
    nullable: true,
    description: "Takes your referral back, as long as nobody accepted it (intrekken).",
  })
  withdrawReferral(
    @Ctx() context: ReferralContext,
    @Arg("input", () => WithdrawReferralInput) input: WithdrawReferralInput,
  ): Promise<Referral> {
    return take(context, withdrawReferral, input);
  }
}

async function take<Input extends ReferralChange>(
  context: ReferralContext,
  decide: Decide<Input>,
  input: Input,
): Promise<Referral> {
  const requester = whoMayChange(context);
  const record = await decide(context.stores, requester, input);
  context.deliver({ familyId: record.familyId }, "UPDATE");
  return toReferral(record, requester);
}
