// oversightReport: the organisations beside each other, for their privacy officers.

import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { AccessLogContext } from "../source/access-log-stores";
import { organisationOfOfficer } from "../source/privacy-officer";
import { oversightReport } from "../source/review/oversight-report";
import { OversightReport } from "../types/oversight-report";

@Resolver()
export class OversightReportResolver {
  @Query(() => OversightReport, {
    description:
      "Compares the organisations over a month that is over, without naming persons (generieke rapportage). For privacy officers.",
  })
  oversightReport(
    @Arg("month", () => String, { description: "The month, YYYY-MM." }) month: string,
    @Ctx() { stores: { pool, region }, grant }: AccessLogContext,
  ): Promise<OversightReport> {
    organisationOfOfficer(grant, region);
    const organisations = region.organisations.map(({ code }) => code as string);
    return onRecord(() => oversightReport(pool, month, organisations));
  }
}
