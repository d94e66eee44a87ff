// What a verified token says of who asks: worker, function, team, second factor, session; or which system it is.

import type { JWTPayload } from "jose";
import { SchakelError } from "../../shared/kernel/errors";
import { toOrganisationCode, toWorkerId, type WorkerId } from "../../shared/kernel/ids";
import { today } from "../../shared/kernel/plain-date";
import type { Requester } from "../../shared/kernel/requester";
import { functionOf, vouches, type ClaimPath, type Issuer, type MachineClient } from "./issuer";

/** What stands before the id of a system in the place of a worker; no worker may be called so. */
export const CLIENT_PREFIX = "client:";
/** Longest `sub` (OpenID Connect Core 1.0, 2) and `sid`. */
export const MOST_ID_CHARACTERS = 255;
/** Teams are named as in the register of teams. */
const TEAM_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Who signed in, by which token. */
export interface SignedIn {
  readonly requester: Requester;
  /** `sub`: how the issuer knows who signed in. */
  readonly subject: string;
  /** When the token was issued; seconds since 1970. */
  readonly issuedAt: number;
  /**
   * Thumbprint (x5t#S256) of the certificate that the token is bound to (RFC 8705, 3.1): over another connection it is worth
   * nothing. Undefined for one that whoever has it can use.
   */
  readonly certificate?: string;
  /** Only of a system: the mutations that are its own. */
  readonly mutations?: readonly string[];
}

const invalid = (reason: string): SchakelError => new SchakelError("TOKEN_INVALID", { reason });

/** The value at a path; own names only. */
function valueAt(payload: JWTPayload, path: ClaimPath): unknown {
  let value: unknown = payload;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The texts at a path: one, or a list of them; none of anything else. */
function textsAt(payload: JWTPayload, path: ClaimPath): readonly string[] {
  const value = valueAt(payload, path);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === "string");
}

function textAt(payload: JWTPayload, path: ClaimPath): string | undefined {
  const value = valueAt(payload, path);
  return typeof value === "string" ? value : undefined;
}

function workerIdOf(text: string, reason: string): WorkerId {
  try {
    return toWorkerId(text);
  } catch {
    throw invalid(reason);
  }
}

/** Somebody with two functions chooses one when signing in: of two, nobody could say by which one a look is judged. */
function functionIn(issuer: Issuer, payload: JWTPayload): Requester["workerFunction"] {
  const values = textsAt(payload, issuer.workerFunction.path);
  const day = today();
  const [found, other] = [...new Set(values.map((value) => functionOf(issuer, value, day)))].filter(
    (one) => one !== undefined,
  );
  if (found === undefined || other !== undefined) throw invalid("function");
  return found;
}

/** The team that is acted for; a value that means no team is none. */
function teamIn({ team }: Issuer, payload: JWTPayload): string | undefined {
  if (!team) return undefined;
  const values = textsAt(payload, team.path).flatMap((value) =>
    team.values ? (team.values.get(value) ?? []) : value,
  );
  const [found, other] = new Set(values);
  if (found === undefined) return undefined;
  if (other !== undefined || !TEAM_NAME.test(found)) throw invalid("team");
  return found;
}

function sessionIn({ sid }: JWTPayload): string | undefined {
  if (sid === undefined) return undefined;
  if (typeof sid !== "string" || sid === "" || sid.length > MOST_ID_CHARACTERS) throw invalid("sid");
  return sid;
}

const employerOf = ({ organisation, kind, legalEntity }: Issuer) => ({
  organisation: toOrganisationCode(organisation),
  kind,
  legalEntity,
});

/** A system is judged by its function, has no second factor and no session, and acts for no team. */
function systemOf(issuer: Issuer, { id, workerFunction }: MachineClient): Requester {
  if (!vouches(issuer, today())) throw invalid("client");
  const worker = workerIdOf(`${CLIENT_PREFIX}${id}`, "client");
  return { ...employerOf(issuer), worker, workerFunction, secondFactor: false };
}

function personOf(issuer: Issuer, payload: JWTPayload): Requester {
  const name = textAt(payload, issuer.worker) ?? "";
  const worker = workerIdOf(name, issuer.worker.join("."));
  const isClients = name.toLowerCase().startsWith(CLIENT_PREFIX);
  // By client credentials `sub` is the client (RFC 9068, 2.2): a system that is not listed is nobody's worker.
  if (isClients || payload.sub === textAt(payload, issuer.client)) throw invalid("client");
  const { acr } = payload;
  const team = teamIn(issuer, payload);
  const session = sessionIn(payload);
  return {
    ...employerOf(issuer),
    worker,
    workerFunction: functionIn(issuer, payload),
    secondFactor: typeof acr === "string" && issuer.secondFactor.includes(acr),
    ...(team === undefined ? {} : { team }),
    ...(session === undefined ? {} : { session }),
  };
}

/** SHA-256 in base64url. */
const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/;

/** What a token is bound to. A binding that the hub cannot verify is refused: a thief would be glad if it were passed over. */
function certificateIn({ cnf }: JWTPayload): string | undefined {
  if (cnf === undefined) return undefined;
  const isObject = typeof cnf === "object" && cnf !== null;
  const { "x5t#S256": thumbprint, ...others } = (isObject ? cnf : {}) as Record<string, unknown>;
  if (typeof thumbprint !== "string" || !THUMBPRINT.test(thumbprint) || Object.keys(others).length > 0) {
    throw invalid("cnf");
  }
  return thumbprint;
}

/** Who a verified token of this issuer vouches for. Throws TOKEN_INVALID; `reason` names the claim that is wrong. */
export function readClaims(issuer: Issuer, payload: JWTPayload): SignedIn {
  const { sub, iat } = payload;
  if (typeof sub !== "string" || sub === "" || sub.length > MOST_ID_CHARACTERS) throw invalid("sub");
  if (typeof iat !== "number") throw invalid("iat");
  // What only a logout token has (Back-Channel Logout 1.0, 2.4).
  if (payload["events"] !== undefined) throw invalid("events");
  const client = issuer.clients.get(textAt(payload, issuer.client) ?? "");
  const certificate = certificateIn(payload);
  if (client?.isBound === true && certificate === undefined) throw invalid("cnf");
  const common = { subject: sub, issuedAt: iat, ...(certificate === undefined ? {} : { certificate }) };
  return client
    ? { ...common, requester: systemOf(issuer, client), mutations: client.mutations }
    : { ...common, requester: personOf(issuer, payload) };
}
