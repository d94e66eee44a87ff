import { Directive, Field, ID, ObjectType } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import { AgeBandCode, FamilyRoleCode } from "../../../shared/contract/code-enums";
import type { AgeBand, FamilyRole } from "../../../shared/kernel/codes";

/** The entity as its owner knows it; `family` is added by its resolver. */
@ObjectType({ description: "A person (betrokkene), under a pseudonym." })
@Directive('@key(fields: "id")')
export class Person {
  @Field(() => ID, { description: "Pseudonymous id in the hub." })
  id!: string;

  /** Not part of the contract: where `family` is found. */
  readonly familyId!: string;

  @Field(() => FamilyRoleCode, { nullable: true, description: "Place in the household (rol in het gezin)." })
  @InCategory("HOUSEHOLD")
  role!: FamilyRole | null;

  @Field(() => AgeBandCode, { nullable: true, description: "Age band (leeftijdsgroep); never a birth date." })
  @InCategory("HOUSEHOLD")
  ageBand!: AgeBand | null;
}
