// Person: the family.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import type { FamiliesContext } from "../source/families-stores";
import { loadersOf } from "../source/request-loaders";
import { Family } from "../types/family";
import { Person } from "../types/person";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => Family, {
    nullable: true,
    description: "The household that the person belongs to (gezin).",
  })
  @InCategory("HOUSEHOLD")
  family(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<Family | null> {
    return loadersOf(context).family.load(person.familyId);
  }
}
