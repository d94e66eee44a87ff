// Person: the households, the legal frame, and who is whose parent.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import type { FamiliesContext } from "../source/families-stores";
import { loadersOf } from "../source/request-loaders";
import { Consent } from "../types/consent";
import { Family } from "../types/family";
import { FrameworkStatus } from "../types/framework-status";
import { Person } from "../types/person";
import { RecordedMeasure } from "../types/recorded-measure";
import { ChildRelation, ParentRelation } from "../types/relations";

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => Family, {
    nullable: true,
    description: "The household that the person belongs to, of two the own one (gezin).",
  })
  @InCategory("HOUSEHOLD")
  family(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<Family | null> {
    return loadersOf(context).family.load(person.familyId);
  }

  @FieldResolver(() => FrameworkStatus, {
    nullable: true,
    description: "The legal frame that the person is in, since when, and what it means (kader).",
  })
  @InCategory("HOUSEHOLD")
  framework(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<FrameworkStatus | null> {
    return loadersOf(context).framework.load(person.id);
  }

  @FieldResolver(() => [Family], {
    nullable: true,
    description:
      "The households that the person lives in, the own one first (gezinnen); those that you work with only.",
  })
  @InCategory("HOUSEHOLD")
  households(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<Family[]> {
    return loadersOf(context).households.load(person.id);
  }

  @FieldResolver(() => [ParentRelation], {
    nullable: true,
    description: "Parents, each with or without authority (ouders en gezag).",
  })
  @InCategory("HOUSEHOLD")
  parents(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<ParentRelation[]> {
    return loadersOf(context).parents.load(person.id);
  }

  @FieldResolver(() => [ChildRelation], {
    nullable: true,
    description: "Children, each with or without authority (kinderen en gezag).",
  })
  @InCategory("HOUSEHOLD")
  children(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<ChildRelation[]> {
    return loadersOf(context).children.load(person.id);
  }

  @FieldResolver(() => [Consent], {
    nullable: true,
    description:
      "What was decided about sharing with or by your organisation, the latest first (toestemmingen); for a member of the family the own decisions.",
  })
  @InCategory("HOUSEHOLD")
  consents(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<Consent[]> {
    return loadersOf(context).consents.load(person.id);
  }

  @FieldResolver(() => [RecordedMeasure], {
    nullable: true,
    description: "Measures that your organisation executes or executed, the latest first (maatregelen).",
  })
  @InCategory("HOUSEHOLD")
  recordedMeasures(@Root() person: Person, @Ctx() context: FamiliesContext): Promise<RecordedMeasure[]> {
    return loadersOf(context).recordedMeasures.load(person.id);
  }
}
