// Every process can be asked whether it would start with its settings, without starting.

/** Read and check the settings, say so, and end: exit code 0 when they can be used, 2 when not. */
const CHECK_OPTION = "--check";

/** Takes `--check` out of the arguments of a process. */
export function takeCheckOption(args: readonly string[]): {
  readonly checkOnly: boolean;
  readonly words: readonly string[];
} {
  return { checkOnly: args.includes(CHECK_OPTION), words: args.filter((arg) => arg !== CHECK_OPTION) };
}
