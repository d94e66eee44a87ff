// Within what time each kind of referral is decided: what the law, a rule or the hub's own proposal says, and what a region
// may settle instead.

import { z } from "zod";
import { KNOWN_HERE_WORKING_DAYS } from "../kernel/known-here";
import { today, type PlainDate } from "../kernel/plain-date";
import { addWorkingDays } from "../kernel/working-days";

/**
 * Where a norm comes from: a law or rule that was read, one that was not read yet, a proposal that the region still has
 * to settle, or what the region settled in its file.
 */
export const NormSource = {
  CONFIRMED: "CONFIRMED",
  UNCONFIRMED: "UNCONFIRMED",
  PROPOSED: "PROPOSED",
  SETTLED: "SETTLED",
} as const;
export type NormSource = keyof typeof NormSource;

/** Working days, counted from the day after the one on which it begins (0 is the same day); or hours that all count. */
export type NormLength = { readonly workingDays: number } | { readonly hours: number };

/** A norm to decide within; `by` says in Dutch who says so. */
export type DecisionNorm = NormLength & { readonly source: NormSource; readonly by: string };

type DefaultNorm = { readonly workingDays: number; readonly source: NormSource; readonly by: string } | null;

const proposed = (workingDays: number) =>
  ({ workingDays, source: "PROPOSED", by: "voorstel van de hub" }) as const;

const defaults = <T extends string>(norms: Record<T, DefaultNorm>): Readonly<Record<T, DefaultNorm>> => norms;

/** The norm of each kind of referral where the region settles none; null where there is none in days. */
export const DEFAULT_NORMS = defaults({
  REPORT: {
    workingDays: 5,
    source: "CONFIRMED",
    by: "Uitvoeringsbesluit Wmo 2015, artikel 4.1.7(1): 5 dagen",
  },
  KNOWN_HERE_CHECK: proposed(KNOWN_HERE_WORKING_DAYS),
  CASE_INFORMATION: proposed(2),
  HANDOVER_AFTER_ASSESSMENT: proposed(1),
  GUIDANCE: proposed(5),
  PARTICIPATING_CONSULT: proposed(5),
  INQUIRY_REQUEST: {
    workingDays: 10,
    source: "UNCONFIRMED",
    by: "eigen norm van de Raad: 10 dagen tot de start",
  },
  URGENT_INQUIRY_REQUEST: {
    workingDays: 0,
    source: "CONFIRMED",
    by: "Raad voor de Kinderbescherming: direct",
  },
  MEASURE_ASSIGNMENT: {
    workingDays: 5,
    source: "UNCONFIRMED",
    by: "veldnorm: contact binnen 5 werkdagen, plan binnen 6 weken",
  },
  NEW_FACTS: null,
  AGENCY_HANDOVER: null,
  MEASURE_ENDING: null,
  STEP_DOWN: null,
});
/** Kind of referral (soort verwijzing). */
export type ReferralType = keyof typeof DEFAULT_NORMS;

/** Longer would be no norm. */
const MOST_WORKING_DAYS = 60;
const MOST_HOURS = 14 * 24;
const HOURS_OF_DAY = 24;
const HOUR_MS = 60 * 60 * 1_000;

const SettledNorm = z
  .strictObject({
    workingDays: z.int("a whole number of working days").min(0).max(MOST_WORKING_DAYS).optional(),
    hours: z.int("a whole number of hours").min(1).max(MOST_HOURS).optional(),
    by: z.string().trim().min(1, "who says so").max(200, "at most 200 characters"),
  })
  .refine(
    ({ workingDays, hours }) => (workingDays === undefined) !== (hours === undefined),
    "either workingDays or hours",
  );

/** What a region file says of norms, by kind of referral. */
export const RegionNorms = z.partialRecord(
  z.enum(Object.keys(DEFAULT_NORMS) as [ReferralType, ...ReferralType[]]),
  SettledNorm,
);
export type RegionNorms = z.infer<typeof RegionNorms>;

/**
 * Faults of norms that are longer than a law or a rule allows, read or not, with where that stands. Only what the hub
 * proposed, or left open, is the region's to settle at any length; shorter is always allowed.
 */
export function loosenedNorms(norms: RegionNorms): string[] {
  return (Object.keys(norms) as ReferralType[]).flatMap((type) => {
    const [own, norm] = [norms[type], DEFAULT_NORMS[type]];
    if (!own || !norm || norm.source === "PROPOSED" || !isLonger(own, norm.workingDays)) return [];
    const most = norm.workingDays === 0 ? "at once" : `${norm.workingDays} working days`;
    return [`${type} is decided within ${most} at most (${norm.by}); a region may only shorten it`];
  });
}

// A working day is never shorter than a day of 24 hours; "at once" is until midnight, which any number of hours may pass.
const isLonger = ({ workingDays, hours }: NonNullable<RegionNorms[ReferralType]>, most: number): boolean =>
  workingDays === undefined ? (hours ?? 0) > most * HOURS_OF_DAY : workingDays > most;

/** A region, as far as its norms go. */
export interface WithNorms {
  readonly norms: RegionNorms;
}

/** The norm of a kind in a region: what it settled, or the default; null where there is none. */
export function decisionNorm({ norms }: WithNorms, type: ReferralType): DecisionNorm | null {
  const own = norms[type];
  if (!own) return DEFAULT_NORMS[type];
  const { workingDays, hours, by } = own;
  return { ...(hours === undefined ? { workingDays: workingDays ?? 0 } : { hours }), source: "SETTLED", by };
}

/** When a norm that begins at `at` is over: at the end of a day, or at a moment of it when it is in hours. */
export function endOfNorm(
  norm: NormLength,
  at: Date,
): { readonly on: PlainDate; readonly moment: Date | null } {
  if ("hours" in norm) {
    const moment = new Date(at.getTime() + norm.hours * HOUR_MS);
    return { on: today(moment), moment };
  }
  const day = today(at);
  return { on: norm.workingDays === 0 ? day : addWorkingDays(day, norm.workingDays), moment: null };
}
