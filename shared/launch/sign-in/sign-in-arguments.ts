// The arguments of signing in and signing out.

import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Persona } from "../../region/demo";

/** What signing in is asked to do. */
export type SignInCommand =
  | { readonly kind: "help" }
  | { readonly kind: "browser"; readonly organisation: string; readonly secondFactor: boolean }
  | { readonly kind: "script"; readonly persona: Persona }
  | { readonly kind: "renew"; readonly organisation: string | undefined };

/** What signing out is asked to do. */
export type SignOutCommand =
  { readonly kind: "help" } | { readonly kind: "end"; readonly organisation: string | undefined };

/** Arguments that the command does not understand; the text says what it does. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

export const SIGN_IN_USAGE = [
  "Usage: npm run --silent sign-in -- <organisation> [--second-factor]",
  "       npm run --silent sign-in -- --script <persona> [--without-second-factor]",
  "       npm run --silent sign-in -- --renew [<organisation>]",
  "",
  "Signs in at the organisation's issuer and prints a token for the hub on standard output; it is valid for a quarter of",
  "an hour. The address to open in a browser goes to standard error. --second-factor demands the second step, also of who",
  "is signed in already. --script fills in the forms itself, without a browser; with --without-second-factor it leaves out",
  "the second step. --renew prints a new token of the session that was begun last, without signing in. npm run sign-out",
  "ends the sessions.",
].join("\n");

export const SIGN_OUT_USAGE = [
  "Usage: npm run sign-out [-- <organisation>]",
  "",
  "Ends the sessions that npm run sign-in began, at one organisation or at all: at its issuer, and so at every gateway.",
].join("\n");

/** Whom one may sign in as, and where. */
export interface KnownNames {
  readonly organisations: readonly string[];
  readonly personas: readonly Persona[];
}

/** Reads the arguments of signing in; throws an ArgumentError that says what is accepted. */
export function readSignInArguments(
  args: readonly string[],
  { organisations, personas }: KnownNames,
): SignInCommand {
  const { values, positionals } = parse(args, SIGN_IN_USAGE, {
    script: { type: "string" },
    renew: { type: "boolean" },
    "second-factor": { type: "boolean" },
    "without-second-factor": { type: "boolean" },
  });
  const { help, script, renew, "second-factor": asked, "without-second-factor": without } = values;
  if (help) return { kind: "help" };
  const organisation = oneOf(positionals, organisations, SIGN_IN_USAGE);
  const ways = [script !== undefined, renew === true, asked === true].filter(Boolean).length;
  if (ways > 1 || (without === true && script === undefined)) {
    throw new ArgumentError(`These options do not go together.\n${SIGN_IN_USAGE}`);
  }
  if (script !== undefined) {
    if (organisation !== undefined) throw new ArgumentError(`--script stands alone.\n${SIGN_IN_USAGE}`);
    const persona = personaNamed(script, personas);
    return { kind: "script", persona: without === true ? { ...persona, secondFactor: false } : persona };
  }
  if (renew) return { kind: "renew", organisation };
  if (organisation === undefined) {
    throw new ArgumentError(`Name one of: ${organisations.join(", ")}.\n${SIGN_IN_USAGE}`);
  }
  return { kind: "browser", organisation, secondFactor: asked === true };
}

/** Reads the arguments of signing out; throws an ArgumentError that says what is accepted. */
export function readSignOutArguments(
  args: readonly string[],
  organisations: readonly string[],
): SignOutCommand {
  const { values, positionals } = parse(args, SIGN_OUT_USAGE, {});
  if (values.help) return { kind: "help" };
  return { kind: "end", organisation: oneOf(positionals, organisations, SIGN_OUT_USAGE) };
}

function personaNamed(code: unknown, personas: readonly Persona[]): Persona {
  const persona = personas.find((one) => one.code === code);
  if (persona) return persona;
  throw new ArgumentError(`Unknown persona. Known are: ${personas.map((one) => one.code).join(", ")}.`);
}

function oneOf(
  [first, ...rest]: readonly string[],
  organisations: readonly string[],
  usage: string,
): string | undefined {
  if (rest.length > 0) throw new ArgumentError(`Name one organisation.\n${usage}`);
  if (first === undefined || organisations.includes(first)) return first;
  throw new ArgumentError(`Unknown organisation. Known are: ${organisations.join(", ")}.`);
}

function parse<T extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  usage: string,
  options: T,
): { readonly positionals: readonly string[]; readonly values: Partial<Record<keyof T | "help", unknown>> } {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, ...options },
    });
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n${usage}`);
  }
}
