// me: who asks, as the hub identified them.

import { Ctx, Query, Resolver } from "type-graphql";
import { today } from "../../../shared/kernel/plain-date";
import { toPerson } from "../mapping/entities";
import { toEmployer } from "../mapping/organisation";
import type { FamiliesContext } from "../source/families-stores";
import { findOwnFamily } from "../source/find-own-family";
import { Me } from "../types/me";

@Resolver()
export class MeResolver {
  @Query(() => Me, { description: "Who you are to the hub." })
  async me(@Ctx() context: FamiliesContext): Promise<Me> {
    const { requester } = context.grant;
    const own = await findOwnFamily(context.stores.pool, requester);
    for (const { id, familyId } of [...(own?.person ? [own.person] : []), ...(own?.children ?? [])]) {
      context.deliver({ familyId, personId: id });
    }
    const day = today();
    return {
      worker: requester.worker,
      organisation: toEmployer(context.stores.region, requester.organisation),
      function: requester.workerFunction,
      person: own?.person ? toPerson(own.person, day) : null,
      children: own?.children.map((one) => toPerson(one, day)) ?? null,
    };
  }
}
