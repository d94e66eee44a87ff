// assignWorker.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { assignWorker } from "../source/assign-worker";
import type { FamiliesContext } from "../source/families-stores";
import { AssignWorkerInput } from "../types/assign-worker-input";
import { Assignment } from "../types/assignment";

@Resolver()
export class AssignmentResolver {
  @Mutation(() => Assignment, {
    description: "Lets a worker of your own organisation start with a family (toewijzen).",
  })
  async assignWorker(
    @Arg("input", () => AssignWorkerInput) input: AssignWorkerInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Assignment> {
    const { result, ...about } = await assignWorker(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }
}
