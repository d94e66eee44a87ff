// npm run connect: looks at a subgraph before it is connected.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { JWK } from "jose";
import { z } from "zod";
import { ServiceEnvironment, keysDirectory } from "../../shared/kernel/service-settings";
import { readSettings, SettingsError } from "../../shared/kernel/settings";
import { LaunchError } from "../../shared/launch/launch-error";
import { openConnections } from "../../shared/mutual-tls/connections";
import { readTlsFiles } from "../../shared/mutual-tls/tls-files";
import { tlsFilesOf } from "../../shared/mutual-tls/tls-settings";
import { getOrganisation, loadRegion, type Organisation, type Region } from "../../shared/region/region";
import { subgraphUrls } from "../../shared/region/subgraph-urls";
import { DOOR_SETTINGS } from "../door/door-settings";
import { createGrantMaker } from "./check/make-grant";
import { NOTHING_KNOWN, readKnownRecords } from "./check/known-records";
import { jsonOf, textOf, verdictOf } from "./check/report";
import { runChecks } from "./check/run-checks";
import { createTarget, MOST_BYTES } from "./check/target";
import { committedSchemas } from "./compose-with";
import { contractSchema } from "./contract-schema";
import type { Terminal } from "./new/ask-questions";
import { exampleOf, makeNew } from "./new/new-command";
import { ArgumentError } from "./argument-error";
import { readConnectArguments, USAGE, type ConnectCommand } from "./connect-arguments";
import { keptFile, readKept, readUse } from "./known-use";
import { readSchemas } from "./read-supergraph";

/** Where the command says things: the report, and all else. */
export interface Surroundings {
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
  /** Where questions can be asked; nowhere when left out. */
  readonly terminal?: Terminal | undefined;
}

/** What the command reads of the settings of the gateway. */
const Settings = ServiceEnvironment.extend({ SCHAKEL_OPERATIONS: DOOR_SETTINGS.SCHAKEL_OPERATIONS });

const EXIT = { CONNECT: 0, MEND_FIRST: 1, INCOMPLETE: 3 } as const;
const WRONG_USE = 2;
/** They say themselves what is wrong. */
const WRONG_USES = [ArgumentError, SettingsError, LaunchError, RangeError];

type CheckCommand = Extract<ConnectCommand, { kind: "check" }>;

/** Runs the command; resolves with the exit code: 0 connect, 1 mend first, 2 wrong use, 3 not everything was checked. */
export async function runConnectCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { print, say, terminal }: Surroundings,
): Promise<number> {
  try {
    const command = readConnectArguments(args);
    if (command.kind === "help") {
      print(USAGE);
      return 0;
    }
    if (command.kind === "used") {
      const used = await readKept(env);
      print(command.json ? keptFile(used) : [...used].map(([name, day]) => `${day}  ${name}`).join("\n"));
      return 0;
    }
    const settings = readSettings(Settings, env);
    const region = loadRegion(settings.SCHAKEL_REGION);
    if (command.kind === "schema") {
      print(schemaFor(organisationOf(region, command.organisation), region));
      return 0;
    }
    if (command.kind === "new") {
      await makeNew(command, { region, print, terminal });
      return 0;
    }
    return await check(command, { region, settings, env }, { print, say });
  } catch (error) {
    if (WRONG_USES.some((one) => error instanceof one)) {
      say((error as Error).message);
      return WRONG_USE;
    }
    throw error;
  }
}

/** The contract for this organisation, after the first of the region that has a schema. */
const schemaFor = (organisation: Organisation, region: Region): string =>
  contractSchema(exampleOf(region), organisation).trimEnd();

interface Given {
  readonly region: Region;
  readonly settings: z.infer<typeof Settings>;
  readonly env: NodeJS.ProcessEnv;
}

async function check(command: CheckCommand, given: Given, { print, say }: Surroundings): Promise<number> {
  const { region, settings, env } = given;
  const organisation = organisationOf(region, command.organisation ?? codeAt(command.url, given));
  const schemas =
    command.supergraph === undefined ? committedSchemas(region) : readSchemas(command.supergraph);
  const { [organisation.code]: earlierSchema, ...otherSchemas } = schemas;
  const keyFile = command.key ?? path.join(keysDirectory(settings), "grant-private.jwk.json");
  const use = await readUse(command.operations ?? settings.SCHAKEL_OPERATIONS, env);
  const tls = await tlsFilesOf(settings, "gateway");
  const connections = await openConnections(tls, { connections: 8, maxResponseSize: MOST_BYTES }, (error) => {
    say(error instanceof Error ? error.message : "The certificates could not be read again.");
  });
  const target = createTarget(command.url, connections, command.deadlineMs);
  try {
    const { certificate } = await connections.current();
    const findings = await runChecks(
      {
        target,
        grants: await createGrantMaker(readKey(keyFile), organisation.code, certificate),
        authority: tls && (await readTlsFiles(tls)).ca,
        region,
        organisation,
        known: command.known === undefined ? NOTHING_KNOWN : readKnownRecords(command.known),
        deadlineMs: command.deadlineMs,
        otherSchemas,
        earlierSchema,
        use,
      },
      (done, all) => say(`${done} of ${all} checked ...`),
    );
    const examined = { organisation: organisation.code, url: command.url.href };
    print(command.json ? jsonOf(examined, findings) : textOf(examined, findings));
    return EXIT[verdictOf(findings)];
  } finally {
    await target.close();
  }
}

/** The subgraph that the settings look for at this address. */
const codeAt = (url: URL, { region, settings, env }: Given): string | undefined =>
  [...subgraphUrls(region, settings, env)].find(([, known]) => new URL(known).href === url.href)?.[0];

function organisationOf(region: Region, code: string | undefined): Organisation {
  const codes = region.organisations.map((one) => one.code as string);
  if (code === undefined || !codes.includes(code)) {
    throw new ArgumentError(`Say whose subgraph it is: --organisation with one of ${codes.join(", ")}.`);
  }
  return getOrganisation(region, code);
}

const KeyFile = z.looseObject({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  d: z.string(),
  kid: z.string(),
});

/** The private key of grants; throws a RangeError that names the file and never what is in it. */
function readKey(file: string): JWK {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new RangeError(`The key of grants ${file} ${why}. npm start makes one; --key names another.`, {
      cause: error,
    });
  }
  const parsed = KeyFile.safeParse(content);
  if (!parsed.success) throw new RangeError(`${file} holds no private Ed25519 key with a kid (JWK).`);
  return parsed.data;
}
