// recordParticipation, withdrawParticipation.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { FamiliesContext } from "../source/families-stores";
import { recordParticipation, withdrawParticipation } from "../source/participation";
import { Participation, RecordParticipationInput, WithdrawParticipationInput } from "../types/participation";

@Resolver()
export class ParticipationResolver {
  @Mutation(() => Participation, {
    description: "Records that a family takes part in the pilot (deelname vastleggen); from today.",
  })
  async recordParticipation(
    @Arg("input", () => RecordParticipationInput) input: RecordParticipationInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Participation> {
    const { result, ...about } = await recordParticipation(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => Participation, {
    description:
      "Records that a family stops taking part (deelname intrekken); no later request is permitted by it.",
  })
  async withdrawParticipation(
    @Arg("input", () => WithdrawParticipationInput) input: WithdrawParticipationInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Participation> {
    const { result, ...about } = await withdrawParticipation(context.stores, context.grant.requester, input);
    context.deliver(about, "UPDATE");
    return result;
  }
}
