// recordMeasure, endMeasure.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { endMeasure } from "../source/end-measure";
import type { FamiliesContext } from "../source/families-stores";
import { recordMeasure } from "../source/record-measure";
import { EndMeasureInput } from "../types/end-measure-input";
import { RecordMeasureInput } from "../types/record-measure-input";
import { RecordedMeasure } from "../types/recorded-measure";

@Resolver()
export class MeasureResolver {
  @Mutation(() => RecordedMeasure, {
    description:
      "Records a measure that your organisation executes (maatregel vastleggen); guardians, and for youth probation probation officers.",
  })
  async recordMeasure(
    @Arg("input", () => RecordMeasureInput) input: RecordMeasureInput,
    @Ctx() context: FamiliesContext,
  ): Promise<RecordedMeasure> {
    const { result, ...about } = await recordMeasure(context.stores, context.grant.requester, input);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => RecordedMeasure, {
    description:
      "Records that a measure ended early (maatregel beëindigen); guardians, and for youth probation probation officers.",
  })
  async endMeasure(
    @Arg("input", () => EndMeasureInput) input: EndMeasureInput,
    @Ctx() context: FamiliesContext,
  ): Promise<RecordedMeasure> {
    const { result, ...about } = await endMeasure(context.stores, context.grant.requester, input);
    context.deliver(about, "UPDATE");
    return result;
  }
}
