// Log lines are JSON on standard output; they carry codes and ids, never personal data.

import pino from "pino";

export type Logger = pino.Logger;

/** Level of the log lines of a process. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Frames of a stack that are written. */
const MOST_FRAMES = 7;

/** Whatever is logged under these names, at any of the first levels, is left out. */
const SECRET_NAMES = [
  "authorization",
  "Authorization",
  "connectionString",
  "cookie",
  "databaseUrl",
  "DATABASE_URL",
  "MIGRATION_DATABASE_URL",
  "password",
  "redisUrl",
  "REDIS_URL",
  "secret",
  "secrets",
  "SOURCE_CLIENT_SECRET",
  "SOURCE_DATABASE_URL",
  "SOURCE_PASSWORD",
  "SYSTEM_DATABASE_URL",
  "SYSTEM_SECRET",
  "token",
];
const LEFT_OUT = "[left out]";

/** The password in a URL. */
const PASSWORD_IN_URL = /(:\/\/[^\s:@/"\\]*:)[^\s@/"\\]+(?=@)/g;
/** A signed token, in any place: three parts in base64url, of which the first two are JSON. */
const TOKEN = /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g;

/** A line without the secrets that a text in it might hold: the last net, below the names above. */
export const withoutSecrets = (line: string): string =>
  line.replace(PASSWORD_IN_URL, `$1${LEFT_OUT}`).replace(TOKEN, LEFT_OUT);

/**
 * A logger for one service. Errors are reduced to name, code and stack, never to the data that they carry; secrets are
 * left out. Lines go to standard output, or to `destination`.
 */
export function createLogger(
  service: string,
  level: LogLevel,
  destination: pino.DestinationStream = pino.destination(1),
): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: describeError },
    redact: {
      paths: ["", "*.", "*.*."].flatMap((above) => SECRET_NAMES.map((name) => above + name)),
      censor: LEFT_OUT,
    },
    hooks: { streamWrite: withoutSecrets },
  };
  return pino(options, destination);
}

/** What may be written of an error: database drivers put values in `detail`, so only known-safe parts pass. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code } = error as Error & { code?: unknown };
  return {
    name: error.name,
    ...(typeof code === "string" ? { code } : {}),
    stack: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

const FRAME = /^ {4}at .*(:\d+:\d+|<anonymous>|native)\)?$/;

/** Where it happened: the frames alone, for a message of several lines stands before them in the stack. */
function framesOf({ message, stack = "" }: Error): string {
  const at = stack.indexOf(message);
  return stack
    .slice(at < 0 ? 0 : at + message.length)
    .split("\n")
    .filter((line) => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .join("\n");
}
