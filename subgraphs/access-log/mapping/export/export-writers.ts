// The forms of an export, by their codes.

import type { AccessLogExportFormat } from "../../types/access-log-enums";
import { AS_CSV } from "./as-csv";
import { AS_FHIR_BUNDLE } from "./as-fhir";
import { AS_JSON } from "./as-json";
import type { ExportWriter } from "./export-writer";

export const EXPORT_WRITERS: Readonly<Record<AccessLogExportFormat, ExportWriter>> = {
  CSV: AS_CSV,
  JSON: AS_JSON,
  FHIR: AS_FHIR_BUNDLE,
};
