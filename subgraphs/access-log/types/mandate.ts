import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { MandateGround } from "../../../shared/access-log/review-codes";
import { PageInfo } from "../../../shared/contract/values/connection";
import { AccessLogEdge } from "./access-log-connection";
import { MandateGroundCode } from "./review-enums";

@ObjectType({
  description: "A mandate to look at what one worker did (mandaat), on a ground and for 30 days.",
})
export class AccessMandate {
  @Field(() => ID, { description: "Id of the mandate." })
  id!: string;

  @Field(() => ID, { description: "Whose accesses (medewerker)." })
  worker!: string;

  @Field(() => MandateGroundCode, { description: "Why." })
  ground!: MandateGround;

  @Field(() => GraphQLLocalDate, { description: "First day of the accesses that it opens." })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: "Last day." })
  to!: string;

  @Field(() => ID, { description: "Privacy officer who granted it." })
  grantedBy!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it was granted." })
  grantedAt!: string;

  @Field(() => GraphQLDateTimeISO, { description: "When it expires; after that it opens nothing." })
  expiresAt!: string;

  @Field(() => Boolean, { description: "Whether it has expired." })
  expired!: boolean;
}

@ObjectType({
  description: "What the worker of a mandate did in its period, newest first (specifieke rapportage).",
})
export class WorkerReport {
  @Field(() => AccessMandate, { description: "The mandate." })
  mandate!: AccessMandate;

  @Field(() => [AccessLogEdge], { description: "The entries of this page." })
  edges!: AccessLogEdge[];

  @Field(() => PageInfo, { description: "Where this page ends." })
  pageInfo!: PageInfo;
}
