import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import type { HoldBackGround } from "../source/hold-back/hold-back-codes";
import { HoldBackGroundCode } from "./access-report-enums";

@InputType({
  description: "Which access to hold back: by its entry, or by the trace id that came with your own answer.",
})
export class HoldBackEntryInput {
  @Field(() => ID, { nullable: true, description: "Id of an entry of the access log; this or a trace id." })
  entryId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Trace id of a request of your own (extensions.traceId); this or an entry.",
  })
  traceId?: string | null;

  @Field(() => HoldBackGroundCode, { description: "Why (grond)." })
  ground!: HoldBackGround;

  @Field(() => GraphQLLocalDate, {
    description: "Last day on which it is left out: at most six months from now.",
  })
  until!: string;

  @Field(() => String, { description: "Chosen by you: the same key again changes nothing." })
  idempotencyKey!: string;
}

@InputType({ description: "Which proposal to confirm." })
export class ConfirmHoldBackInput {
  @Field(() => ID, { description: "Id of what was proposed." })
  holdBackId!: string;

  @Field(() => String, { description: "Chosen by you: the same key again changes nothing." })
  idempotencyKey!: string;
}

@InputType({ description: "Which proposal to decline, or which access to show again." })
export class EndHoldBackInput {
  @Field(() => ID, { description: "Id of what was proposed or confirmed." })
  holdBackId!: string;

  @Field(() => String, { description: "Chosen by you: the same key again changes nothing." })
  idempotencyKey!: string;
}
