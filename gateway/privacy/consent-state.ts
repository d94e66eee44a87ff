// Reduces dated consent statements to one state, by the age rules of the Jeugdwet. Pure: `today` is an argument.
//
// Who must say yes (docs/privacy-rules.md explains the choices):
//   unborn, under 12, or under 18 and not able   all who have authority (both parents)
//   12 to 15                                     the young person and all who have authority
//   16 and 17                                    the young person alone
//   adult, also each parent                      that adult alone, for own data only
// Authority that is unknown MUST NOT count as consent, and MUST NOT be passed over either: such a parent stays
// needed and cannot satisfy the need, so the state cannot become GIVEN before the authority is known.

import type { AgeBand, Category, ConsentState, Purpose } from "../../shared/kernel/codes";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { FamilyRecord, PersonRecord } from "../../shared/database/family-records";
import { ageBandOn } from "../../shared/kernel/age-band";

/** What the consent is asked for. `holder` and `recipient` are codes of organisations. */
export interface ConsentQuestion {
  readonly record: FamilyRecord;
  readonly subject: PersonRecord;
  readonly holder: string;
  readonly recipient: string;
  readonly category: Category;
  readonly purpose: Purpose;
  readonly today: PlainDate;
}

/** The state, and whether everyone who had to consent did so explicitly (AVG 9(2)(a)); false unless GIVEN. */
export interface ConsentAnswer {
  readonly state: ConsentState;
  readonly explicit: boolean;
}

/** Where one giver's word stands today. */
type Word = "GIVEN" | "REFUSED" | "LAPSED" | "NONE";

interface Statement {
  readonly word: Word;
  readonly explicit: boolean;
}

/** One who must consent; `counts` is false where a yes of this person is no consent (authority unknown, not able). */
interface Needed {
  readonly word: Word;
  readonly explicit: boolean;
  readonly counts: boolean;
}

const SILENT: Statement = { word: "NONE", explicit: false };
const ABSENT: ConsentAnswer = { state: "ABSENT", explicit: false };

/** The state of consent for one subject, holder, recipient, category and purpose on one day. */
export function consentState(question: ConsentQuestion): ConsentAnswer {
  if (question.record.consents.length === 0) return ABSENT;
  const words = latestWords(question);
  if (words.size === 0) return ABSENT;
  const { subject, today } = question;
  const band = ageBandOn(subject, today);
  const own: Needed = { ...(words.get(subject.id) ?? SILENT), counts: subject.able };
  if (band === "ADULT") return ofAdult(question, own, words);
  const parents = neededParents(question, words);
  switch (decidesWith(band, subject.able)) {
    case "PARENTS":
      return together(parents);
    case "BOTH":
      return ofYoungPerson(own, parents);
    case "SELF":
      return ofNearlyAdult(own, parents);
  }
}

function decidesWith(band: Exclude<AgeBand, "ADULT">, able: boolean): "PARENTS" | "BOTH" | "SELF" {
  if (!able || band === "UNBORN" || band === "UNDER_12") return "PARENTS";
  return band === "FROM_12_TO_15" ? "BOTH" : "SELF";
}

/** Everyone in the list must have consented; with nobody to ask there is no consent. */
function together(needed: readonly Needed[]): ConsentAnswer {
  if (allGiven(needed)) return given(needed);
  if (needed.some((one) => one.word === "REFUSED")) return answer("REFUSED");
  if (needed.some((one) => one.word === "LAPSED")) return answer("LAPSED");
  return ABSENT;
}

/** 12 to 15: one side alone is told apart, because the rules differ for it; a withdrawn yes is never passed over. */
function ofYoungPerson(own: Needed, parents: readonly Needed[]): ConsentAnswer {
  const all = [own, ...parents];
  const bothSides = own.word === "GIVEN" && allGiven(parents);
  if (bothSides) return given(all);
  const oneSide = own.word === "GIVEN" || allGiven(parents);
  if (!oneSide) return together(all);
  if (all.some((one) => one.word === "LAPSED")) return answer("LAPSED");
  return answer(own.word === "GIVEN" ? "CHILD_ONLY" : "PARENTS_ONLY");
}

/** 16 and 17: the parents' word is no consent; that they gave it is told apart. */
function ofNearlyAdult(own: Needed, parents: readonly Needed[]): ConsentAnswer {
  if (own.word === "GIVEN" || own.word === "LAPSED") return together([own]);
  return allGiven(parents) ? answer("PARENTS_ONLY") : together([own]);
}

/** An adult decides for own data only; what the other parent said is no consent, but is told apart. */
function ofAdult(
  { record, subject }: ConsentQuestion,
  own: Needed,
  words: ReadonlyMap<string, Statement>,
): ConsentAnswer {
  if (own.word !== "NONE" || subject.role !== "PARENT") return together([own]);
  const otherGave = record.members.some(
    (one) =>
      one.role === "PARENT" && one.id !== subject.id && one.able && words.get(one.id)?.word === "GIVEN",
  );
  return answer(otherGave ? "OTHER_PARENT_ONLY" : "ABSENT");
}

/** All who have authority over the child, or might have: a parent about whom nothing is recorded might. */
function neededParents(
  { record, subject }: ConsentQuestion,
  words: ReadonlyMap<string, Statement>,
): Needed[] {
  // Authority of whom counts as a yes; of a parent about whom nothing is recorded it is unknown.
  const counts = new Map<string, boolean>();
  for (const one of record.members) {
    if (one.role === "PARENT" && one.id !== subject.id) counts.set(one.id, false);
  }
  for (const { parentId, parentAble, childId, authority } of record.authorities) {
    if (childId !== subject.id) continue;
    if (authority === "NO") counts.delete(parentId);
    else counts.set(parentId, authority === "YES" && parentAble);
  }
  return [...counts].map(([parentId, does]) => ({ ...(words.get(parentId) ?? SILENT), counts: does }));
}

/** Of each giver the statement that counts: the latest recorded of those that have begun; on a tie the one that is no yes. */
function latestWords({ record, subject, holder, recipient, category, purpose, today }: ConsentQuestion) {
  const latest = new Map<string, Statement & { readonly recordedAt: string }>();
  for (const one of record.consents) {
    const aboutThis =
      one.personId === subject.id &&
      one.recipient === recipient &&
      one.holder === holder &&
      one.purpose === purpose &&
      one.validFrom <= today &&
      one.categories.includes(category);
    if (!aboutThis) continue;
    const before = latest.get(one.givenBy);
    const order = before === undefined ? 1 : compareMoments(one.recordedAt, before.recordedAt);
    const ended = one.withdrawnAt !== null || (one.validUntil !== null && one.validUntil < today);
    // A refusal that was taken back or ran out leaves no word at all; a yes that did is a lapsed ground (H7).
    const word: Word = !ended ? one.decision : one.decision === "GIVEN" ? "LAPSED" : "NONE";
    if (order > 0 || (order === 0 && word !== "GIVEN")) {
      latest.set(one.givenBy, { word, explicit: one.explicit, recordedAt: one.recordedAt });
    }
  }
  return latest;
}

const compareMoments = (a: string, b: string): number => (a === b ? 0 : Date.parse(a) - Date.parse(b));

const allGiven = (needed: readonly Needed[]): boolean =>
  needed.length > 0 && needed.every((one) => one.counts && one.word === "GIVEN");

const given = (needed: readonly Needed[]): ConsentAnswer => ({
  state: "GIVEN",
  explicit: needed.every((one) => one.explicit),
});

const answer = (state: ConsentState): ConsentAnswer => ({ state, explicit: false });
