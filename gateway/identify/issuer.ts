// What the hub knows of an issuer of tokens: whom it vouches for, how its tokens look, and which systems it knows.

import type { OrganisationKind, WorkerFunction } from "../../shared/kernel/codes";
import { ACCESS_TOKEN_TYPE, SECOND_FACTOR_ACR, TOKEN_AUDIENCE } from "../../shared/kernel/token-claims";
import type { PlainDate } from "../../shared/kernel/plain-date";
import {
  DEFAULT_CLOCK_SKEW_S,
  DEFAULT_KEYS_KEPT_S,
  DEFAULT_KEYS_REFRESH_S,
  DEFAULT_TOKEN_AGE_S,
  type TokenAlgorithm,
} from "../../shared/region/issuer-entry";
import { functionsAt } from "../privacy/purposes";

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
