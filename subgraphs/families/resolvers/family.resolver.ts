// Family: its members, and what the requester's own organisation does there.

import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import { PAGE_DEFAULT, pageOf, type Connection } from "../../../shared/contract/values/connection";
import type { FamiliesContext } from "../source/families-stores";
import { loadersOf } from "../source/request-loaders";
import { Assignment } from "../types/assignment";
import { Family } from "../types/family";
import { Investigation } from "../types/investigation";
import type { Meeting } from "../types/meeting";
import { MeetingConnection } from "../types/meeting-connection";
import { Participation } from "../types/participation";
import { Person } from "../types/person";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => [Person], { nullable: true, description: "Who belong to it (gezinsleden)." })
  @InCategory("HOUSEHOLD")
  members(@Root() family: Family, @Ctx() context: FamiliesContext): Promise<Person[]> {
    return loadersOf(context).members.load(family.id);
  }

  @FieldResolver(() => [Assignment], {
    nullable: true,
    description: "Who of your own organisation work with it now (toewijzingen).",
  })
  @InCategory("HOUSEHOLD")
  workers(@Root() family: Family, @Ctx() context: FamiliesContext): Promise<Assignment[]> {
    return loadersOf(context).workers.load(family.id);
  }

  @FieldResolver(() => [Investigation], {
    nullable: true,
    description: "Examinations that are open at your own organisation (lopende onderzoeken).",
  })
  @InCategory("HOUSEHOLD")
  investigations(@Root() family: Family, @Ctx() context: FamiliesContext): Promise<Investigation[]> {
    return loadersOf(context).investigations.load(family.id);
  }

  @FieldResolver(() => Participation, {
    nullable: true,
    description: "That it takes part in the pilot now (deelname); empty when it does not.",
  })
  @InCategory("HOUSEHOLD")
  participation(@Root() family: Family, @Ctx() context: FamiliesContext): Promise<Participation | null> {
    return loadersOf(context).participation.load(family.id);
  }

  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description: "Meetings of organisations about it, the latest first (overleggen).",
  })
  @InCategory("HOUSEHOLD")
  async meetings(
    @Root() family: Family,
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Ctx() context: FamiliesContext,
  ): Promise<Connection<Meeting>> {
    return pageOf(await loadersOf(context).meetings.load(family.id), first, after);
  }
}
