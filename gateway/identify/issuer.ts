// What the hub knows of an issuer of tokens: whom it vouches for, how its tokens look, and which systems it knows.

import type { OrganisationKind, WorkerFunction } from "../../shared/kernel/codes";
import { ACCESS_TOKEN_TYPE, SECOND_FACTOR_ACR, TOKEN_AUDIENCE } from "../../shared/kernel/token-claims";
import type { PlainDate } from "../../shared/kernel/plain-date";
import { functionsAt } from "../privacy/purposes";

/**
 * Signatures that can be accepted (RFC 7518, RFC 8037): by a private key that the issuer alone has. One by a shared secret
 * (HS256 and so on) is never among them, and `none` even less.
 */
export const TOKEN_ALGORITHMS = ["ES256", "PS256", "RS256", "EdDSA"] as const;
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];

/** Seconds that clocks may differ. */
export const DEFAULT_CLOCK_SKEW_S = 5;
/** Seconds after which a token is too old, whatever its `exp` says: a long day of work. */
export const DEFAULT_TOKEN_AGE_S = 12 * 60 * 60;
/** Seconds after which the keys of an issuer are asked again: so long does a key that it removed go on. */
export const DEFAULT_KEYS_REFRESH_S = 60;
/** Seconds that known keys go on while an issuer cannot be reached. */
export const DEFAULT_KEYS_KEPT_S = 60 * 60;

/** Where a claim stands in a token: names from the outside in, such as `["realm_access", "roles"]`. */
export type ClaimPath = readonly string[];

/** A claim, and what its values mean to the hub; without `values` they are the hub's own codes. */
export interface MappedClaim {
  readonly path: ClaimPath;
  readonly values?: ReadonlyMap<string, string>;
}

/** A system of an organisation, that asks in its own name (client credentials). */
export interface MachineClient {
  readonly id: string;
  /** The function by whose rules it is judged. */
  readonly workerFunction: WorkerFunction;
  /** The mutations that are its own; it can do nothing else, and read nothing. */
  readonly mutations: readonly string[];
  /** Takes only tokens that are bound to a certificate of the system (RFC 8705). */
  readonly isBound?: boolean;
}

/** An issuer that may vouch for workers of one organisation; the employer follows from it, never from a claim. */
export interface Issuer {
  /** `iss`, exactly as it stands in tokens; its description is found below it (OpenID Connect Discovery). */
  readonly issuer: string;
  /** Code of the organisation, or of the hub, the family, the municipality. */
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly legalEntity: string;
  /** First and last day on which the organisation takes part; without an end where left out. */
  readonly from?: PlainDate | undefined;
  readonly until?: PlainDate | undefined;
  /** `aud` of access tokens. */
  readonly audience: string;
  /** `aud` of logout tokens: what the hub is called as a client of this issuer. */
  readonly signOutAudience: string;
  readonly algorithms: readonly TokenAlgorithm[];
  /** Accepted values of `typ`, in small letters, without `application/`. */
  readonly types: readonly string[];
  readonly worker: ClaimPath;
  readonly workerFunction: MappedClaim;
  /** Undefined where nobody acts for a team. */
  readonly team?: MappedClaim;
  /** Names the client that a token was given to. */
  readonly client: ClaimPath;
  /** Values of `acr` that vouch for a second factor. */
  readonly secondFactor: readonly string[];
  readonly clockSkewSeconds: number;
  readonly tokenAgeSeconds: number;
  readonly keysRefreshSeconds: number;
  readonly keysKeptSeconds: number;
  readonly clients: ReadonlyMap<string, MachineClient>;
}

/** An issuer whose tokens look as those of the embedded provider do, but for what is given. */
export function issuerOf(
  given: Pick<Issuer, "issuer" | "organisation" | "kind" | "legalEntity"> & Partial<Issuer>,
): Issuer {
  return {
    audience: TOKEN_AUDIENCE,
    signOutAudience: given.audience ?? TOKEN_AUDIENCE,
    algorithms: ["ES256"],
    types: [ACCESS_TOKEN_TYPE],
    worker: ["sub"],
    workerFunction: { path: ["function"] },
    team: { path: ["team"] },
    client: ["client_id"],
    secondFactor: SECOND_FACTOR_ACR,
    clockSkewSeconds: DEFAULT_CLOCK_SKEW_S,
    tokenAgeSeconds: DEFAULT_TOKEN_AGE_S,
    keysRefreshSeconds: DEFAULT_KEYS_REFRESH_S,
    keysKeptSeconds: DEFAULT_KEYS_KEPT_S,
    clients: new Map(),
    ...given,
  };
}

/** Who accounts for what an organisation did, also before it takes part and after its last day. */
const ACCOUNTS: WorkerFunction = "PRIVACY_OFFICER";

/** The functions that this issuer can vouch for on a day, by the values of its claim. */
export function functionOf(issuer: Issuer, value: string, day: PlainDate): WorkerFunction | undefined {
  const code = issuer.workerFunction.values ? issuer.workerFunction.values.get(value) : value;
  const found = functionsAt(issuer.kind).find((one) => one === code);
  return found === ACCOUNTS || vouches(issuer, day) ? found : undefined;
}

/** Does the organisation of this issuer take part on this day? */
export const vouches = ({ from, until }: Issuer, day: PlainDate): boolean =>
  (from === undefined || from <= day) && (until === undefined || day <= until);
