import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { Emergency } from "./emergency";

/** A page of uses of the emergency procedure. */
export const EmergencyConnection: ClassType<Connection<Emergency>> = connectionType(
  "Emergency",
  () => Emergency,
);
