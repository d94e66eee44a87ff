import { Field, ID, Int, ObjectType } from "type-graphql";
import { CategoryCode } from "../../../shared/contract/code-enums";
import type { Category } from "../../../shared/kernel/codes";
import type { NormSource } from "../../../shared/region/referral-norms";
import type { AskedReferralType } from "../source/list-types";
import { AskedReferralTypeCode, NormSourceCode } from "./referral-enums";

@ObjectType({ description: "Within what time something is decided (termijn)." })
export class ReferralNorm {
  @Field(() => Int, { nullable: true, description: "Working days; 0 is at once; empty when it is none." })
  workingDays!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Hours, all of which count; empty when it is in days or none.",
  })
  hours!: number | null;

  @Field(() => String, { description: "In words, with who says so; in Dutch." })
  text!: string;

  @Field(() => NormSourceCode, { description: "How sure it is." })
  source!: NormSource;
}

@ObjectType({
  description:
    "A kind of request to another organisation, whether the hub carries it or not (soort verwijzing).",
})
export class ReferralTypeInfo {
  @Field(() => AskedReferralTypeCode, { description: "Kind (soort)." })
  type!: AskedReferralType;

  @Field(() => String, { description: "Its Dutch name." })
  term!: string;

  @Field(() => [String], { description: "Kinds of organisation that it comes from." })
  from!: readonly string[];

  @Field(() => [String], { description: "Kinds of organisation that it goes to, or who else it is for." })
  to!: readonly string[];

  @Field(() => [ID], { description: "Organisations to which yours can send it in the hub." })
  receivers!: readonly string[];

  @Field(() => [String], { description: "What belongs to it; in Dutch." })
  document!: readonly string[];

  @Field(() => ReferralNorm, {
    nullable: true,
    description: "Within what time it is decided; empty without one.",
  })
  norm!: ReferralNorm | null;

  @Field(() => String, { description: "Who stays responsible until somebody took it." })
  responsible!: string;

  @Field(() => [CategoryCode], {
    description: "Categories that you can let its receiver read; all of them when you select nothing.",
  })
  opens!: readonly Category[];

  @Field(() => String, { nullable: true, description: "Why the hub does not carry it; empty when it does." })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: "What to do instead; empty when the hub carries it." })
  way!: string | null;
}
