// emergencies, declareEmergency, reviewEmergency.

import { Arg, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { toBsn } from "../../../shared/kernel/bsn";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import { invalid } from "../source/check-input";
import { declareEmergency } from "../source/emergency/declare-emergency";
import { findEmergencies } from "../source/emergency/find-emergencies";
import { reviewEmergency } from "../source/emergency/review-emergency";
import { findHouseholdId } from "../source/find-by-bsn";
import type { FamiliesContext } from "../source/families-stores";
import { DeclareEmergencyInput } from "../types/declare-emergency-input";
import { Emergency } from "../types/emergency";
import { EmergencyConnection } from "../types/emergency-connection";
import { ReviewEmergencyInput } from "../types/review-emergency-input";

/** What no family is called: a number that the hub does not know ends as an id that it does not know. */
const NO_FAMILY = "";

/** The family that is named, or that somebody with the BSN belongs to; throws INPUT_INVALID for both and for neither. */
async function familyIdOf(
  { familyId, bsn }: DeclareEmergencyInput,
  { stores, grant }: FamiliesContext,
): Promise<string> {
  if (familyId != null && bsn == null) return familyId;
  if (familyId != null || bsn == null)
    throw invalid("input.bsn", "either a BSN or input.familyId: one of the two");
  return (await findHouseholdId(stores, grant.requester, toBsn("input.bsn", bsn))) ?? NO_FAMILY;
}

@Resolver()
export class EmergencyResolver {
  @Query(() => EmergencyConnection, {
    nullable: true,
    description:
      "Uses of the emergency procedure by your organisation, newest first (noodprocedures); for its workers, who review " +
      "each other, and its privacy officer.",
  })
  async emergencies(
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() context: FamiliesContext,
  ): Promise<Connection<Emergency>> {
    const page = await findEmergencies(context.stores.pool, context.grant, { first, after });
    for (const { node } of page.edges) context.deliver({ familyId: node.familyId });
    return page;
  }

  @Mutation(() => Emergency, {
    description:
      "Declares acute danger (noodprocedure): opens the minimum set to you for four hours, alerts the holders, and is " +
      "reviewed by a colleague the next working day. In direct danger call 112; Veilig Thuis is at 0800-2000.",
  })
  async declareEmergency(
    @Arg("input", () => DeclareEmergencyInput) input: DeclareEmergencyInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Emergency> {
    const { bsn: _bsn, ...rest } = input;
    const declared = { ...rest, familyId: await familyIdOf(input, context) };
    const { result, ...about } = await declareEmergency(context.stores, context.grant, declared);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => Emergency, {
    description:
      "Reviews a colleague's use of the emergency procedure (noodprocedure beoordelen); not justified ends it at once.",
  })
  async reviewEmergency(
    @Arg("input", () => ReviewEmergencyInput) input: ReviewEmergencyInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Emergency> {
    const { result, ...about } = await reviewEmergency(context.stores, context.grant, input);
    context.deliver(about, "UPDATE");
    return result;
  }
}
