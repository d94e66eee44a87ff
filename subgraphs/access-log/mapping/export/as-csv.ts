// An export as CSV (RFC 4180), for spreadsheets: one line per entry, lists with a semicolon between, rules with their sentences.

import type { AccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import type { RuleBook } from "../../../../shared/access-log/rule-words/rule-words";
import { explainRules } from "../explain-rules";
import type { ExportWriter } from "./export-writer";

type Cell = string | number | null | readonly (string | null)[];

const asIs =
  (name: keyof AccessLogEntry) =>
  (entry: AccessLogEntry): Cell =>
    entry[name];
const inWords =
  (name: "nl" | "en" | "citation") =>
  (entry: AccessLogEntry, rules: RuleBook): Cell =>
    explainRules(entry, rules).map((rule) => rule[name]);

const COLUMNS: Readonly<Record<string, (entry: AccessLogEntry, rules: RuleBook) => Cell>> = {
  id: asIs("id"),
  position: asIs("position"),
  recorded_at: asIs("recordedAt"),
  act: asIs("act"),
  outcome: asIs("outcome"),
  operation: asIs("operation"),
  worker: asIs("worker"),
  organisation: asIs("organisation"),
  team: asIs("team"),
  worker_function: asIs("workerFunction"),
  purpose: asIs("purpose"),
  subject_type: asIs("subjectType"),
  subject_id: asIs("subjectId"),
  family_id: asIs("familyId"),
  source: asIs("source"),
  categories_delivered: asIs("categoriesDelivered"),
  categories_withheld: asIs("categoriesWithheld"),
  rules: asIs("rules"),
  why_nl: inWords("nl"),
  why_en: inWords("en"),
  citations: inWords("citation"),
  policy_set: asIs("policySet"),
  relied_on: asIs("reliedOn"),
  error_code: asIs("errorCode"),
  origin: asIs("origin"),
  trace_id: asIs("traceId"),
};

/** A spreadsheet takes a text that begins like this for a formula, and would run it (OWASP, CSV injection). */
const LOOKS_LIKE_FORMULA = /^[\s\p{Cc}]*[=+\-@|＝＋－＠]|^[\t\r\n]/u;
const NEEDS_QUOTES = /[",\r\n;']|^\s|\s$/;

/** One field: a text that looks like a formula gets an apostrophe before it, which spreadsheets do not show. */
export function toField(cell: Cell): string {
  const text =
    typeof cell === "object" && cell !== null ? cell.map((one) => one ?? "").join("; ") : String(cell ?? "");
  const harmless = LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const LINE_END = "\r\n";

export const AS_CSV: ExportWriter = {
  mediaType: "text/csv; charset=utf-8; header=present",
  head: Object.keys(COLUMNS).join(",") + LINE_END,
  between: "",
  tail: "",
  write: (entry, rules) =>
    Object.values(COLUMNS)
      .map((valueOf) => toField(valueOf(entry, rules)))
      .join(",") + LINE_END,
};
