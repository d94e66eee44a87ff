import { Field, ObjectType } from "type-graphql";
import type { AccessLogFilter } from "../../../shared/access-log/entry-filter";
import { PageInfo } from "../../../shared/contract/values/connection";
import { AccessLogEntry } from "./access-log-entry";

@ObjectType({ description: "One entry in a page of the access log." })
export class AccessLogEdge {
  @Field(() => String, { description: "Cursor of this entry." })
  cursor!: string;

  @Field(() => AccessLogEntry, { description: "The entry." })
  node!: AccessLogEntry;
}

/** `totalCount` is counted only when it is asked for; its resolver needs the filter. */
@ObjectType({ description: "A page of the access log, newest first." })
export class AccessLogConnection {
  @Field(() => [AccessLogEdge], { description: "The entries of this page." })
  edges!: AccessLogEdge[];

  @Field(() => PageInfo, { description: "Where this page ends." })
  pageInfo!: PageInfo;

  readonly filter!: AccessLogFilter;
}
