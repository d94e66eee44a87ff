// The age bands that the consent rules know (Jeugdwet 7.3.4, 7.3.5).

import type { AgeBand, FamilyRole } from "./codes";
import { ageOn, type PlainDate } from "./plain-date";

/**
 * The age band of a person on a day. A child without a birth date, or with one to come, is unborn;
 * anyone else without a birth date is an adult.
 */
export function ageBandOn(
  person: { readonly role: FamilyRole; readonly birthDate: PlainDate | null },
  day: PlainDate,
): AgeBand {
  if (person.birthDate === null) return person.role === "CHILD" ? "UNBORN" : "ADULT";
  const age = ageOn(person.birthDate, day);
  if (age < 0) return "UNBORN";
  if (age < 12) return "UNDER_12";
  if (age < 16) return "FROM_12_TO_15";
  return age < 18 ? "FROM_16_TO_17" : "ADULT";
}
