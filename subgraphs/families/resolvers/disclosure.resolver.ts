// disclosures, requestDisclosure, decideDisclosure, endDisclosure, withdrawDisclosureRequest.

import { Arg, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import type { DisclosureState } from "../../../shared/database/register-codes";
import { decideDisclosure } from "../source/disclosure/decide-disclosure";
import { endDisclosure } from "../source/disclosure/end-disclosure";
import { findDisclosures } from "../source/disclosure/find-disclosures";
import { requestDisclosure } from "../source/disclosure/request-disclosure";
import { withdrawDisclosureRequest } from "../source/disclosure/withdraw-disclosure-request";
import type { FamiliesContext } from "../source/families-stores";
import { DecideDisclosureInput } from "../types/decide-disclosure-input";
import { Disclosure } from "../types/disclosure";
import { DisclosureConnection } from "../types/disclosure-connection";
import { DisclosureSideCode, DisclosureStateCode, type DisclosureSide } from "../types/disclosure-enums";
import { EndDisclosureInput } from "../types/end-disclosure-input";
import { RequestDisclosureInput } from "../types/request-disclosure-input";
import { WithdrawDisclosureRequestInput } from "../types/withdraw-disclosure-request-input";

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, {
    nullable: true,
    description:
      "Requests for disclosure about families that you work with now (verzoeken om verstrekking): of open ones the " +
      "one that waits longest comes first, of all others the newest.",
  })
  async disclosures(
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Arg("side", () => DisclosureSideCode, { description: "Asked by your organisation, or held by it." })
    side: DisclosureSide,
    @Arg("state", () => DisclosureStateCode, { nullable: true, description: "Only those in this state." })
    state: DisclosureState | undefined,
    @Ctx() context: FamiliesContext,
  ): Promise<Connection<Disclosure>> {
    const page = await findDisclosures(context.stores.pool, context.grant, { first, after, side, state });
    for (const { node } of page.edges) context.deliver(aboutWhom(node));
    return page;
  }

  @Mutation(() => Disclosure, {
    description:
      "Asks a holder to share what the rules leave to its professionals (verstrekking vragen); they decide within two " +
      "working days.",
  })
  async requestDisclosure(
    @Arg("input", () => RequestDisclosureInput) input: RequestDisclosureInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Disclosure> {
    const { result, ...about } = await requestDisclosure(context.stores, context.grant, input);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => Disclosure, {
    description:
      "Decides on a request to your organisation and records the weighing (afweging vastleggen); a grant is for a limited " +
      "time. For workers of the holder who are assigned to the family, or stand in.",
  })
  async decideDisclosure(
    @Arg("input", () => DecideDisclosureInput) input: DecideDisclosureInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Disclosure> {
    const { result, ...about } = await decideDisclosure(context.stores, context.grant, input);
    context.deliver(about, "UPDATE");
    return result;
  }

  @Mutation(() => Disclosure, {
    description:
      "Ends a grant of your organisation early (verstrekking beëindigen), from the next request on.",
  })
  async endDisclosure(
    @Arg("input", () => EndDisclosureInput) input: EndDisclosureInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Disclosure> {
    const { result, ...about } = await endDisclosure(context.stores, context.grant, input);
    context.deliver(about, "UPDATE");
    return result;
  }

  @Mutation(() => Disclosure, {
    description: "Takes a request of your organisation back (verzoek intrekken) before the holder decided.",
  })
  async withdrawDisclosureRequest(
    @Arg("input", () => WithdrawDisclosureRequestInput) input: WithdrawDisclosureRequestInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Disclosure> {
    const { result, ...about } = await withdrawDisclosureRequest(context.stores, context.grant, input);
    context.deliver(about, "UPDATE");
    return result;
  }
}

const aboutWhom = ({ familyId, personId }: Disclosure) =>
  personId === null ? { familyId } : { familyId, personId };
