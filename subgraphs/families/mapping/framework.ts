// Measures of a person, or of a parent's children -> the legal frame, and since when. The same rule as the gateway's
// (gateway/privacy/measure-facts.ts); a test compares.

import type { MeasureKind } from "../../../shared/database/register-codes";
import { addDays, type PlainDate } from "../../../shared/kernel/plain-date";
import type { FrameworkStatus } from "../types/framework-status";
import type { Words } from "../types/words";

/** A measure that bears on the person: one of their own, or, of a parent, one of a child in a household of theirs. */
export interface BearingMeasure {
  readonly kind: MeasureKind;
  readonly organisation: string;
  /** About the person, not about a child of theirs. */
  readonly own: boolean;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
  /** Day from which it no longer holds, when it ended early. */
  readonly endedOn: PlainDate | null;
}

export interface FrameworkRow {
  readonly id: string;
  readonly measures: readonly BearingMeasure[];
  /** The requester's organisation guides a household of the person under pressure today. */
  readonly drang: boolean;
}

/** Days on which measures were in force without a break; `last` is null while they are. */
interface Stretch {
  readonly first: PlainDate;
  readonly last: PlainDate | null;
}

/** The frame on `day`. */
export function toFrameworkStatus({ measures, drang }: FrameworkRow, day: PlainDate): FrameworkStatus {
  const stretches = stretchesUpTo(measures, day);
  const latest = stretches.at(-1);
  const compulsory = latest !== undefined && (latest.last === null || latest.last >= day);
  const underPressure = drang && !compulsory;
  return {
    framework: compulsory ? "COMPULSORY" : "VOLUNTARY",
    since: compulsory ? latest.first : latest?.last ? addDays(latest.last, 1) : null,
    drang: underPressure,
    guardian: guardianOn(measures, day),
    rights: compulsory ? COMPULSORY : underPressure ? UNDER_PRESSURE : VOLUNTARY,
  };
}

/** The stretches that began on or before `day`, oldest first. One measure that follows another is one stretch. */
function stretchesUpTo(measures: readonly BearingMeasure[], day: PlainDate): Stretch[] {
  const spans = measures
    .map((one): Stretch => ({ first: one.startsOn, last: lastDayOf(one) }))
    .filter(({ first, last }) => first <= day && (last === null || last >= first))
    .toSorted((one, other) => (one.first < other.first ? -1 : 1));
  const stretches: Stretch[] = [];
  for (const span of spans) {
    const before = stretches.at(-1);
    if (before && (before.last === null || span.first <= addDays(before.last, 1))) {
      stretches[stretches.length - 1] = { first: before.first, last: later(before.last, span.last) };
    } else stretches.push(span);
  }
  return stretches;
}

/** The last day on which it held: on the day on which it ended early it does not. */
function lastDayOf({ endsOn, endedOn }: BearingMeasure): PlainDate | null {
  if (endedOn === null) return endsOn;
  const last = addDays(endedOn, -1);
  return endsOn !== null && endsOn < last ? endsOn : last;
}

const later = (one: PlainDate | null, other: PlainDate | null): PlainDate | null =>
  one === null || other === null ? null : one > other ? one : other;

function guardianOn(measures: readonly BearingMeasure[], day: PlainDate): string | null {
  const guardianship = measures.find(
    (one) =>
      one.own &&
      one.kind === "GUARDIANSHIP" &&
      one.endedOn === null &&
      one.startsOn <= day &&
      (one.endsOn === null || day <= one.endsOn),
  );
  return guardianship?.organisation ?? null;
}

const VOLUNTARY: Words = {
  nl: "De hulp is vrijwillig: het gezin beslist mee over elke stap en over wat er met wie wordt gedeeld. Toestemming mag het gezin weigeren of intrekken, en dat is geen reden om de hulp te stoppen.",
  en: "The help is voluntary: the family decides together on each step and on what is shared with whom. The family may refuse or withdraw consent, and that is no reason to stop the help.",
};

const UNDER_PRESSURE: Words = {
  nl: "Er wordt aangedrongen op hulp, maar in de wet is die vrijwillig: er geldt geen maatregel en delen kan alleen met toestemming. Vertel het gezin wat er kan gebeuren als de hulp stopt, wie daarover beslist en dat het daar zelf iets van mag vinden.",
  en: "Help is pressed for, but in law it is voluntary: there is no measure and sharing takes consent. Tell the family what may happen when the help stops, who decides on that, and that it may have a view of its own.",
};

const COMPULSORY: Words = {
  nl: "Er geldt een maatregel: de instelling die hem uitvoert, mag daarvoor nodige gegevens opvragen, ook zonder toestemming, en haar aanwijzingen tellen. Ouders en de jongere houden het recht om gehoord te worden, het dossier in te zien, te klagen en bijstand te krijgen van een advocaat of vertrouwenspersoon.",
  en: "A measure is in force: the agency that executes it may ask for the data that this takes, also without consent, and its directions count. Parents and the young person keep the right to be heard, to see the file, to complain and to be assisted by a lawyer or a confidential adviser.",
};
