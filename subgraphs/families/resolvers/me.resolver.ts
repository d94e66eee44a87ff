// me: who asks, as the hub identified them.

import { Ctx, Query, Resolver } from "type-graphql";
import { toEmployer } from "../mapping/organisation";
import type { FamiliesContext } from "../source/families-stores";
import { Me } from "../types/me";

@Resolver()
export class MeResolver {
  @Query(() => Me, { description: "Who you are to the hub." })
  me(@Ctx() { grant: { requester }, stores }: FamiliesContext): Me {
    return {
      worker: requester.worker,
      organisation: toEmployer(stores.region, requester.organisation),
      function: requester.workerFunction,
    };
  }
}
