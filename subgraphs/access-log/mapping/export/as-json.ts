// An export as a JSON array: entries as they stand in the log, each with its rules in words.

import { explainRules } from "../explain-rules";
import type { ExportWriter } from "./export-writer";

export const AS_JSON: ExportWriter = {
  mediaType: "application/json",
  head: "[\n",
  between: ",\n",
  tail: "\n]\n",
  write: (entry, rules) => JSON.stringify({ ...entry, why: explainRules(entry, rules) }),
};
