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
