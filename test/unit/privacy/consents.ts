// A family of two parents and a child, and what each of them said about sharing.

import { consentState } from "../../../gateway/privacy/consent-state";
import type { ConsentRecord } from "../../../shared/database/family-records";
import type { Authority } from "../../../shared/kernel/codes";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { aConsent, anAuthority, aPerson, aRecord, TODAY } from "../../kit/family-records";

/** A birth date for each age band. */
export const BORN = {
  UNBORN: null,
  UNDER_12: "2018-01-01",
  FROM_12_TO_15: "2013-01-01",
  FROM_16_TO_17: "2009-01-01",
  ADULT: "2000-01-01",
} as const;
export type Band = keyof typeof BORN;

/** A child and the authority of both parents; YES when not said. */
export interface Situation {
  readonly band: Band;
  readonly able?: boolean;
  readonly mother?: Authority;
  readonly father?: Authority;
}

/** What someone can have said. */
export const WORDS = ["GIVEN", "REFUSED", "WITHDRAWN", "EXPIRED", "SILENT"] as const;
export type Word = (typeof WORDS)[number];

/** The statement, if any, by which a person said this about another. */
export const statement = (about: string, by: string, word: Word): ConsentRecord[] => {
  switch (word) {
    case "SILENT":
      return [];
    case "REFUSED":
      return [aConsent(about, by, { decision: "REFUSED" })];
    case "WITHDRAWN":
      return [aConsent(about, by, { withdrawnAt: "2026-03-01T09:00:00Z" })];
    case "EXPIRED":
      return [aConsent(about, by, { validUntil: toPlainDate("2026-06-14") })];
    case "GIVEN":
      return [aConsent(about, by)];
  }
};

/** The state for the child of a family with two parents, after these words of child, mother and father. */
export function stateOf(situation: Situation, child: Word, mother: Word, father: Word) {
  const subject = aPerson("child", "CHILD", BORN[situation.band], situation.able ?? true);
  return askAbout(subject, situation, [
    ...statement("child", "child", child),
    ...statement("child", "mother", mother),
    ...statement("child", "father", father),
  ]);
}

/** The state for one subject after these statements. */
export function askAbout(
  subject: ReturnType<typeof aPerson>,
  { mother = "YES", father = "YES" }: Pick<Situation, "mother" | "father">,
  consents: ConsentRecord[],
  question: Partial<Parameters<typeof consentState>[0]> = {},
) {
  const parents = [aPerson("mother", "PARENT", "1990-01-01"), aPerson("father", "PARENT", "1988-01-01")];
  const record = aRecord({
    members: subject.role === "PARENT" ? parents : [...parents, subject],
    authorities: [anAuthority("mother", "child", mother), anAuthority("father", "child", father)],
    consents,
  });
  return consentState({
    record,
    subject,
    holder: "save",
    recipient: "lokalis",
    category: "CARE_PLAN",
    purpose: "CARE",
    today: TODAY,
    ...question,
  });
}
