// The arguments of the token command.

import { parseArgs } from "node:util";
import type { Persona } from "../../region/demo";
import { DEFAULT_LIFETIME_S } from "./mint-token";

/** What the token command is asked to do. */
export type TokenCommand =
  | { readonly kind: "help" }
  | { readonly kind: "list" }
  | { readonly kind: "mint"; readonly persona: Persona; readonly lifetimeSeconds: number };

/** Arguments that the command does not understand; the text says what it does. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

export const USAGE = [
  "Usage: npm run --silent token -- <persona> [--expires-in 8h] [--without-second-factor]",
  "       npm run --silent token -- --list",
  "",
  "Prints a token of the demo issuers. --expires-in takes seconds, minutes or hours (30s, 10m, 8h); a negative",
  "one gives a token that has expired. Everybody signs in with a second factor; --without-second-factor shows what is",
  "closed to who does not: the access log, and to declare an emergency.",
].join("\n");

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const LONGEST_S = 24 * 3600;

/** Reads the arguments, about one of these personas; throws an ArgumentError that says what is accepted. */
export function readTokenArguments(args: readonly string[], personas: readonly Persona[]): TokenCommand {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: "help" };
  if (values.list) return { kind: "list" };
  const [code, ...rest] = positionals;
  if (code === undefined || rest.length > 0) throw new ArgumentError(`Name one persona.\n${USAGE}`);
  const persona = personas.find((one) => one.code === code);
  if (!persona) {
    throw new ArgumentError(`Unknown persona. Known are: ${personas.map((one) => one.code).join(", ")}.`);
  }
  return {
    kind: "mint",
    persona: values["without-second-factor"] ? { ...persona, secondFactor: false } : persona,
    lifetimeSeconds: toSeconds(values["expires-in"]),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        list: { type: "boolean" },
        "expires-in": { type: "string" },
        "without-second-factor": { type: "boolean" },
      },
    });
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n${USAGE}`);
  }
}

function toSeconds(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIFETIME_S;
  const [, amount = "", unit = ""] = /^(-?\d{1,6})([smh])$/.exec(text) ?? [];
  const seconds = Number(amount) * (UNIT_SECONDS[unit] ?? Number.NaN);
  if (!Number.isInteger(seconds) || seconds === 0 || Math.abs(seconds) > LONGEST_S) {
    throw new ArgumentError("--expires-in takes 1s to 24h, such as 30s, 10m or 8h.");
  }
  return seconds;
}
