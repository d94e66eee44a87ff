// planMeeting.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { FamiliesContext } from "../source/families-stores";
import { planMeeting } from "../source/meetings";
import { Meeting, PlanMeetingInput } from "../types/meeting";

@Resolver()
export class MeetingResolver {
  @Mutation(() => Meeting, {
    description:
      "Plans a meeting about a family (overleg plannen). Who sits at it is fixed here and never changes.",
  })
  async planMeeting(
    @Arg("input", () => PlanMeetingInput) input: PlanMeetingInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Meeting> {
    const { result, ...about } = await planMeeting(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }
}
