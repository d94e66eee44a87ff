// What a service prints goes to its log file; what is an error is also told to the operator.

import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** pino's numbers: from here on a line is an error. */
const ERROR_LEVEL = 50;

/** Takes what a service prints. */
export interface ServiceLog {
  follow(stream: Readable): void;
  close(): Promise<void>;
}

/** Opens (appends to) the log file of a service; `tell` gets a sentence per error, without personal data. */
export function openServiceLog(
  folder: string,
  service: string,
  tell: (sentence: string) => void,
): ServiceLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = createWriteStream(join(folder, `${service}.log`), { flags: "a", mode: 0o600 });
  // A full disk must not end the launcher, and with it the hub.
  file.on("error", (error: NodeJS.ErrnoException) => tell(`log file of ${service}: ${error.code}`));
  return {
    follow: (stream) => {
      createInterface({ input: stream }).on("line", (line) => {
        file.write(`${line}\n`);
        const sentence = errorIn(line);
        if (sentence) tell(`${service}: ${sentence}`);
      });
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        file.end(() => resolve());
      });
    },
  };
}

/** A line of Node itself about what ended the process; the lines of its stack are for the log file. */
const UNCAUGHT = /^(\w*Error\b.*|FATAL ERROR.*)$/;

/** The sentence of a log line at level error or higher, or of an error that Node printed. */
export function errorIn(line: string): string | undefined {
  try {
    const entry = JSON.parse(line) as {
      level?: number;
      msg?: string;
      faults?: string[];
      error?: { name?: string; code?: string };
    };
    if ((entry.level ?? 0) < ERROR_LEVEL) return undefined;
    const details = [...(entry.faults ?? []), entry.error?.code ?? entry.error?.name].filter(Boolean);
    return [entry.msg, ...details].join(" - ");
  } catch {
    return UNCAUGHT.exec(line)?.[0];
  }
}
