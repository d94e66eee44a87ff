import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { DeadlineKind } from "../source/deadlines/norms";
import { DeadlineKindCode } from "./clock-enums";

@ObjectType({ description: "What has to be done about a referral by when (termijn)." })
export class ReferralDeadline {
  @Field(() => DeadlineKindCode, { description: "What has to be done." })
  kind!: DeadlineKind;

  @Field(() => ID, { description: "Organisation that has to do it." })
  organisation!: string;

  @Field(() => GraphQLDateTimeISO, { description: "Since when it runs." })
  startedAt!: string;

  @Field(() => GraphQLDateTimeISO, {
    description: "Up to when it is kept: the end of a working day (uiterlijk).",
  })
  dueAt!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When who has to do it was warned (gewaarschuwd).",
  })
  warnedAt!: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it was escalated to both organisations (opgeschaald).",
  })
  escalatedAt!: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it was done, or was no longer needed; after `dueAt` the norm was broken (gedaan).",
  })
  metAt!: string | null;
}
