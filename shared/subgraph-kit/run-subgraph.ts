// The start-up story of a subgraph process: settings, backing, schema, server; or one of its other commands.

import "reflect-metadata";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createSigner, readSigningKeys } from "../access-log/checkpoint";
import { takeCheckOption } from "../kernel/check-only";
import { start, stopOnSignal } from "../kernel/lifecycle";
import { createLogger, type Logger } from "../kernel/logger";
import { SettingsError, WRONG_SETTINGS_CODE, type SettingsCheck } from "../kernel/settings";
import { tlsFilesOf } from "../mutual-tls/tls-settings";
import { mutualTls } from "../production/connections";
import { neverInProduction } from "../production/no-demo";
import { buildSubgraphSchema, printSubgraphSchema } from "./build-subgraph-schema";
import type { Backing } from "./backing";
import { openCheckpointCopies, type CheckpointCopies } from "./checkpoint-copies";
import type { SubgraphDefinition } from "./definition";
import { openSourceDeliveries, type SourceDeliveries } from "./deliveries/source-deliveries";
import { createGrantVerifier } from "./grant";
import { loadRegion } from "../region/region";
import type { RenewalRouteDeps } from "./renewal/renewal-route";
import { serveSubgraph, type SubgraphTls } from "./serve";
import { checkMessageAddress, messageAddressOf } from "./stuf/message-address";
import { createMessageSender } from "./stuf/message-sender";
import type { InquirySending } from "./stuf/inquiry-route";
import { requireKeys } from "./needed-keys";
import { readSubgraphSettings, type SubgraphEnvironment, type SubgraphSettings } from "./settings";

/** What is handed to a command or to `open`. */
export interface SubgraphProcess {
  readonly settings: SubgraphSettings;
  readonly log: Logger;
}

/** What main.ts of a subgraph folder says. */
export interface SubgraphMain<Stores> {
  readonly definition: SubgraphDefinition;
  /** Opens the source or the stores; called once, before the server listens. */
  readonly open: (process: SubgraphProcess) => Promise<Backing<Stores>> | Backing<Stores>;
  /**
   * Other things that this folder's main.js can do, by name, such as `seed` or `work`. A command that keeps
   * running resolves with what stops it.
   */
  readonly commands?: Readonly<
    Record<string, (process: SubgraphProcess) => Promise<void | (() => Promise<void>)>>
  >;
  /** What a command, or serving (`serve`), demands of the settings beyond what every subgraph does, by its name. */
  readonly checks?: Readonly<Record<string, readonly SettingsCheck<SubgraphEnvironment>[]>>;
}

/** Name of serving among the checks. */
const SERVE = "serve";
/** The command that puts the demo in place. */
const SEED = "seed";

const readKey = async ({ keysDirectory }: SubgraphSettings, file: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(keysDirectory, file), "utf8"));
const hubKeys = async (settings: SubgraphSettings) =>
  readSigningKeys(await readKey(settings, "log-public.jwks.json"));

/** The organisation's file, with its own key and the hub's public ones. */
async function openCopies(settings: SubgraphSettings): Promise<CheckpointCopies> {
  const { name, checkpointsDirectory: directory } = settings;
  return openCheckpointCopies({
    directory,
    organisation: name,
    signer: createSigner(await readKey(settings, `checkpoint-${name}.jwk.json`)),
    hub: await hubKeys(settings),
  });
}

/** The organisation's record of what left, which the hub may read. */
async function openDeliveries({ settings, log }: SubgraphProcess): Promise<SourceDeliveries> {
  const { name: organisation, deliveriesDirectory: directory } = settings;
  return openSourceDeliveries({ directory, organisation, hub: await hubKeys(settings), log });
}

async function tlsOf(settings: SubgraphSettings): Promise<{ tls?: SubgraphTls }> {
  const files = await tlsFilesOf(settings, settings.name);
  const { SCHAKEL_TLS_GATEWAY_NAME: gatewayName, SCHAKEL_TLS_KEEPER_NAME: keeperName } = settings;
  return files ? { tls: { files, gatewayName, keeperName } } : {};
}

/** What goes over to another key of the organisation's pseudonyms, where its source can. */
async function renewalOf<Stores>(
  backing: Backing<Stores>,
  { settings, log }: SubgraphProcess,
): Promise<{ renewal?: RenewalRouteDeps }> {
  const people = backing.kind === "organisation" ? backing.source.people : undefined;
  if (!people) return {};
  return { renewal: { organisation: settings.name, people, hub: await hubKeys(settings), log } };
}

/** What sends messages of the chain in the name of the organisation. */
async function inquiriesOf({ settings, log }: SubgraphProcess): Promise<InquirySending> {
  const { name: organisation } = settings;
  const region = loadRegion(settings.SCHAKEL_REGION);
  const address = messageAddressOf(settings, region);
  const sender = address && (await createMessageSender(address, log));
  return { organisation, region, sender };
}

async function serve<Stores>(
  main: SubgraphMain<Stores>,
  process: SubgraphProcess,
): Promise<() => Promise<void>> {
  const { settings, log } = process;
  // First: with files that cannot be used nothing is opened.
  if (main.definition.kind === "organisation") requireKeys(settings.keysDirectory, settings.name);
  const tls = await tlsOf(settings);
  let backing: Backing<Stores> | undefined;
  let checkpoints: CheckpointCopies | undefined;
  let deliveries: SourceDeliveries | undefined;
  let inquiries: InquirySending | undefined;
  return start([
    {
      name: "backing",
      start: async () => {
        const opened = await main.open(process);
        backing = opened;
        return () => (opened.kind === "organisation" ? opened.source.close() : opened.close());
      },
    },
    {
      name: "copy of the checkpoints",
      start: async () => {
        if (main.definition.kind !== "organisation") return undefined;
        const opened = await openCopies(settings);
        checkpoints = opened;
        return () => opened.close();
      },
    },
    {
      name: "delivery record",
      start: async () => {
        if (main.definition.kind !== "organisation") return undefined;
        const opened = await openDeliveries(process);
        deliveries = opened;
        return () => opened.close();
      },
    },
    {
      name: "messages of the chain",
      start: async () => {
        if (main.definition.kind !== "organisation") return undefined;
        const opened = await inquiriesOf(process);
        inquiries = opened;
        return async () => opened.sender?.close();
      },
    },
    {
      name: "server",
      start: async () => {
        if (!backing) throw new Error("The backing was not opened.");
        const server = await serveSubgraph({
          schema: await buildSubgraphSchema(main.definition),
          backing,
          verifyGrant: await createGrantVerifier(
            path.join(settings.keysDirectory, "grant-public.jwks.json"),
            settings.name,
            {
              clockSkewS: settings.SCHAKEL_GRANT_SKEW_S,
              onError: (error) => {
                log.error(
                  { error },
                  "the keys of grants could not be read again; those that are known go on",
                );
              },
            },
          ),
          localRules: main.definition.kind === "organisation" ? (main.definition.localRules ?? []) : [],
          ...(checkpoints ? { checkpoints } : {}),
          ...(deliveries ? { deliveries } : {}),
          ...(inquiries ? { inquiries } : {}),
          ...tls,
          ...(await renewalOf(backing, process)),
          log,
          host: settings.SCHAKEL_HOST,
          port: settings.port,
        });
        return server.stop;
      },
    },
  ]);
}

/** What is demanded of the settings: by the command itself, and by serving or seeding whatever it serves or seeds. */
function checksOf<Stores>(
  { checks }: SubgraphMain<Stores>,
  command: string,
): readonly SettingsCheck<SubgraphEnvironment>[] {
  const own = checks?.[command] ?? [];
  if (command === SERVE) return [...own, mutualTls, checkMessageAddress];
  return command === SEED ? [...own, neverInProduction("the synthetic families are not put in place")] : own;
}

/**
 * Runs a subgraph folder's process: `node main.js` serves, `node main.js schema` prints its schema,
 * `node main.js <command>` runs one of its own commands.
 * With `--check` it only checks the settings for that. Exit codes: 0 done or stopped, 1 failed, 2 wrong settings or an
 * unknown command.
 */
export async function runSubgraph<Stores>(main: SubgraphMain<Stores>): Promise<void> {
  const { name } = main.definition;
  const { checkOnly, words } = takeCheckOption(process.argv.slice(2));
  const [command] = words;
  let log = createLogger(name, "info");
  try {
    if (command === "schema") {
      process.stdout.write(await printSubgraphSchema(main.definition));
      return;
    }
    const known = main.commands ?? {};
    if (command !== undefined && !Object.hasOwn(known, command)) {
      throw new SettingsError([
        `command: one of ${["(none, to serve)", "schema", ...Object.keys(known)].join(", ")}`,
      ]);
    }
    const settings = readSubgraphSettings(name, process.env, checksOf(main, command ?? SERVE));
    log = createLogger(name, settings.SCHAKEL_LOG_LEVEL);
    if (checkOnly) {
      if (command === undefined) await tlsFilesOf(settings, name);
      log.info("the settings can be used");
      return;
    }
    const run = command === undefined ? undefined : known[command];
    const stop = run ? await run({ settings, log }) : await serve(main, { settings, log });
    if (stop) {
      stopOnSignal(stop, (error) => {
        log.error({ error }, "did not stop cleanly");
      });
    }
  } catch (error) {
    if (error instanceof SettingsError) log.fatal({ faults: error.faults }, "wrong settings");
    else log.fatal({ error }, "could not start");
    process.exitCode = error instanceof SettingsError ? WRONG_SETTINGS_CODE : 1;
    if (process.connected) process.disconnect();
  }
}
