// assignWorker, assignTeam, endAssignment.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { assignTeam, assignWorker } from "../source/assign-worker";
import { endAssignment } from "../source/end-assignment";
import type { FamiliesContext } from "../source/families-stores";
import { AssignTeamInput } from "../types/assign-team-input";
import { AssignWorkerInput } from "../types/assign-worker-input";
import { Assignment } from "../types/assignment";
import { EndAssignmentInput } from "../types/end-assignment-input";

@Resolver()
export class AssignmentResolver {
  @Mutation(() => Assignment, {
    description: "Lets a worker of your own organisation start with a family that you work with (toewijzen).",
  })
  async assignWorker(
    @Arg("input", () => AssignWorkerInput) input: AssignWorkerInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Assignment> {
    const { result, ...about } = await assignWorker(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => Assignment, {
    description:
      "Lets a team of your own organisation start with a family that you work with (team toewijzen).",
  })
  async assignTeam(
    @Arg("input", () => AssignTeamInput) input: AssignTeamInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Assignment> {
    const { result, ...about } = await assignTeam(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => Assignment, {
    description:
      "Ends an assignment at your own organisation now (toewijzing beëindigen); no later request is permitted by it.",
  })
  async endAssignment(
    @Arg("input", () => EndAssignmentInput) input: EndAssignmentInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Assignment> {
    const { result, ...about } = await endAssignment(context.stores, context.grant.requester, input);
    context.deliver(about, "UPDATE");
    return result;
  }
}
