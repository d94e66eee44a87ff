import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { QueuedReferral } from "./overview";

/** A page of the queue. */
export const QueuedReferralConnection: ClassType<Connection<QueuedReferral>> = connectionType(
  "QueuedReferral",
  () => QueuedReferral,
);
