// What comes out of it: references in their order, nothing for who is not known, and refusals that say so.

import type { GrantedSubject } from "../../../../shared/kernel/requester";
import { isCode } from "../../../../shared/kernel/codes";
import { RefusalReason } from "../../../../shared/kernel/refusal-reason";
import { ALL_CATEGORIES, askEverything, isFilled } from "../ask-dossiers";
import { subjectOf, type Readable } from "../checked";
import { failed, notChecked, passed, type CheckCode, type Finding } from "../finding";
import { codesOf, entitiesOf, type Answer } from "../target";

const GIVE_RECORDS =
  'Give --known <file> with {"families": ["...", "..."], "persons": ["...", "..."]} of synthetic people in the test system.';
/** A key that no source has. */
const UNKNOWN_KEY = "connect-check-unknown";

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The known subjects, of the type of which there are most: at least two are needed. */
export function knownSubjects({ known }: Readable): GrantedSubject[] {
  const families = known.families.map((key, index) => subjectOf("Family", key, index, ALL_CATEGORIES));
  const persons = known.persons.map((key, index) => subjectOf("Person", key, index, ALL_CATEGORIES));
  return persons.length > families.length ? persons : families;
}

/** What there is to check without records of the test system. */
export const withoutRecords = (checks: readonly CheckCode[]): Finding[] =>
  checks.map((check) => notChecked(check, "Fewer than two known records were given.", GIVE_RECORDS));

/** One finding: several references, one of them twice and one unknown, come back together and in their order. */
export async function checkReferences(readable: Readable): Promise<Finding[]> {
  const [first, second] = knownSubjects(readable);
  if (!first || !second) return withoutRecords(["REFERENCES"]);
  const unknown = subjectOf(first.type, UNKNOWN_KEY, 99, ALL_CATEGORIES);
  const alone = await askEverything(readable, [first]);
  const { answer, dossiers } = await askEverything(readable, [second, unknown, first, second]);
  const remedy =
    "Answer `_entities` with one object for each reference, in the order of the references, also for those that are not known.";
  if (!isFilled(alone.dossiers[0])) {
    return [
      failed(
        "REFERENCES",
        `A known record gave nothing (${codesOf(alone.answer)[0] ?? alone.answer.status}).`,
        "Look up the record by the `key` that the grant gives for the reference's `id`.",
      ),
    ];
  }
  if (dossiers.length !== 4)
    return [failed("REFERENCES", `Four references gave ${entitiesOf(answer).length} answers.`, remedy)];
  const fits =
    same(dossiers[2], alone.dossiers[0]) && same(dossiers[0], dossiers[3]) && !same(dossiers[0], dossiers[2]);
  return [
    fits && !isFilled(dossiers[1])
      ? passed("REFERENCES")
      : failed("REFERENCES", "The answers stand in another order than the references.", remedy),
  ];
}

/** One finding: a subject that the source does not have gives null, and is no error. */
export async function checkUnknown(readable: Readable): Promise<Finding[]> {
  const faults: string[] = [];
  for (const type of ["Family", "Person"] as const) {
    const { answer, dossiers } = await askEverything(readable, [
      subjectOf(type, UNKNOWN_KEY, 0, ALL_CATEGORIES),
    ]);
    if (codesOf(answer).length > 0)
      faults.push(`an unknown ${type} gave an error (${codesOf(answer)[0] ?? "without a code"})`);
    else if (dossiers.length !== 1 || isFilled(dossiers[0])) faults.push(`an unknown ${type} gave something`);
  }
  const remedy = "Give the reference itself with a null dossier: an error would tell unknown from forbidden.";
  return [
    faults.length === 0
      ? passed("UNKNOWN_SUBJECT")
      : failed("UNKNOWN_SUBJECT", `${faults.join("; ")}.`, remedy),
  ];
}

/** One finding: what the organisation itself refuses is null, with an error that the hub can explain. */
export async function checkVeto(readable: Readable): Promise<Finding[]> {
  const [key] = readable.known.refused;
  if (key === undefined) {
    return [
      notChecked(
        "VETO",
        "No record was given of which the organisation refuses something.",
        'Add "refused": ["..."] to the known records, unless the organisation has no rules of its own.',
      ),
    ];
  }
  const { answer } = await askEverything(readable, [subjectOf("Family", key, 0, ALL_CATEGORIES)]);
  const reasons = refusalsIn(answer);
  const remedy = `Let a refusal be null with an error: extensions.code SOURCE_REFUSED and extensions.reason one of ${Object.keys(RefusalReason).join(", ")}; and the path of the field.`;
  if (reasons.length === 0) return [failed("VETO", "Nothing of the record was refused.", remedy)];
  return [
    reasons.every((reason) => isCode(RefusalReason, reason))
      ? passed("VETO")
      : failed("VETO", "A refusal has no reason of the list.", remedy),
  ];
}

function refusalsIn(answer: Answer): unknown[] {
  const errors = answer.body?.["errors"];
  return (Array.isArray(errors) ? errors : []).flatMap(
    (one: { extensions?: { code?: unknown; reason?: unknown } }) =>
      one.extensions?.code === "SOURCE_REFUSED" ? [one.extensions.reason] : [],
  );
}
