// The sessions command: keeps a worker out, at every gateway at once. Exit codes: 0 done, 1 not done or refused, 2 wrong use.

import { createAccessLogWriter } from "../../access-log/access-log-writer";
import { subjectInLog } from "../../access-log/subject-in-log";
import { findRevocation, liftRevocation, revokeSubject } from "../../database/ended-sessions";
import { SchakelError } from "../../kernel/errors";
import { SettingsError } from "../../kernel/settings";
import { LaunchError } from "../../launch/launch-error";
import { regionIssuers } from "../../region/issuers";
import { loadRegion } from "../../region/region";
import { onRecord } from "../act-record";
import { readHubSettings, withHub, type HubEnvironment } from "../hub-environment";
import { identifyOperator } from "../operator";
import {
  ArgumentError,
  readSessionsArguments,
  SESSIONS_USAGE,
  type SessionsCommand,
} from "./sessions-arguments";

const DONE = 0;
const NOT_DONE = 1;
const WRONG_USE = 2;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function status(env: HubEnvironment, { issuer, subject }: Given): Promise<number> {
  const until = await withHub(env, (pool) => findRevocation(pool, { issuer, subject }));
  print(
    until
      ? `Tokens of ${issuer} to this worker are refused when they were issued before ${until.toISOString()}.`
      : "No operator ended sessions of this worker, or no token of then can hold any more.",
  );
  return until ? NOT_DONE : DONE;
}

type Given = Exclude<SessionsCommand, { kind: "help" }>;

async function change(env: HubEnvironment, { kind, issuer, subject, seconds, by }: Given): Promise<number> {
  const operator = await identifyOperator(env, by);
  const operation = kind === "end" ? "endSessions" : "liftEndOfSessions";
  const act = { operator, operation, objects: [subjectInLog(subject)], source: issuer };
  return withHub(env, async (pool) => {
    const done = await onRecord(createAccessLogWriter(pool), act, async () => {
      if (kind !== "end") return liftRevocation(pool, { issuer, subject });
      await revokeSubject(pool, { issuer, subject }, seconds);
      return true;
    });
    if (!done) print("No operator ended sessions of this worker; there is nothing to lift.");
    else print(kind === "end" ? "Ended, at every gateway from the next request on." : "Lifted.");
    return done ? DONE : NOT_DONE;
  });
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    print(SESSIONS_USAGE);
    return DONE;
  }
  const env = readHubSettings(process.env);
  const issuers = regionIssuers(loadRegion(env.SCHAKEL_REGION)).map(({ code }) => code);
  const command = readSessionsArguments(args, issuers);
  if (command.kind === "help") return DONE;
  return command.kind === "status" ? status(env, command) : change(env, command);
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    const wrongUse = error instanceof ArgumentError || error instanceof SettingsError;
    const known = wrongUse || error instanceof LaunchError || error instanceof SchakelError;
    process.stderr.write(`${known ? error.message : "The sessions could not be ended."}\n`);
    return wrongUse ? WRONG_USE : NOT_DONE;
  })
  .then((code) => {
    process.exitCode = code;
    return code;
  });
