import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { Family } from "./family";

/** A page of families. */
export const FamilyConnection: ClassType<Connection<Family>> = connectionType("Family", () => Family);
