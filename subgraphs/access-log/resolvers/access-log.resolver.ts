// accessLog: who saw what, for the privacy officer of an organisation. That it was read is itself recorded, by the gateway.

import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { PAGE_DEFAULT } from "../../../shared/contract/values/connection";
import type { AccessLogContext } from "../source/access-log-stores";
import { countAccessLog, readAccessLog } from "../source/read-access-log";
import { AccessLogConnection } from "../types/access-log-connection";
import { AccessLogFilterInput } from "../types/access-log-filter";

@Resolver(() => AccessLogConnection)
export class AccessLogResolver {
  @Query(() => AccessLogConnection, {
    description:
      "What your organisation's workers did, and what others did at your organisation's source (toegangslog), newest first. For privacy officers, with purpose OVERSIGHT.",
  })
  accessLog(
    @Arg("filter", () => AccessLogFilterInput, {
      nullable: true,
      description: "Which entries; all when left out.",
    })
    filter: AccessLogFilterInput | undefined,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() context: AccessLogContext,
  ): Promise<AccessLogConnection> {
    return readAccessLog(context.stores, context.grant, { filter, first, after });
  }

  @FieldResolver(() => Int, { description: "Number of entries under the filter; counted only when asked." })
  totalCount(@Root() page: AccessLogConnection, @Ctx() context: AccessLogContext): Promise<number> {
    return countAccessLog(context.stores, page);
  }
}
