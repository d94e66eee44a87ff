// recordConsent, withdrawConsent.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { FamiliesContext } from "../source/families-stores";
import { recordConsent } from "../source/record-consent";
import { withdrawConsent } from "../source/withdraw-consent";
import { Consent } from "../types/consent";
import { RecordConsentInput } from "../types/record-consent-input";
import { WithdrawConsentInput } from "../types/withdraw-consent-input";

@Resolver()
export class ConsentResolver {
  @Mutation(() => Consent, {
    description: "Records what someone decided about sharing (toestemming vastleggen); valid from today.",
  })
  async recordConsent(
    @Arg("input", () => RecordConsentInput) input: RecordConsentInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Consent> {
    const { result, ...about } = await recordConsent(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => Consent, {
    description: "Takes a consent back (toestemming intrekken); no later request is permitted by it.",
  })
  async withdrawConsent(
    @Arg("input", () => WithdrawConsentInput) input: WithdrawConsentInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Consent> {
    const { result, ...about } = await withdrawConsent(context.stores, context.grant.requester, input);
    context.deliver(about, "UPDATE");
    return result;
  }
}
