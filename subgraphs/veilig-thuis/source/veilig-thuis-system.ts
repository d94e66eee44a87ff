// The system of Veilig Thuis: its three questions and the mapping of their answers.

import type { SqlSystem } from "../../../shared/sources/sql/sql-system";
import { toFamilyDossier } from "../mapping/family";
import { toPersonDossier } from "../mapping/person";
import { familyQuery } from "./family-query";
import { identityQuery, personQuery } from "./person-query";
import type { CaseRecord, InvolvedRecord } from "./records";

export const veiligThuisSystem: SqlSystem<CaseRecord, InvolvedRecord> = {
  organisation: "veilig-thuis",
  identityQuery,
  familyQuery,
  personQuery,
  toFamily: toFamilyDossier,
  toPerson: toPersonDossier,
};
