// npm start: runs the whole hub on this machine until it is stopped.

import { join } from "node:path";
import { takeCheckOption } from "../kernel/check-only";
import { createLogger, describeError } from "../kernel/logger";
import { SettingsError, WRONG_SETTINGS_CODE } from "../kernel/settings";
import { LaunchError } from "./launch-error";
import { launchHub } from "./launch-hub";
import { MigrationError } from "../database/migration-files";
import { readLauncherSettings } from "./settings";
import { welcomeText } from "./welcome";

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

async function main(): Promise<void> {
  const begun = performance.now();
  const distFolder = join(__dirname, "..", "..");
  const interrupted = new AbortController();
  const stopRequested = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        interrupted.abort(new LaunchError("Stopped before it was ready."));
        resolve();
      });
    }
  });
  const { checkOnly, words } = takeCheckOption(process.argv.slice(2));
  const settings = readLauncherSettings(process.env);
  if (checkOnly) {
    say("The settings can be used.");
    return;
  }
  say("Starting the hub ...");
  const stop = await launchHub({
    settings,
    projectRoot: join(distFolder, ".."),
    distFolder,
    demo: !words.includes("--no-demo"),
    env: process.env,
    log: createLogger("launcher", settings.SCHAKEL_LOG_LEVEL === "debug" ? "debug" : "warn"),
    say,
    signal: interrupted.signal,
  });
  say(`\nThe hub is ready (${((performance.now() - begun) / 1000).toFixed(1)} s).\n`);
  say(`${welcomeText(settings, process.env, distFolder)}\n`);
  await stopRequested;
  say("Stopping ...");
  await stop();
}

/** The first reason in the chain of causes that is written for the operator. */
function reasonOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const isKnown =
      cause instanceof LaunchError || cause instanceof SettingsError || cause instanceof MigrationError;
    if (isKnown) return cause.message;
  }
  return undefined;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const reason = reasonOf(error) ?? `The hub could not start. ${JSON.stringify(describeError(error))}`;
    process.stderr.write(`${reason}\n`);
    process.exit(error instanceof SettingsError ? WRONG_SETTINGS_CODE : 1);
  },
);
