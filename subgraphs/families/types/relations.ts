import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import type { Authority } from "../../../shared/kernel/codes";
import { Person } from "./person";
import { AuthorityCode } from "./register-enums";

@ObjectType({ description: "A parent of a child, and whether this parent has authority (ouder en gezag)." })
export class ParentRelation {
  @Field(() => Person, {
    nullable: true,
    description: "The parent; empty where they belong to a household that you do not work with.",
  })
  parent!: Person | null;

  @Field(() => AuthorityCode, {
    description: "Authority over the child (gezag); unknown never counts as consent.",
  })
  authority!: Authority;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "First day of this state; empty when not known.",
  })
  since!: string | null;
}

@ObjectType({ description: "A child of a parent, and whether that parent has authority (kind en gezag)." })
export class ChildRelation {
  @Field(() => Person, {
    nullable: true,
    description: "The child; empty where it belongs to a household that you do not work with.",
  })
  child!: Person | null;

  @Field(() => AuthorityCode, {
    description: "Authority over the child (gezag); unknown never counts as consent.",
  })
  authority!: Authority;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "First day of this state; empty when not known.",
  })
  since!: string | null;
}
