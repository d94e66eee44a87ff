// The export of the William Schrikker Stichting: its three questions and the mapping of their answers.

import type { SqlSystem } from "../../../shared/sources/sql/sql-system";
import { toFamilyDossier } from "../mapping/family";
import { toPersonDossier } from "../mapping/person";
import { familyQuery } from "./family-query";
import { identityQuery, personQuery } from "./person-query";
import type { ExportLine } from "./records";

export const wssSystem: SqlSystem<readonly ExportLine[], ExportLine> = {
  organisation: "wss",
  identityQuery,
  familyQuery,
  personQuery,
  toFamily: toFamilyDossier,
  toPerson: toPersonDossier,
};
