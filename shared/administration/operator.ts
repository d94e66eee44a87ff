// Who administers the hub with a command: somebody who signed in with a second factor, or whom the settings name for a user of
// this machine. Where there is neither, as in a demo, whoever says so; the record tells the difference.

import { readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { request } from "undici";
import { z } from "zod";
import { toWorkerId, type WorkerId } from "../kernel/ids";
import type { ServiceEnvironment } from "../kernel/service-settings";
import { SettingsError } from "../kernel/settings";
import { LaunchError } from "../launch/launch-error";
import { reachableHost } from "../launch/ports";
import { isProduction } from "../production/place";

/** How it is known who it is; it stands beside every act in the log, as `OPERATOR:<one of these>`. */
export type KnownBy = "TOKEN" | "USER" | "TRUST";

/** Who administers. */
export interface Operator {
  readonly id: WorkerId;
  readonly knownBy: KnownBy;
}

/** Settings of commands that administer. */
export const OPERATOR_SETTINGS = {
  /** A token of the hub's issuer for an operator, signed in with a second factor. */
  SCHAKEL_OPERATOR_TOKEN: z.string().min(1).optional(),
  /** Which user of this machine is which operator. */
  SCHAKEL_OPERATORS_FILE: z.string().min(1).optional(),
  /** Gateway that says whose a token is; the one of this hub when it is not set. */
  SCHAKEL_GATEWAY_URL: z.url({ protocol: /^https?$/, error: "an http or https URL" }).optional(),
} as const;

/** The settings from which it follows who administers. */
export interface OperatorEnvironment extends Pick<
  ServiceEnvironment,
  "SCHAKEL_HOST" | "SCHAKEL_PORT" | "NODE_ENV"
> {
  readonly SCHAKEL_OPERATOR_TOKEN?: string | undefined;
  readonly SCHAKEL_OPERATORS_FILE?: string | undefined;
  readonly SCHAKEL_GATEWAY_URL?: string | undefined;
}

/** Who it is when nothing is said, in a demo. */
const DEFAULT_OPERATOR = "hub.operator";
const PATIENCE_MS = 10_000;
/** The group or others may change it. */
const CHANGED_BY_OTHERS = 0o022;
const ROOT_UID = 0;

const OperatorsFile = z.strictObject({ operators: z.record(z.string().min(1), z.string().min(1)) });
const Answer = z.object({ operator: z.string() });
const Refusal = z.object({
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).min(1),
});

/** The user that runs this command, as the operating system has it; under sudo, the one who used it. */
export function systemUser(env: NodeJS.ProcessEnv = process.env): string {
  const { username, uid } = userInfo();
  const before = env["SUDO_USER"];
  // Only root can say otherwise than sudo does, and root can do anything here.
  return uid === ROOT_UID && before !== undefined && before !== "" ? before : username;
}

/** Who asks the gateway with this token. Rejects with a LaunchError. */
async function operatorOfToken(env: OperatorEnvironment, token: string): Promise<string> {
  const base = env.SCHAKEL_GATEWAY_URL ?? `http://${reachableHost(env.SCHAKEL_HOST)}:${env.SCHAKEL_PORT}`;
  let status: number;
  let answer: unknown;
  try {
    const { statusCode, body } = await request(new URL("/operator", base), {
      headers: { authorization: `Bearer ${token}` },
      headersTimeout: PATIENCE_MS,
      bodyTimeout: PATIENCE_MS,
    });
    status = statusCode;
    answer = await body.json();
  } catch {
    throw new LaunchError(
      "The gateway that says whose SCHAKEL_OPERATOR_TOKEN is does not answer; nothing was done.",
    );
  }
  const found = Answer.safeParse(answer);
  if (status === 200 && found.success) return found.data.operator;
  const code = Refusal.safeParse(answer).data?.errors[0]?.extensions.code ?? String(status);
  throw new LaunchError(`The gateway does not take SCHAKEL_OPERATOR_TOKEN (${code}); nothing was done.`);
}

const fault = (what: string): SettingsError => new SettingsError([`SCHAKEL_OPERATORS_FILE: ${what}`]);

/** The operator that a file names for a user. Throws a SettingsError. */
export function operatorOfUser(file: string, user: string): string {
  let content: unknown;
  try {
    if (process.platform !== "win32" && (statSync(file).mode & CHANGED_BY_OTHERS) !== 0) {
      throw fault("others than its owner can change it; chmod 644 closes it");
    }
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const cause = error instanceof SyntaxError ? "it is not JSON" : (error as NodeJS.ErrnoException).code;
    throw fault(`cannot be read (${cause ?? "no cause"})`);
  }
  const read = OperatorsFile.safeParse(content);
  if (!read.success) throw fault('an object { "operators": { "<user>": "<id of the operator>" } }');
  const { operators } = read.data;
  const found = Object.hasOwn(operators, user) ? operators[user] : undefined;
  if (found === undefined) throw fault("names no operator for the user that runs this command");
  return found;
}

/** A worker id; throws a SettingsError for what is none. */
function asWorker(id: string): WorkerId {
  try {
    return toWorkerId(id);
  } catch {
    throw fault("an id is 1 to 100 letters, digits and ._:@-");
  }
}

/** Somebody known is nobody else. Throws a LaunchError. */
function holdTo(operator: Operator, claimed: string | undefined): Operator {
  if (claimed === undefined || claimed === operator.id) return operator;
  throw new LaunchError("--by names somebody else than who gives this command; nothing was done.");
}

/**
 * Who gives this command. `claimed` is what was said with --by: it is believed only where nothing better is set, and never
 * in production. Rejects with a SettingsError or a LaunchError, which say what to do.
 */
export async function identifyOperator(env: OperatorEnvironment, claimed?: string): Promise<Operator> {
  const { SCHAKEL_OPERATOR_TOKEN: token, SCHAKEL_OPERATORS_FILE: file } = env;
  if (token !== undefined) {
    return holdTo({ id: toWorkerId(await operatorOfToken(env, token)), knownBy: "TOKEN" }, claimed);
  }
  if (file !== undefined) {
    return holdTo({ id: asWorker(operatorOfUser(file, systemUser())), knownBy: "USER" }, claimed);
  }
  if (isProduction(env)) {
    throw new SettingsError([
      "SCHAKEL_OPERATOR_TOKEN: is needed in production, for the record: a token of an operator with a second factor; or SCHAKEL_OPERATORS_FILE",
    ]);
  }
  return { id: toWorkerId(claimed ?? DEFAULT_OPERATOR), knownBy: "TRUST" };
}
