// openInvestigation, closeInvestigation.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { FamiliesContext } from "../source/families-stores";
import { closeInvestigation, openInvestigation } from "../source/investigations";
import { Investigation } from "../types/investigation";
import { CloseInvestigationInput, OpenInvestigationInput } from "../types/investigation-inputs";

@Resolver()
export class InvestigationResolver {
  @Mutation(() => Investigation, {
    description: "Records that your organisation begins to examine (onderzoek openen); from today.",
  })
  async openInvestigation(
    @Arg("input", () => OpenInvestigationInput) input: OpenInvestigationInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Investigation> {
    const { result, ...about } = await openInvestigation(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => Investigation, {
    description:
      "Records that an examination of your organisation is done (onderzoek afsluiten); no later request is permitted by it.",
  })
  async closeInvestigation(
    @Arg("input", () => CloseInvestigationInput) input: CloseInvestigationInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Investigation> {
    const { result, ...about } = await closeInvestigation(context.stores, context.grant.requester, input);
    context.deliver(about, "UPDATE");
    return result;
  }
}
