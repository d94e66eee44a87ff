// caseload: the households that the requester works with now.

import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import type { FamiliesContext } from "../source/families-stores";
import { findCaseload } from "../source/find-caseload";
import type { Family } from "../types/family";
import { FamilyConnection } from "../types/family-connection";

@Resolver()
export class CaseloadResolver {
  @Query(() => FamilyConnection, {
    description: "The households that you are assigned to now (caseload), in order of id.",
  })
  async caseload(
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() context: FamiliesContext,
  ): Promise<Connection<Family>> {
    const page = await findCaseload(context.stores.pool, context.grant.requester, { first, after });
    for (const { node } of page.edges) context.deliver({ familyId: node.id }, "SEARCH");
    return page;
  }
}
