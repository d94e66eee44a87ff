// The keys command: shows and changes the keys of grants and of pseudonyms of a hub, also while it runs.
// Exit codes: 0 done, 1 failed or refused with nothing changed, 2 wrong use.

import { keysDirectory, ServiceEnvironment } from "../../kernel/service-settings";
import { readSettings, SettingsError } from "../../kernel/settings";
import { publishedGrantKeys, retireGrantKeys, rotateGrantKeys } from "../grant-keys";
import { LaunchError } from "../launch-error";
import { changePseudonymKey, pseudonymStatus } from "../pseudonym-keys/command";
import { ArgumentError, readKeysArguments, USAGE, type KeysCommand } from "./keys-arguments";

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** A line per key: where it stands, since when, its kid. */
function statusText(directory: string): string {
  return publishedGrantKeys(directory)
    .map(
      ({ kid, status = "unknown", since = "unknown" }) =>
        `grant  ${status.padEnd(8)}  ${since.padEnd(24)}  ${kid}`,
    )
    .join("\n");
}

async function run(command: Exclude<KeysCommand, { kind: "help" }>): Promise<void> {
  if (command.kind !== "status" && command.key === "pseudonym") {
    print(await changePseudonymKey(command));
    return;
  }
  const directory = keysDirectory(readSettings(ServiceEnvironment, process.env));
  switch (command.kind) {
    case "status":
      break;
    case "rotate":
      await rotateGrantKeys(directory, command);
      break;
    case "retire":
      await retireGrantKeys(directory, command);
      break;
  }
  print(statusText(directory));
  if (command.kind === "status") print(pseudonymStatus());
}

async function main(): Promise<void> {
  const command = readKeysArguments(process.argv.slice(2));
  if (command.kind === "help") print(USAGE);
  else await run(command);
}

main().catch((error: unknown) => {
  const wrongUse = error instanceof ArgumentError || error instanceof SettingsError;
  const known = wrongUse || error instanceof LaunchError;
  process.stderr.write(`${known ? error.message : "The keys could not be changed."}\n`);
  process.exitCode = wrongUse ? 2 : 1;
});
