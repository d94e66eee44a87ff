// Verifies the grant of the gateway: who asks, for what, about whom, which categories.

import { errors, jwtVerify } from "jose";
import { z } from "zod";
import { Category, OrganisationKind, Purpose, WorkerFunction } from "../kernel/codes";
import { SchakelError } from "../kernel/errors";
import {
  DEFAULT_GRANT_SKEW_S,
  GRANT_ISSUER,
  GRANT_TYPE,
  LONGEST_GRANT_S,
  requestDigest,
  type GrantedRequest,
} from "../kernel/grant-claims";
import { KnownHereOutcome } from "../kernel/known-here";
import type { Grant } from "../kernel/requester";
import { openGrantKeys } from "./grant-keys";
import { createReplayMemory } from "./replay-memory";

const codes = <T extends Record<string, string>>(list: T) =>
  z.enum(Object.keys(list) as [keyof T & string, ...(keyof T & string)[]]);

const GrantClaims = z.object({
  requester: z.object({
    worker: z.string().min(1),
    organisation: z.string().min(1),
    kind: codes(OrganisationKind),
    legalEntity: z.string().min(1),
    workerFunction: codes(WorkerFunction),
    // A gateway that does not say so vouches for none.
    secondFactor: z.boolean().default(false),
    team: z.string().min(1).optional(),
  }),
  purpose: codes(Purpose),
  traceId: z.string().min(1),
  subjects: z.array(
    z.object({
      type: z.enum(["Family", "Person"]),
      id: z.string().min(1),
      key: z.string().min(1),
      categories: z.array(codes(Category)),
      withCase: z.boolean().optional(),
      withBirthDate: z.boolean().optional(),
    }),
  ),
  answered: z
    .object({
      subject: z.object({ personId: z.string().min(1), familyId: z.string().min(1).optional() }),
      answers: z.array(
        z.object({
          organisation: z.string().min(1),
          outcome: codes(KnownHereOutcome),
          rule: z.string(),
          caseReference: z.string().min(1).optional(),
          birthDate: z.iso.date().optional(),
          child: z.boolean().optional(),
        }),
      ),
    })
    .optional(),
  held: z
    .object({
      source: z.string().min(1),
      subject: z.object({ type: z.enum(["Family", "Person"]), id: z.string().min(1) }),
      categories: z
        .array(
          z.object({ category: codes(Category), rule: z.string().min(1), secondProfessional: z.boolean() }),
        )
        .min(1),
    })
    .optional(),
});

/** What came with a grant: the request it has to be for, and over which connection. */
export interface GrantBearer extends GrantedRequest {
  /** Thumbprint (x5t#S256) of the client certificate of the connection; undefined where there is none. */
  readonly certificate?: string | undefined;
}

/** Verifies one grant (a signed JWT) for one audience and the request that it came with; each grant once. */
export type GrantVerifier = (token: unknown, bearer: GrantBearer) => Promise<Grant>;

/** How grants are verified. */
export interface GrantVerifierOptions {
  /** Seconds that the clocks of gateway and source may differ. */
  readonly clockSkewS?: number;
  /** Told when the keys could not be read again; those that are known go on. */
  readonly onError?: (error: unknown) => void;
  /** Ids of grants that are remembered at most. */
  readonly capacity?: number;
}

const invalid = (reason: string, cause?: unknown): SchakelError =>
  new SchakelError("GRANT_INVALID", { reason }, { cause });

/** Why jose refused a token, as it may be said. */
function refusalOf(error: unknown): SchakelError {
  if (error instanceof errors.JWTExpired) return new SchakelError("GRANT_EXPIRED");
  if (error instanceof errors.JWTClaimValidationFailed) return invalid(error.claim, error);
  if (error instanceof errors.JWKSNoMatchingKey) return invalid("key", error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return invalid("signature", error);
  if (error instanceof errors.JOSEAlgNotAllowed) return invalid("algorithm", error);
  return invalid("token", error);
}

const TimedClaims = z.object({ jti: z.string().min(16).max(100), iat: z.number(), exp: z.number() });
const BoundClaims = z.object({ "x5t#S256": z.string().min(1) }).optional();

/** A bound grant travels over its own connection only; over mutual TLS every grant is bound. Throws GRANT_INVALID. */
function checkBinding(cnf: unknown, certificate: string | undefined): void {
  const bound = BoundClaims.safeParse(cnf);
  if (!bound.success || bound.data?.["x5t#S256"] !== certificate) throw invalid("certificate");
}

/**
 * A verifier for the subgraph `audience`, with the gateway's public keys out of a JWKS file that is read again while it
 * runs. It throws GRANT_REQUIRED without a token; GRANT_EXPIRED; GRANT_REPLAYED for one that was used before; GRANT_INVALID
 * with a reason for one that is forged, of an unknown key, longer valid than any may be, or for another source, request or
 * connection; GRANTS_TOO_MANY when it cannot remember one more.
 */
export async function createGrantVerifier(
  jwksFile: string,
  audience: string,
  { clockSkewS = DEFAULT_GRANT_SKEW_S, onError = () => undefined, capacity }: GrantVerifierOptions = {},
): Promise<GrantVerifier> {
  const keys = await openGrantKeys(jwksFile, onError);
  const used = createReplayMemory({
    holdMs: (LONGEST_GRANT_S + 2 * clockSkewS) * 1000,
    ...(capacity === undefined ? {} : { capacity }),
  });
  // What was used before this process began is not remembered, so nothing of that time is taken.
  const beganS = Math.floor(Date.now() / 1000);

  const checkTimes = ({ iat, exp }: z.infer<typeof TimedClaims>): void => {
    if (exp - iat > LONGEST_GRANT_S || exp <= iat) throw invalid("lifetime");
    if (iat > Date.now() / 1000 + clockSkewS) throw invalid("iat");
    if (iat < beganS) throw invalid("older than this process");
  };
  return async (token, { certificate, ...request }) => {
    if (typeof token !== "string") throw new SchakelError("GRANT_REQUIRED");
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["EdDSA"],
      typ: GRANT_TYPE,
      issuer: GRANT_ISSUER,
      audience,
      clockTolerance: clockSkewS,
      requiredClaims: ["jti", "iat", "exp", "grant", "request"],
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const timed = TimedClaims.safeParse(payload);
    if (!timed.success) throw invalid("claims");
    checkTimes(timed.data);
    checkBinding(payload["cnf"], certificate);
    if (payload["request"] !== requestDigest(request)) throw invalid("request");
    const grant = GrantClaims.safeParse(payload["grant"]);
    if (!grant.success) throw invalid("grant");
    // Last: what is refused for something else uses nothing up.
    const use = used.use(timed.data.jti);
    if (use === "SEEN") throw new SchakelError("GRANT_REPLAYED");
    if (use === "FULL") throw new SchakelError("GRANTS_TOO_MANY");
    return grant.data as unknown as Grant;
  };
}
