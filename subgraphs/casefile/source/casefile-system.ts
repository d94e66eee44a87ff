// The package at one organisation: its three questions, and where the mapping of their answers stands.

import path from "node:path";
import type { SqlSystem } from "../../../shared/sources/sql/sql-system";
import { familyQuery } from "./family-query";
import { identityQuery, personQuery } from "./person-query";

export const casefileSystem = (organisation: string): SqlSystem => ({
  organisation,
  identityQuery,
  familyQuery,
  personQuery,
  mappingFile: path.join(__dirname, "..", "mapping", "mapping.yaml"),
});
