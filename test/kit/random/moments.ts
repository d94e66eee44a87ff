// Days and moments around the present, and ids: what the rows of a made-up world are dated and numbered with.

import type { Chance } from "./chance";

/** The present of a world. */
export interface Present {
  /** YYYY-MM-DD in the Netherlands. */
  readonly day: string;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The day so many days from today; negative is before. */
export function dayFrom({ day }: Present, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The moment so many hours from now, ISO 8601. */
export const momentFrom = ({ now }: Present, hours: number): string =>
  new Date(now.getTime() + hours * HOUR_MS).toISOString();

/** A UUID that follows from chance. */
export function uuidOf(chance: Chance): string {
  const hex = Array.from({ length: 32 }, () => chance.whole(0, 15).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** First and last day of something that lasts. */
export interface Term {
  readonly from: string;
  readonly until: string | null;
}

/** Days before which something that is recorded began. */
const LONG_AGO = 400;

/** A term that runs today more often than not; first and last days that are today come up too. `ends`: it must have a last day. */
export function termOf(chance: Chance, present: Present, ends = false): Term {
  const began = -chance.weighted([
    [1, 0],
    [6, chance.whole(1, LONG_AGO)],
  ]);
  const going: [number, Term] = [
    7,
    {
      from: dayFrom(present, began),
      until:
        ends || chance.percent(30)
          ? dayFrom(
              present,
              chance.weighted([
                [1, 0],
                [5, chance.whole(1, 90)],
              ]),
            )
          : null,
    },
  ];
  const past: [number, Term] = [
    1.2,
    {
      from: dayFrom(present, -LONG_AGO),
      until: dayFrom(
        present,
        chance.weighted([
          [1, -1],
          [2, -chance.whole(2, 300)],
        ]),
      ),
    },
  ];
  const later = chance.weighted([
    [1, 1],
    [2, chance.whole(2, 60)],
  ]);
  const future: [number, Term] = [
    0.5,
    { from: dayFrom(present, later), until: ends ? dayFrom(present, later + 30) : null },
  ];
  return chance.weighted([going, past, future]);
}
