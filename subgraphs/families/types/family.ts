import { Directive, Field, ID, ObjectType } from "type-graphql";
import { InCategory } from "../../../shared/contract/category-directive";
import type { FamilyStatus } from "../../../shared/database/register-codes";
import { FamilyStatusCode } from "./register-enums";

/** The entity as its owner knows it; `members` is added by its resolver. */
@ObjectType({ description: "A household (gezin), under its pseudonym." })
@Directive('@key(fields: "id")')
export class Family {
  @Field(() => ID, { description: "Pseudonymous id in the hub." })
  id!: string;

  @Field(() => FamilyStatusCode, {
    nullable: true,
    description: "Whether the hub still follows the family (status).",
  })
  @InCategory("HOUSEHOLD")
  status!: FamilyStatus | null;
}
