import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { Framework } from "../../../shared/kernel/codes";
import { FrameworkCode } from "./register-enums";
import { Words } from "./words";

@ObjectType({ description: "The legal frame that a person is in, and what it means for the family (kader)." })
export class FrameworkStatus {
  @Field(() => FrameworkCode, { description: "Voluntary or compulsory (vrijwillig of gedwongen)." })
  framework!: Framework;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "First day of this frame; empty where it never was another one.",
  })
  since!: string | null;

  @Field(() => Boolean, {
    description: "Your own organisation guides under pressure (drang); in law that is voluntary.",
  })
  drang!: boolean;

  @Field(() => ID, {
    nullable: true,
    description: "Agency that has guardianship over the person (voogd).",
  })
  guardian!: string | null;

  @Field(() => Words, {
    description: "What this frame means for the family, to explain to them (rechtspositie).",
  })
  rights!: Words;
}
