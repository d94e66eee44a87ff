// The keys command: shows and changes the keys of grants and of pseudonyms of a hub, also while it runs.
// Exit codes: 0 done, 1 refused with nothing changed, or failed, which is on record where it had begun, 2 wrong use.

import { createAccessLogWriter } from "../../access-log/access-log-writer";
import { onRecord, type DoneOnRecord } from "../../administration/act-record";
import { readHubSettings, withHub } from "../../administration/hub-environment";
import { identifyOperator } from "../../administration/operator";
import { SchakelError } from "../../kernel/errors";
import { keysDirectory, ServiceEnvironment } from "../../kernel/service-settings";
import { readSettings, SettingsError } from "../../kernel/settings";
import { isProduction } from "../../production/place";
import { checkRegion } from "../../region/named-settings";
import { loadRegion } from "../../region/region";
import { makeOwnKeys, ownKeysText } from "../make-own-keys";
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

/** Changes the keys of grants, on record first. */
async function changeGrantKeys(
  directory: string,
  { kind, immediately, by }: Extract<KeysCommand, { key: "grant" }>,
): Promise<void> {
  const settings = readHubSettings(process.env);
  const operator = await identifyOperator(settings, by);
  const [operation, change] =
    kind === "rotate"
      ? (["rotateGrantKey", rotateGrantKeys] as const)
      : (["retireGrantKey", retireGrantKeys] as const);
  await withHub(settings, async (pool) => {
    const writer = createAccessLogWriter(pool);
    const record: DoneOnRecord = async (kids, work) =>
      onRecord(writer, { operator, operation, objects: kids.map((kid) => `GRANT_KEY:${kid}`) }, work);
    await change(directory, { immediately, record });
  });
}

/** Makes the keys of an organisation, on its own machine. */
async function makeOwn({ organisation, hub }: Extract<KeysCommand, { kind: "make-own" }>): Promise<void> {
  const settings = readSettings(ServiceEnvironment, process.env, [checkRegion]);
  const codes: string[] = loadRegion(settings.SCHAKEL_REGION).organisations.map(({ code }) => code);
  if (!codes.includes(organisation)) {
    throw new ArgumentError(`The organisation is one of: ${codes.join(", ")}.`);
  }
  const isReal = isProduction(settings);
  const keys = await makeOwnKeys(keysDirectory(settings), organisation, {
    origin: isReal ? "OWN" : "DEMO",
    ...(hub === undefined ? {} : { hub }),
  });
  print(ownKeysText(organisation, keys));
  if (!isReal) print("They are marked as for a demo: for real families, make them with NODE_ENV=production.");
}

async function run(command: Exclude<KeysCommand, { kind: "help" }>): Promise<void> {
  if (command.kind === "make-own") {
    await makeOwn(command);
    return;
  }
  if (command.kind !== "status" && command.key === "pseudonym") {
    print(await changePseudonymKey(command));
    return;
  }
  const directory = keysDirectory(readSettings(ServiceEnvironment, process.env));
  switch (command.kind) {
    case "status":
      break;
    case "rotate":
    case "retire":
      await changeGrantKeys(directory, command);
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
  const known = wrongUse || error instanceof LaunchError || error instanceof SchakelError;
  process.stderr.write(`${known ? error.message : "The keys could not be changed."}\n`);
  process.exitCode = wrongUse ? 2 : 1;
});
