import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { AccessLogEntry } from "./access-log-entry";
import { AccessReview } from "./review";

/** A page of reviews. */
export const AccessReviewConnection: ClassType<Connection<AccessReview>> = connectionType(
  "AccessReview",
  () => AccessReview,
);

/** A page of the entries that a review is about. */
export const ReviewedEntryConnection: ClassType<Connection<AccessLogEntry>> = connectionType(
  "ReviewedEntry",
  () => AccessLogEntry,
);
