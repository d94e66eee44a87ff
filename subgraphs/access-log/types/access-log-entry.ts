import { GraphQLDateTimeISO } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type {
  AccessAct,
  AccessOutcome,
  AccessSubjectType,
} from "../../../shared/access-log/access-log-entry";
import { CategoryCode, PurposeCode, WorkerFunctionCode } from "../../../shared/contract/code-enums";
import type { Category, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import type { ErrorCode } from "../../../shared/kernel/errors";
import { AccessActCode, AccessOutcomeCode, AccessSubjectTypeCode } from "./access-log-enums";

@ObjectType({
  description: "One access, or attempt, on one subject at one source (regel in het toegangslog).",
})
export class AccessLogEntry {
  @Field(() => ID, { description: "Id of the entry." })
  id!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it was written, before the answer left (tijdstip)." })
  recordedAt!: string;

  @Field(() => String, { description: "Trace id of the request; the same at every source that it reached." })
  traceId!: string;

  @Field(() => AccessActCode, { description: "What was done (handeling)." })
  act!: AccessAct;

  @Field(() => AccessOutcomeCode, { description: "How it ended (uitkomst)." })
  outcome!: AccessOutcome;

  @Field(() => String, { description: "Root field of the request." })
  operation!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Who (medewerker); empty when nobody could be identified.",
  })
  worker!: string | null;

  @Field(() => ID, { nullable: true, description: "Employer (organisatie)." })
  organisation!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Team through which the worker has to do with the family, where there is one (team).",
  })
  team!: string | null;

  @Field(() => WorkerFunctionCode, { nullable: true, description: "Function (functie)." })
  workerFunction!: WorkerFunction | null;

  @Field(() => PurposeCode, { nullable: true, description: "What for (doel)." })
  purpose!: Purpose | null;

  @Field(() => AccessSubjectTypeCode, { description: "What it was about." })
  subjectType!: AccessSubjectType;

  @Field(() => ID, {
    nullable: true,
    description: "Pseudonym of the subject, or the id that was asked for; empty when its key was destroyed.",
  })
  subjectId!: string | null;

  @Field(() => ID, { nullable: true, description: "Pseudonym of the family (gezin)." })
  familyId!: string | null;

  @Field(() => ID, { nullable: true, description: "Source that was, or would have been, asked (bron)." })
  source!: string | null;

  @Field(() => [CategoryCode], { description: "Kinds of information that left (geleverd)." })
  categoriesDelivered!: readonly Category[];

  @Field(() => [CategoryCode], { description: "Kinds of information that were withheld (onthouden)." })
  categoriesWithheld!: readonly Category[];

  @Field(() => [String], {
    description: "Ids of the rules that permitted or withheld (autorisatieprotocol).",
  })
  rules!: readonly string[];

  @Field(() => [String], {
    description:
      "What was relied on, as KIND:id with - for an id that its register has: CONSENT, MEASURE, EMERGENCY, DISCLOSURE or REFERRAL (toestemmingsprofiel en dergelijke).",
  })
  reliedOn!: readonly string[];

  @Field(() => String, { nullable: true, description: "Version of the rules." })
  policySet!: string | null;

  @Field(() => String, { nullable: true, description: "Error code that the requester was shown." })
  errorCode!: ErrorCode | null;

  @Field(() => String, { nullable: true, description: "Address that the request came from (werkplek)." })
  origin!: string | null;
}
