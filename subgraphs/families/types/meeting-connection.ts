import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { Meeting } from "./meeting";

/** A page of meetings. */
export const MeetingConnection: ClassType<Connection<Meeting>> = connectionType("Meeting", () => Meeting);
