// The arguments of the keys command.

import { parseArgs } from "node:util";

/** What the keys command is asked to do. */
export type KeysCommand =
  | { readonly kind: "help" }
  | { readonly kind: "status" }
  | { readonly kind: "rotate" | "retire"; readonly key: "grant"; readonly immediately: boolean };

/** Arguments that the command does not understand; the text says what it does. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

export const USAGE = [
  "Usage: npm run --silent keys -- status",
  "       npm run --silent keys -- rotate grant [--now]",
  "       npm run --silent keys -- retire grant [--now]",
  "",
  "status shows which keys sign and verify grants, by their kid. rotate lets the next key sign and publishes a new next",
  "one; sources go on accepting the previous one. retire takes the previous one out. Either refuses while the last change",
  "need not be known to every gateway and source; --now does not wait for that. A running hub needs no restart.",
].join("\n");

/** Reads the arguments; throws an ArgumentError that says what is accepted. */
export function readKeysArguments(args: readonly string[]): KeysCommand {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: "help" };
  const [verb, key, ...rest] = positionals;
  if (verb === "status" && key === undefined && !values.now) return { kind: "status" };
  if ((verb === "rotate" || verb === "retire") && key === "grant" && rest.length === 0) {
    return { kind: verb, key, immediately: values.now ?? false };
  }
  throw new ArgumentError(USAGE);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, now: { type: "boolean" } },
    });
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n${USAGE}`);
  }
}
