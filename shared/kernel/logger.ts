// Log lines are JSON on standard output; they carry codes and ids, never personal data.

import pino from "pino";

export type Logger = pino.Logger;

/** Level of the log lines of a process. */
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Frames of a stack that are written. */
const MOST_FRAMES = 7;

/** A logger for one service; errors are reduced to name, code and stack, never to the data that they carry. */
export function createLogger(service: string, level: LogLevel): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: describeError },
  });
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
