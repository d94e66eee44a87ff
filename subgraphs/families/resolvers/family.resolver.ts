// Family: its members, and what the requester's own organisation does there.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import type { FamiliesContext } from "../source/families-stores";
import { loadersOf } from "../source/request-loaders";
import { Assignment } from "../types/assignment";
import { Family } from "../types/family";
import { Investigation } from "../types/investigation";
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
}
