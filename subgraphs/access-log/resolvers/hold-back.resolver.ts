// holdBacks, holdBackEntry, confirmHoldBack, endHoldBack: leaving an access out of the report of the family for a time.

import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { AccessLogEntry as Entry } from "../../../shared/access-log/access-log-entry";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { AccessLogContext } from "../source/access-log-stores";
import { confirmHoldBack, endHoldBack } from "../source/hold-back/decide-hold-back";
import { holdBackEntry, type HeldBack } from "../source/hold-back/hold-back-entry";
import type { HoldBackState } from "../source/hold-back/hold-back-codes";
import { findHeldEntry, findHoldBacks } from "../source/hold-back/hold-backs";
import { organisationOfOfficer } from "../source/privacy-officer";
import { AccessLogEntry } from "../types/access-log-entry";
import { HoldBackStateCode } from "../types/access-report-enums";
import { HoldBack, HoldBackConnection } from "../types/hold-back";
import { ConfirmHoldBackInput, EndHoldBackInput, HoldBackEntryInput } from "../types/hold-back-inputs";

@Resolver(() => HoldBack)
export class HoldBackResolver {
  @Query(() => HoldBackConnection, {
    nullable: true,
    description:
      "What your organisation holds back, or asks to hold back, from the report of families (achtergehouden), the latest first. For privacy officers, with purpose OVERSIGHT.",
  })
  holdBacks(
    @Arg("state", () => HoldBackStateCode, { nullable: true, description: "Only those in this state." })
    state: HoldBackState | undefined,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() { stores, grant }: AccessLogContext,
  ): Promise<Connection<HoldBack>> {
    const organisation = organisationOfOfficer(grant, stores.region);
    return onRecord(() => findHoldBacks(stores.pool, organisation, { state, first, after }));
  }

  @Mutation(() => HoldBack, {
    nullable: true,
    description:
      "Proposes to leave an access of your organisation out of the report of the family, with a ground and a last day (achterhouden). It is left out when your privacy officer confirms it.",
  })
  holdBackEntry(
    @Arg("input", () => HoldBackEntryInput) input: HoldBackEntryInput,
    @Ctx() context: AccessLogContext,
  ): Promise<HoldBack> {
    return told(context, "CREATE", holdBackEntry(context.stores, context.grant, input));
  }

  @Mutation(() => HoldBack, {
    nullable: true,
    description: "Confirms it (bevestigen). For the privacy officer, with purpose OVERSIGHT.",
  })
  confirmHoldBack(
    @Arg("input", () => ConfirmHoldBackInput) input: ConfirmHoldBackInput,
    @Ctx() context: AccessLogContext,
  ): Promise<HoldBack> {
    return told(context, "UPDATE", confirmHoldBack(context.stores, context.grant, input));
  }

  @Mutation(() => HoldBack, {
    nullable: true,
    description:
      "Declines a proposal, or ends holding back early (beëindigen). For the privacy officer, with purpose OVERSIGHT.",
  })
  endHoldBack(
    @Arg("input", () => EndHoldBackInput) input: EndHoldBackInput,
    @Ctx() context: AccessLogContext,
  ): Promise<HoldBack> {
    return told(context, "UPDATE", endHoldBack(context.stores, context.grant, input));
  }

  @FieldResolver(() => AccessLogEntry, {
    nullable: true,
    description: "The entry itself, for the privacy officer; empty for others, and after its term.",
  })
  async entry(@Root() { id }: HoldBack, @Ctx() { stores, grant }: AccessLogContext): Promise<Entry | null> {
    if (grant.requester.workerFunction !== "PRIVACY_OFFICER") return null;
    organisationOfOfficer(grant, stores.region);
    return (await onRecord(() => findHeldEntry(stores.pool, id))) ?? null;
  }
}

/** Says whom it was about, so that the step stands in the log as one on that subject. */
async function told(
  context: AccessLogContext,
  act: "CREATE" | "UPDATE",
  done: Promise<HeldBack>,
): Promise<HoldBack> {
  const { result, ...about } = await done;
  context.deliver(about, act);
  return result;
}
