// The arguments of the sessions command.

import { parseArgs } from "node:util";

/** What the sessions command is asked to do. */
export type SessionsCommand =
  | { readonly kind: "help" }
  | {
      readonly kind: "end" | "lift" | "status";
      readonly issuer: string;
      readonly subject: string;
      /** Seconds that whoever it is stays out; 0 ends what there is. */
      readonly seconds: number;
      readonly by?: string;
    };

/** Arguments that the command does not understand; the text says what it does. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 60 * 60, d: 24 * 60 * 60 };
/** Longer than that it is the employer's own provider that should keep somebody out. */
const MOST_DAYS = 90;
/** As long as an issuer may make it (OpenID Connect Core 1.0, 2). */
const MOST_SUBJECT_CHARACTERS = 255;

export const SESSIONS_USAGE = [
  "Usage: npm run --silent sessions -- end <organisation> <sub> [--for 8h] [--by ID]",
  "       npm run --silent sessions -- lift <organisation> <sub> [--by ID]",
  "       npm run --silent sessions -- status <organisation> <sub>",
  "",
  "end refuses every token that the organisation's issuer gave to this worker (sub, as in the token) until now, at every gateway",
  "from the next request on. Who signs in again two minutes later (clocks may differ) is let in again; with --for (30m, 8h, 7d;",
  "at most 90d) so much later. lift takes it back. status says until when tokens are refused.",
  "",
  "end and lift are on record in the access log first, where the organisation sees it. --by ID says who gives the command, where",
  "nothing says it better (SCHAKEL_OPERATOR_TOKEN, SCHAKEL_OPERATORS_FILE).",
  "",
  "Exit code: 0 when it was done or nothing is refused, 1 when not, or, of status, when tokens are refused; 2 for wrong use.",
].join("\n");

/** Reads the arguments; throws an ArgumentError that says what is accepted. */
export function readSessionsArguments(args: readonly string[], issuers: readonly string[]): SessionsCommand {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: "help" };
  const [kind, issuer, subject, ...more] = positionals;
  if ((kind !== "end" && kind !== "lift" && kind !== "status") || subject === undefined || more.length > 0) {
    throw new ArgumentError(SESSIONS_USAGE);
  }
  if (issuer === undefined || !issuers.includes(issuer)) {
    throw new ArgumentError(`The organisation is one of: ${issuers.join(", ")}.`);
  }
  if (subject === "" || subject.length > MOST_SUBJECT_CHARACTERS) {
    throw new ArgumentError("sub is the one in the token, at most 255 characters.");
  }
  const { for: duration, by } = values;
  if (duration !== undefined && kind !== "end") throw new ArgumentError("--for goes with end.");
  if (by !== undefined && (kind === "status" || !/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/.test(by))) {
    throw new ArgumentError("--by takes the id of who ends or lifts.");
  }
  const seconds = duration === undefined ? 0 : secondsOf(duration);
  return { kind, issuer, subject, seconds, ...(by === undefined ? {} : { by }) };
}

function secondsOf(duration: string): number {
  const [, amount = "", unit = ""] = /^(\d{1,4})([mhd])$/.exec(duration) ?? [];
  const seconds = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (amount === "" || !(seconds > 0 && seconds <= MOST_DAYS * (UNITS["d"] ?? 0))) {
    throw new ArgumentError("--for takes minutes, hours or days, such as 30m, 8h or 7d; at most 90d.");
  }
  return seconds;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, for: { type: "string" }, by: { type: "string" } },
    });
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n${SESSIONS_USAGE}`);
  }
}
