// What people said about sharing, read by the age rule. Written from docs/privacy-rules.md ("Consent").

import type { Category, ConsentState, Purpose } from "../../shared/kernel/codes";
import type { Household, Register } from "./household";
import { bandOf } from "./read-person";
import type { ConsentRow, PersonRow } from "./world";

/** What was asked: may `holder` share this category about the person with `recipient`, for this purpose? */
export interface ConsentQuestion {
  readonly register: Register;
  readonly household: Household;
  readonly person: PersonRow;
  readonly holder: string;
  readonly recipient: string;
  readonly category: Category;
  readonly purpose: Purpose;
}

/** The state, and whether everyone who had to say yes was explicit. */
export interface Consent {
  readonly state: ConsentState;
  readonly explicit: boolean;
}

/** What somebody's last word comes to. YES_WITHOUT_WEIGHT: of who is not able, or of whom authority is unknown. */
type Word = "YES" | "YES_WITHOUT_WEIGHT" | "NO" | "LAPSED_YES" | "SILENT";

interface Voice {
  readonly word: Word;
  readonly explicit: boolean;
}

/** The state of consent today. */
export function readConsent(question: ConsentQuestion): Consent {
  const own = ownVoice(question);
  const band = bandOf(question.person, question.register.world.day);
  if (band === "ADULT") {
    const other = question.person.role === "PARENT" && otherParentSaidYes(question);
    return own.word === "SILENT" && other ? plain("OTHER_PARENT_ONLY") : of([own]);
  }
  const parents = voicesOfParents(question);
  const everyParent = parents.length > 0 && parents.every(({ word }) => word === "YES");
  if (band === "UNBORN" || band === "UNDER_12" || !question.person.able) return of(parents);
  if (band === "FROM_16_TO_17") {
    const spoke = own.word === "YES" || own.word === "LAPSED_YES";
    return !spoke && everyParent ? plain("PARENTS_ONLY") : of([own]);
  }
  const all = [own, ...parents];
  if ((own.word === "YES") === everyParent) return of(all);
  // One side is complete and the other is not.
  if (all.some(({ word }) => word === "LAPSED_YES")) return plain("LAPSED");
  return plain(everyParent ? "PARENTS_ONLY" : "CHILD_ONLY");
}

const plain = (state: ConsentState): Consent => ({ state, explicit: false });

/** Everyone in the list has to say yes, and there has to be someone. */
function of(voices: readonly Voice[]): Consent {
  const said = (word: Word): boolean => voices.some((one) => one.word === word);
  if (voices.length > 0 && voices.every((one) => one.word === "YES")) {
    return { state: "GIVEN", explicit: voices.every((one) => one.explicit) };
  }
  if (said("NO")) return plain("REFUSED");
  return plain(said("LAPSED_YES") ? "LAPSED" : "ABSENT");
}

const weigh = (voice: Voice, counts: boolean): Voice =>
  voice.word === "YES" && !counts ? { ...voice, word: "YES_WITHOUT_WEIGHT" } : voice;

const ownVoice = (question: ConsentQuestion): Voice =>
  weigh(voiceOf(question, question.person.id), question.person.able);

/** Of who has authority, or may have it: somebody of whom it is not known is asked, and their yes has no weight. */
function voicesOfParents(question: ConsentQuestion): Voice[] {
  const { household, person, register } = question;
  const recorded = new Map(
    household.authority
      .filter((one) => one.childId === person.id)
      .map((one) => [one.parentId, one.authority]),
  );
  const parentsHere = household.members.filter((one) => one.role === "PARENT" && one.id !== person.id);
  const asked = new Set([...recorded.keys(), ...parentsHere.map((one) => one.id)]);
  return [...asked].flatMap((id): Voice[] => {
    const authority = recorded.get(id) ?? "UNKNOWN";
    if (authority === "NO") return [];
    const able = register.person(id)?.able ?? false;
    return [weigh(voiceOf(question, id), authority === "YES" && able)];
  });
}

function otherParentSaidYes(question: ConsentQuestion): boolean {
  return question.household.members.some(
    (one) =>
      one.role === "PARENT" &&
      one.id !== question.person.id &&
      one.able &&
      voiceOf(question, one.id).word === "YES",
  );
}

/** Somebody's last word that has begun; of two at the same moment the one that is no yes. */
function voiceOf({ register, household, ...asked }: ConsentQuestion, giver: string): Voice {
  const { day } = register.world;
  const statements = household.consent.filter(
    (one) =>
      one.givenBy === giver &&
      one.personId === asked.person.id &&
      one.holder === asked.holder &&
      one.recipient === asked.recipient &&
      one.purpose === asked.purpose &&
      one.categories.includes(asked.category) &&
      one.validFrom <= day,
  );
  const moments = statements.map((one) => Date.parse(one.recordedAt));
  const last = Math.max(...moments);
  const voices = statements
    .filter((_, index) => moments[index] === last)
    .map((one) => ({ word: wordOf(one, day), explicit: one.explicit }));
  return voices.find(({ word }) => word !== "YES") ?? voices[0] ?? { word: "SILENT", explicit: false };
}

function wordOf({ decision, withdrawnAt, validUntil }: ConsentRow, day: string): Word {
  const over = withdrawnAt !== null || (validUntil !== null && validUntil < day);
  if (decision === "REFUSED") return over ? "SILENT" : "NO";
  return over ? "LAPSED_YES" : "YES";
}
