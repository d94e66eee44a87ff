// The code lists of the access log as GraphQL enums.

import { registerEnumType } from "type-graphql";
import { AccessAct, AccessOutcome, AccessSubjectType } from "../../../shared/access-log/access-log-entry";
import { AccessLogCountBy } from "../../../shared/access-log/count-entries";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

export const AccessActCode = asEnum(
  AccessAct,
  "AccessAct",
  "What was done (handeling): READ ingezien, SEARCH gezocht, CREATE toegevoegd, UPDATE gewijzigd, DELETE verwijderd, EXPORT uitgevoerd, CONFIGURE ingesteld, OVERSIGHT het logboek ingezien.",
);
export const AccessOutcomeCode = asEnum(
  AccessOutcome,
  "AccessOutcome",
  "How it ended (uitkomst): DELIVERED geleverd, PARTIAL deels, WITHHELD onthouden, UNAVAILABLE bron gaf geen antwoord, REFUSED geweigerd, FAILED mislukt.",
);
export const AccessSubjectTypeCode = asEnum(
  AccessSubjectType,
  "AccessSubjectType",
  "What it was about: FAMILY gezin, PERSON betrokkene, NONE.",
);
export const WhatRuleDoesCode = asEnum(
  { PERMIT: "PERMIT", HOLD: "HOLD", DENY: "DENY" } as const,
  "WhatRuleDoes",
  "What a rule does: PERMIT toestaan, HOLD aan de houder laten, DENY weigeren.",
);
export const AccessLogCountByCode = asEnum(
  AccessLogCountBy,
  "AccessLogCountBy",
  "What entries are counted by: DAY dag in Nederland, PURPOSE doel, CATEGORY gegevenssoort, OUTCOME uitkomst, RULE regel, FUNCTION functie, SOURCE bron.",
);
/** What an export is written as. */
export const AccessLogExportFormat = { CSV: "CSV", JSON: "JSON", FHIR: "FHIR" } as const;
export type AccessLogExportFormat = keyof typeof AccessLogExportFormat;
export const AccessLogExportFormatCode = asEnum(
  AccessLogExportFormat,
  "AccessLogExportFormat",
  "What an export is written as: CSV (RFC 4180), JSON, or FHIR (a Bundle of AuditEvent, R4).",
);
