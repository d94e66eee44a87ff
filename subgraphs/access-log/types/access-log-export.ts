import { Field, InputType, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../../shared/contract/values/connection";
import { AccessLogExportFormatCode, type AccessLogExportFormat } from "./access-log-enums";
import { AccessLogFilterInput } from "./access-log-filter";

/** Entries in one export; more are had by going on from its end, or with `npm run log -- export`. */
export const EXPORT_LIMIT = 2_000;

/**
 * Bytes of the text of one export: half of what an answer may have by default, for a quotation mark takes two bytes in JSON.
 */
export const EXPORT_BYTES = 2 * 1024 * 1024;

@InputType("ExportAccessLogInput", { description: "What to export of the access log, and as what." })
export class ExportAccessLogInput {
  @Field(() => AccessLogFilterInput, { nullable: true, description: "Which entries; all when left out." })
  filter?: AccessLogFilterInput | null;

  @Field(() => AccessLogExportFormatCode, { description: "What it is written as." })
  format!: AccessLogExportFormat;

  @Field(() => Int, { defaultValue: EXPORT_LIMIT, description: `How many: 1 to ${EXPORT_LIMIT}.` })
  first!: number;

  @Field(() => String, { nullable: true, description: "Cursor to go on from: the end of the export before." })
  after?: string | null;
}

@ObjectType({ description: "Entries of the access log as a text to keep (uitvoer)." })
export class AccessLogExport {
  @Field(() => AccessLogExportFormatCode, { description: "What it is written as." })
  format!: AccessLogExportFormat;

  @Field(() => String, { description: "Media type of the text." })
  mediaType!: string;

  @Field(() => String, { description: "The text." })
  content!: string;

  @Field(() => Int, { description: "Number of entries in it." })
  entries!: number;

  @Field(() => PageInfo, { description: "Where it ends, and whether there is more." })
  pageInfo!: PageInfo;
}
