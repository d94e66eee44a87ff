// How the log command talks: results on standard output, all else on standard error, and exit codes.

/** The command did what was asked, and all is well. */
export const FINE = 0;
/** Something is wrong with the log, or could not be done. */
export const BROKEN = 1;
/** The command was not used as it is meant. */
export const WRONG_USE = 2;

/** Arguments or settings that the command does not understand; the text says what it does. */
export class WrongUse extends Error {
  override name = "WrongUse";
}

/** Prints a result. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Says something about how it goes. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** `1 entry`, `2 entries`. */
export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

/** A day (its beginning, UTC) or a moment, as ISO 8601 in UTC; throws WrongUse for anything else. */
export function toMoment(given: string | undefined, name: string): string | undefined {
  if (given === undefined) return undefined;
  const moment = new Date(given);
  if (!/^\d{4}-\d\d-\d\d/.test(given) || Number.isNaN(moment.getTime())) {
    throw new WrongUse(`--${name} takes a day or a moment, such as 2026-11-01 or 2026-11-01T08:00:00Z.`);
  }
  return moment.toISOString();
}

const WORKER = /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/;

/** Who uses the command, as they say themselves; throws WrongUse for what is no id. */
export function toWorker(by: string | undefined): string | undefined {
  if (by !== undefined && !WORKER.test(by)) throw new WrongUse("--by takes the id of who does it.");
  return by;
}
