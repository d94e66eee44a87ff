// The access log as a privacy officer asks it: who saw what and why, how much, and as a text to keep. That it was asked is
// itself recorded, by the gateway.

import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { AccessLogCountBy } from "../../../shared/access-log/count-entries";
import { PAGE_DEFAULT } from "../../../shared/contract/values/connection";
import type { AccessLogContext } from "../source/access-log-stores";
import { countByAccessLog } from "../source/count-access-log";
import { exportAccessLog } from "../source/export-access-log";
import { countAccessLog, readAccessLog } from "../source/read-access-log";
import { AccessLogConnection } from "../types/access-log-connection";
import { AccessLogCount, AccessLogPeriodInput } from "../types/access-log-counts";
import { AccessLogCountByCode } from "../types/access-log-enums";
import { AccessLogExport, ExportAccessLogInput } from "../types/access-log-export";
import { AccessLogFilterInput } from "../types/access-log-filter";

const FOR_WHOM = "For privacy officers who signed in with a second factor, with purpose OVERSIGHT.";

@Resolver(() => AccessLogConnection)
export class AccessLogResolver {
  @Query(() => AccessLogConnection, {
    description: `What your organisation's workers did, and what others did at your organisation's source (toegangslog), newest first. ${FOR_WHOM}`,
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

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "Number of entries under the filter, counted only when asked; empty when there are more than 100,000.",
  })
  totalCount(@Root() page: AccessLogConnection, @Ctx() context: AccessLogContext): Promise<number | null> {
    return countAccessLog(context.stores, page);
  }

  @Query(() => [AccessLogCount], {
    description: `How the entries of a period that concern your organisation divide over days, purposes and so on; an entry with several rules or kinds of information counts for each. ${FOR_WHOM}`,
  })
  accessLogCounts(
    @Arg("period", () => AccessLogPeriodInput, { description: "Of when." }) period: AccessLogPeriodInput,
    @Arg("by", () => AccessLogCountByCode, { description: "By what." }) by: AccessLogCountBy,
    @Arg("filter", () => AccessLogFilterInput, {
      nullable: true,
      description: "Which entries; all of the period when left out.",
    })
    filter: AccessLogFilterInput | undefined,
    @Ctx() context: AccessLogContext,
  ): Promise<readonly AccessLogCount[]> {
    return countByAccessLog(context.stores, context.grant, { period, by, filter });
  }

  @Mutation(() => AccessLogExport, {
    description: `Gives entries that concern your organisation as a text to keep, newest first (uitvoer). The export is itself an entry (EXPORT). ${FOR_WHOM}`,
  })
  exportAccessLog(
    @Arg("input", () => ExportAccessLogInput, { description: "What to export, and as what." })
    input: ExportAccessLogInput,
    @Ctx() context: AccessLogContext,
  ): Promise<AccessLogExport> {
    return exportAccessLog(context.stores, context.grant, input);
  }
}
