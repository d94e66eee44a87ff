// myAccessReport: who looked, in plain words, for the member of a family whom it is about. That it was read is on record.

import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { PAGE_DEFAULT } from "../../../shared/contract/values/connection";
import type { AccessLogContext } from "../source/access-log-stores";
import { myAccessReport } from "../source/report/my-access-report";
import type { ReportLanguage } from "../source/report/tell";
import { AccessReport } from "../types/access-report";
import { ReportLanguageCode } from "../types/access-report-enums";

@Resolver()
export class AccessReportResolver {
  @Query(() => AccessReport, {
    nullable: true,
    description:
      "Who looked at information about you (overzicht van inzage), newest first; or about your child under 12 over whom you have authority. For members of a family, with purpose SUBJECT_RIGHTS.",
  })
  myAccessReport(
    @Arg("personId", () => ID, { nullable: true, description: "Your child; about yourself when left out." })
    personId: string | undefined,
    @Arg("language", () => ReportLanguageCode, { defaultValue: "NL", description: "In which language." })
    language: ReportLanguage,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many lines: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<AccessReport> {
    return myAccessReport(stores, grant, { personId, language, first, after });
  }
}
