// justificationsAsked, justifyAccess, complainAboutAccess: reviews as those see them who are not the privacy officer.

import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { AccessLogContext } from "../source/access-log-stores";
import { complainAboutAccess } from "../source/review/complain";
import { findJustificationsAsked, justifyAccess } from "../source/review/justifications";
import { AccessComplaint } from "../types/review-complaint";
import { ComplainAboutAccessInput, JustifyAccessInput } from "../types/review-inputs";
import { JustificationAsked } from "../types/review-justification";

@Resolver()
export class ReviewPartiesResolver {
  @Query(() => [JustificationAsked], {
    description: "What your privacy officer asks you about your own accesses (verzoeken om toelichting).",
  })
  justificationsAsked(@Ctx() { stores, grant }: AccessLogContext): Promise<JustificationAsked[]> {
    return findJustificationsAsked(stores, grant.requester);
  }

  @Mutation(() => [JustificationAsked], {
    description: "Says why you looked (toelichten); gives what is still asked of you.",
  })
  justifyAccess(
    @Arg("input", () => JustifyAccessInput) input: JustifyAccessInput,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<JustificationAsked[]> {
    return justifyAccess(stores, grant.requester, input);
  }

  @Mutation(() => AccessComplaint, {
    description:
      "Complains about an access (klacht over inzage): the organisation that employs whoever looked, looks into it. For members of a family.",
  })
  complainAboutAccess(
    @Arg("input", () => ComplainAboutAccessInput) input: ComplainAboutAccessInput,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<AccessComplaint> {
    return complainAboutAccess(stores, grant, input);
  }
}
