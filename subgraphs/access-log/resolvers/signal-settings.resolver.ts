// workingHours, setWorkingHours, recordOwnRelation: what signals are measured by.

import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { AccessLogContext } from "../source/access-log-stores";
import { readWorkingHours, recordOwnRelation, setWorkingHours } from "../source/signals/settings";
import { OrganisationHours, OwnRelation } from "../types/signal-settings";
import { RecordOwnRelationInput, SetWorkingHoursInput } from "../types/signal-settings-inputs";

@Resolver()
export class SignalSettingsResolver {
  @Query(() => OrganisationHours, {
    description: "The working hours of your organisation (werktijden). For privacy officers.",
  })
  workingHours(@Ctx() { stores, grant }: AccessLogContext): Promise<OrganisationHours> {
    return readWorkingHours(stores, grant);
  }

  @Mutation(() => OrganisationHours, {
    description:
      "Sets the working hours of your organisation, from now on; outside them an access is a signal. For privacy officers.",
  })
  setWorkingHours(
    @Arg("input", () => SetWorkingHoursInput) input: SetWorkingHoursInput,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<OrganisationHours> {
    return setWorkingHours(stores, grant, input);
  }

  @Mutation(() => OwnRelation, {
    description:
      "Records that a family is related to you, or for a privacy officer to a worker (eigen familie): each access by that worker is a signal.",
  })
  async recordOwnRelation(
    @Arg("input", () => RecordOwnRelationInput) input: RecordOwnRelationInput,
    @Ctx() context: AccessLogContext,
  ): Promise<OwnRelation> {
    const recorded = await recordOwnRelation(context.stores, context.grant, input);
    context.deliver({ familyId: recorded.familyId }, "CREATE");
    return recorded;
  }
}
