// An issuer of tokens as it is written down, in the region file or in a file of its own: docs/signing-in.md. What it may
// vouch for is the gateway's to check.

import { z } from "zod";
import { WorkerFunction } from "../kernel/codes";
import { ACCESS_TOKEN_TYPE, SECOND_FACTOR_ACR, TOKEN_AUDIENCE } from "../kernel/token-claims";
import { MACHINE_MUTATIONS } from "./machine-mutations";

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

const DAY_S = 24 * 60 * 60;

const text = () => z.string().min(1).max(500);
const seconds = (least: number, most: number, byDefault: number) =>
  z.number().int().min(least).max(most).default(byDefault);
const functions = z.enum(Object.keys(WorkerFunction) as [WorkerFunction, ...WorkerFunction[]]);

/** One name, or names from the outside in; a name may have points and slashes of its own. */
const ClaimPath = z
  .union([text(), z.array(text()).min(1).max(5)])
  .transform((path) => (typeof path === "string" ? [path] : path));

const mapped = <T extends z.ZodType<string>>(values: T) =>
  z.strictObject({ path: ClaimPath, values: z.record(text(), values).optional() });

const Client = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,89}$/, "1 to 90 letters, digits and ._:@-"),
  function: functions,
  mutations: z.array(z.enum(MACHINE_MUTATIONS as [string, ...string[]])).min(1),
  certificateBound: z.boolean().default(false),
});

/** An issuer as it is written down for the organisation that it stands at. */
export const OwnIssuerEntry = z.strictObject({
  issuer: z.url({ protocol: /^https?$/, error: "the URL that stands in `iss`" }),
  audience: text().default(TOKEN_AUDIENCE),
  signOutAudience: text().optional(),
  algorithms: z.array(z.enum(TOKEN_ALGORITHMS)).min(1),
  types: z.array(text().toLowerCase()).min(1).default([ACCESS_TOKEN_TYPE]),
  claims: z
    .strictObject({
      worker: ClaimPath.default(["sub"]),
      function: mapped(functions).default({ path: ["function"] }),
      team: mapped(text()).optional(),
      client: ClaimPath.default(["client_id"]),
    })
    .prefault({}),
  secondFactor: z.array(text()).default([...SECOND_FACTOR_ACR]),
  clockSkewSeconds: seconds(0, 120, DEFAULT_CLOCK_SKEW_S),
  tokenAgeSeconds: seconds(60, DAY_S, DEFAULT_TOKEN_AGE_S),
  keysRefreshSeconds: seconds(1, DAY_S, DEFAULT_KEYS_REFRESH_S),
  keysKeptSeconds: seconds(1, DAY_S, DEFAULT_KEYS_KEPT_S),
  clients: z.array(Client).default([]),
});
export type OwnIssuerEntry = z.infer<typeof OwnIssuerEntry>;

/** The same, in a list: of which organisation it is. */
export const IssuerEntry = OwnIssuerEntry.extend({ organisation: text() });
export type IssuerEntry = z.infer<typeof IssuerEntry>;
