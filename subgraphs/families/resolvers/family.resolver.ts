// Family: its members.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import type { FamiliesContext } from "../source/families-stores";
import { loadersOf } from "../source/request-loaders";
import { Family } from "../types/family";
import { Person } from "../types/person";

@Resolver(() => Family)
export class FamilyResolver {
  @FieldResolver(() => [Person], { nullable: true, description: "Who belong to it (gezinsleden)." })
  @InCategory("HOUSEHOLD")
  members(@Root() family: Family, @Ctx() context: FamiliesContext): Promise<Person[]> {
    return loadersOf(context).members.load(family.id);
  }
}
