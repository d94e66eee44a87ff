// Verifies the grant of the gateway: who asks, for what, about whom, which categories.

import { readFile } from "node:fs/promises";
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import { z } from "zod";
import { Category, OrganisationKind, Purpose, WorkerFunction } from "../kernel/codes";
import { SchakelError } from "../kernel/errors";
import { GRANT_ISSUER, requestDigest, type GrantedRequest } from "../kernel/grant-claims";
import type { Grant } from "../kernel/requester";

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
  }),
  purpose: codes(Purpose),
  traceId: z.string().min(1),
  subjects: z.array(
    z.object({
      type: z.enum(["Family", "Person"]),
      id: z.string().min(1),
      key: z.string().min(1),
      categories: z.array(codes(Category)),
    }),
  ),
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

/** Verifies one grant (a signed JWT) for one audience and the request that it came with. */
export type GrantVerifier = (token: unknown, request: GrantedRequest) => Promise<Grant>;

/**
 * A verifier for the subgraph `audience`, with the gateway's public keys out of a JWKS file.
 * It throws GRANT_REQUIRED without a token, GRANT_INVALID for one that is forged, expired, or for another source or
 * another request.
 */
export async function createGrantVerifier(jwksFile: string, audience: string): Promise<GrantVerifier> {
  const keys = createLocalJWKSet(JSON.parse(await readFile(jwksFile, "utf8")) as JSONWebKeySet);
  return async (token, request) => {
    if (typeof token !== "string") throw new SchakelError("GRANT_REQUIRED");
    const verified = await jwtVerify(token, keys, {
      algorithms: ["EdDSA"],
      issuer: GRANT_ISSUER,
      audience,
      requiredClaims: ["exp", "grant", "request"],
    }).catch((cause: unknown) => {
      throw new SchakelError("GRANT_INVALID", {}, { cause });
    });
    if (verified.payload["request"] !== requestDigest(request)) throw new SchakelError("GRANT_INVALID");
    const grant = GrantClaims.safeParse(verified.payload["grant"]);
    if (!grant.success) throw new SchakelError("GRANT_INVALID");
    return grant.data as unknown as Grant;
  };
}
