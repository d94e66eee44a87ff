// openCase, checkKnownHere: both have organisations asked first, and are then asked again with the answers (null before).

import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import { KNOWN_HERE_WORDS } from "../mapping/known-here-words";
import type { FamiliesContext } from "../source/families-stores";
import { checkKnownHere, prepareCheck } from "../source/known-here/check-known-here";
import { openCase, prepareCase } from "../source/known-here/open-case";
import { CheckKnownHereInput, KnownHereCheck } from "../types/known-here";
import { OpenCaseInput } from "../types/open-case-input";
import { OpenedCase } from "../types/opened-case";
import { Words } from "../types/words";

@Resolver(() => KnownHereCheck)
export class KnownHereResolver {
  @Mutation(() => OpenedCase, {
    nullable: true,
    description:
      "Opens a case about a child that your organisation has in its own system (zaak openen), which is asked for it; from today you work with the family. In a request of its own.",
  })
  async openCase(
    @Arg("input", () => OpenCaseInput) input: OpenCaseInput,
    @Ctx() context: FamiliesContext,
  ): Promise<OpenedCase | null> {
    const { stores, grant } = context;
    if (!grant.answered) {
      context.askFirst(await prepareCase(stores, grant, input));
      return null;
    }
    const { result, ...about } = await openCase(stores, grant, input, grant.answered);
    context.deliver(about, "CREATE");
    return result;
  }

  @Mutation(() => KnownHereCheck, {
    nullable: true,
    description:
      "Asks the organisations that the rules allow whether they know the child of a report (check op bekendheid), also those that the hub does not link to the child; for an assessor of Veilig Thuis. Who knows the child is told. In a request of its own.",
  })
  async checkKnownHere(
    @Arg("input", () => CheckKnownHereInput) input: CheckKnownHereInput,
    @Ctx() context: FamiliesContext,
  ): Promise<KnownHereCheck | null> {
    const { stores, grant } = context;
    if (!grant.answered) {
      context.askFirst(await prepareCheck(stores, grant, input));
      return null;
    }
    const { result, ...about } = await checkKnownHere(stores, grant, input, grant.answered);
    context.deliver(about, "CREATE");
    return result;
  }

  @FieldResolver(() => Words, { description: "How the outcomes are to be read." })
  explanation(): Words {
    return KNOWN_HERE_WORDS;
  }
}
