import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { Disclosure } from "./disclosure";

/** A page of requests for disclosure. */
export const DisclosureConnection: ClassType<Connection<Disclosure>> = connectionType(
  "Disclosure",
  () => Disclosure,
);
