import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { Consultation } from "./consultation";

/** A page of consultations. */
export const ConsultationConnection: ClassType<Connection<Consultation>> = connectionType(
  "Consultation",
  () => Consultation,
);
