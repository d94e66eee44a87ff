// The system of Lokalis: its three questions and the mapping of their answers.

import type { SqlSystem } from "../../../shared/sources/sql/sql-system";
import { toFamilyDossier } from "../mapping/family";
import { toPersonDossier } from "../mapping/person";
import { familyQuery } from "./family-query";
import type { HouseholdRecord, ClientRecord } from "./records";
import { identityQuery, personQuery } from "./person-query";

export const lokalisSystem: SqlSystem<HouseholdRecord, ClientRecord> = {
  organisation: "lokalis",
  identityQuery,
  familyQuery,
  personQuery,
  toFamily: toFamilyDossier,
  toPerson: toPersonDossier,
};
