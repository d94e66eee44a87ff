// What the forms of an export have in common: a text before, one for each entry with something between, and a text after.

import type { AccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import type { RuleBook } from "../../../../shared/access-log/rule-words/rule-words";

/** Writes entries as a text, one after the other, so that a long export never has to be in memory as a whole. */
export interface ExportWriter {
  readonly mediaType: string;
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  /** The whole text when there is no entry; head and tail when left out. */
  readonly empty?: string;
  readonly write: (entry: AccessLogEntry, rules: RuleBook) => string;
}
