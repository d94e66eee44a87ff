// grantMandate, mandates, workerReport: the accesses of one worker, on a ground and for a time. For the privacy officer.

import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { PAGE_DEFAULT } from "../../../shared/contract/values/connection";
import type { AccessLogContext } from "../source/access-log-stores";
import { findMandates, grantMandate, readWorkerReport } from "../source/review/mandates";
import { AccessMandate, WorkerReport } from "../types/mandate";
import { GrantMandateInput } from "../types/mandate-inputs";

@Resolver()
export class MandateResolver {
  @Query(() => [AccessMandate], {
    description: "The mandates of your organisation, newest first, at most 100. For privacy officers.",
  })
  mandates(@Ctx() { stores, grant }: AccessLogContext): Promise<AccessMandate[]> {
    return findMandates(stores, grant);
  }

  @Mutation(() => AccessMandate, {
    description:
      "Grants a mandate to look at what one worker of your organisation did (mandaat); it expires after 30 days. For privacy officers, not about themselves.",
  })
  grantMandate(
    @Arg("input", () => GrantMandateInput) input: GrantMandateInput,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<AccessMandate> {
    return grantMandate(stores, grant, input);
  }

  @Query(() => WorkerReport, {
    description:
      "What the worker of a mandate did in its period, newest first (specifieke rapportage). Refused once the mandate has expired. For privacy officers.",
  })
  workerReport(
    @Arg("mandateId", () => ID, { description: "The mandate." }) mandateId: string,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<WorkerReport> {
    return readWorkerReport(stores, grant, { mandateId, first, after });
  }
}
