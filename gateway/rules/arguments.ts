// The arguments of the rules command: a word, then names with a value each.

/** Arguments that the command does not understand; the text says what it does. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

/** What follows the word: names with their values, and the rest. */
export interface Arguments {
  /** By name without the dashes; an option without a value has an empty one. */
  readonly options: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
}

/** Reads `--name value`, `--name=value` and `--name`; whatever else there is, is a positional. */
export function readArguments(args: readonly string[]): Arguments {
  const options = new Map<string, string>();
  const positionals: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] as string;
    if (!arg.startsWith("--")) {
      positionals.push(arg);
      continue;
    }
    const [name = "", ...rest] = arg.slice(2).split("=");
    const next = args[index + 1];
    const follows = rest.length === 0 && next !== undefined && !next.startsWith("--");
    if (options.has(name)) throw new ArgumentError(`--${name} is given twice.`);
    options.set(name, follows ? next : rest.join("="));
    if (follows) index += 1;
  }
  return { options, positionals };
}

/** Throws an ArgumentError for an option or positional that a command does not have. */
export function refuseOthers({ options, positionals }: Arguments, known: readonly string[], words = 0): void {
  const unknown = [...options.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    // A fact may be typed as it is written in a rule as well; that is not worth a line.
    const list = known
      .filter((name) => name === name.toLowerCase())
      .map((name) => `--${name}`)
      .join(", ");
    throw new ArgumentError(`Unknown option: --${unknown.join(", --")}. Known here: ${list || "none"}.`);
  }
  if (positionals.length > words)
    throw new ArgumentError(`Too many words: ${positionals.slice(words).join(" ")}.`);
}

/**
 * The value of a list that a word stands for, in any case, with `-` or `_` between its parts.
 * Throws an ArgumentError with the list when there is none.
 */
export function oneOf<Value extends string>(what: string, word: string, values: readonly Value[]): Value {
  const code = word.trim().toUpperCase().replaceAll("-", "_");
  const found = values.find((value) => value.toUpperCase().replaceAll("-", "_") === code);
  if (found === undefined) throw new ArgumentError(`${what} is one of: ${values.join(", ")}.`);
  return found;
}
