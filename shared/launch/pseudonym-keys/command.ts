// The part of the keys command that is about pseudonyms: what it stands on, and what it says.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { request } from "undici";
import { onRecord } from "../../administration/act-record";
import { hubUrl, readHubSettings, type HubEnvironment } from "../../administration/hub-environment";
import { identifyOperator } from "../../administration/operator";
import { createAccessLogWriter } from "../../access-log/access-log-writer";
import { createSigner } from "../../access-log/checkpoint";
import { createPool } from "../../database/pool";
import { keysDirectory, ServiceEnvironment } from "../../kernel/service-settings";
import { readSettings } from "../../kernel/settings";
import { openConnections, type Connections } from "../../mutual-tls/connections";
import { tlsFilesOf } from "../../mutual-tls/tls-settings";
import { loadRegion } from "../../region/region";
import { subgraphUrls } from "../../region/subgraph-urls";
import { RenewalAnswer, signRenewalRequest } from "../../subgraph-kit/renewal/renewal-request";
import { KEY_FILES } from "../key-files";
import { LaunchError } from "../launch-error";
import { readVersions, retirePseudonymKey, rotatePseudonymKey, type RotationResult } from "./rotate";

/** What is to be done. */
export interface PseudonymCommand {
  readonly kind: "rotate" | "retire";
  readonly organisation: string;
  /** Rows of the register at a time; 500 when it is not said. */
  readonly batch?: number;
  /** Who gives the command, as they say themselves. */
  readonly by?: string;
}

const DEFAULT_BATCH = 500;
/** Organisations take such questions over mutual TLS from the keeper of the log, whose certificate the command uses. */
const KEEPER = "log-keeper";
/** An organisation reads its whole system for the first question; one that takes longer is down. */
const PATIENCE_MS = 60_000;

const unanswered = (organisation: string, why: string): LaunchError =>
  new LaunchError(`${organisation} ${why}. What was renewed stays renewed; begin again later.`);

/** Asks an organisation's own process. */
function askerOf(
  env: HubEnvironment,
  organisation: string,
  { key, connections }: { readonly key: unknown; readonly connections: Connections },
) {
  const base = subgraphUrls(loadRegion(env.SCHAKEL_REGION), env, process.env).get(organisation);
  const signer = createSigner(key);
  return async (pseudonyms: readonly string[]): Promise<RenewalAnswer> => {
    try {
      const { statusCode, body } = await request(new URL("pseudonyms", base), {
        dispatcher: (await connections.current()).dispatcher,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(signRenewalRequest(organisation, pseudonyms, signer)),
        headersTimeout: PATIENCE_MS,
        bodyTimeout: PATIENCE_MS,
      });
      if (statusCode !== 200) {
        await body.dump();
        throw unanswered(organisation, `refused (${statusCode})`);
      }
      return RenewalAnswer.parse(await body.json());
    } catch (error) {
      throw error instanceof LaunchError ? error : unanswered(organisation, "did not answer as it should");
    }
  };
}

/** The organisation as the region has it. Throws a LaunchError. */
function checkOrganisation(env: HubEnvironment, organisation: string): void {
  const codes: string[] = loadRegion(env.SCHAKEL_REGION).organisations.map(({ code }) => code);
  if (!codes.includes(organisation)) {
    throw new LaunchError(
      `There is no organisation ${JSON.stringify(organisation)}; one of ${codes.join(", ")}.`,
    );
  }
}

function said(
  { kind, organisation }: PseudonymCommand,
  { version, older, renewed, unknown }: RotationResult,
): string {
  const lines = [`${organisation}: ${renewed} renewed, version ${version} is the newest.`];
  if (unknown > 0) {
    lines.push(
      `${unknown} stay under an older version: the organisation's system does not have these people.`,
    );
  }
  if (kind === "rotate" && older !== undefined) {
    lines.push(
      `Version ${older} is valid too, until: npm run --silent keys -- retire pseudonym ${organisation}`,
    );
  }
  return lines.join("\n");
}

/** Rotates or retires, and gives what to say of it. Rejects with a LaunchError or a SettingsError; it can be begun again. */
export async function changePseudonymKey(command: PseudonymCommand): Promise<string> {
  const env = readHubSettings(process.env);
  const { kind, organisation, batch = DEFAULT_BATCH } = command;
  checkOrganisation(env, organisation);
  const directory = keysDirectory(env);
  const key: unknown = JSON.parse(await readFile(path.join(directory, KEY_FILES.logPrivate), "utf8"));
  const operator = await identifyOperator(env, command.by);
  const url = hubUrl(env);
  const register = new Client({ connectionString: url, application_name: "schakel-keys" });
  // A connection that breaks fails the query that waits for it; without a listener it would end the process.
  register.on("error", () => undefined);
  await register.connect();
  // The command ends before anything is renewed.
  const connections = await openConnections(await tlsFilesOf(env, KEEPER), {}, () => undefined);
  const pool = createPool({ connectionString: url, max: 2, applicationName: "schakel-keys" });
  try {
    const writer = createAccessLogWriter(pool);
    const [operation, change] =
      kind === "rotate"
        ? (["rotatePseudonymKey", rotatePseudonymKey] as const)
        : (["retirePseudonymKey", retirePseudonymKey] as const);
    const result = await change({
      keysDirectory: directory,
      organisation,
      register,
      ask: askerOf(env, organisation, { key, connections }),
      record: async (version, work) => {
        const objects = [`PSEUDONYM_KEY:${organisation}:${version}`];
        return onRecord(writer, { operator, operation, objects }, work);
      },
      batch,
    });
    return said(command, result);
  } finally {
    await pool.end();
    await connections.close();
    await register.end().catch(() => undefined);
  }
}

/** A line per version of each organisation's key: where it stands. */
export function pseudonymStatus(): string {
  const env = readSettings(ServiceEnvironment, process.env);
  return loadRegion(env.SCHAKEL_REGION)
    .organisations.flatMap(({ code }) => {
      const file = path.join(keysDirectory(env), KEY_FILES.pseudonym(code));
      return readVersions(file).map(({ version, renewedAt }, place) => {
        const standing = place === 0 ? "newest" : renewedAt === undefined ? "being renewed" : "to retire";
        return `pseudonym  ${code.padEnd(14)}  version ${version}  ${standing}`;
      });
    })
    .join("\n");
}
