// How the hub asks an organisation what its pseudonyms are under the newest version of its key. The hub has no citizen's
// number, so it cannot tell for itself. The question is signed with the key of the log, is for one organisation, and holds for a
// short time; it names nobody whom the organisation does not know under that name already.

import { createHash, verify } from "node:crypto";
import { z } from "zod";
import type { Signer, SigningKeys } from "../../access-log/checkpoint";

/** Pseudonyms in one question. */
export const MOST_AT_ONCE = 1_000;
/** Seconds that a question holds, before and after the moment that it names: clocks differ a little. */
const HOLDS_S = 60;

const Pseudonym = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A signed question. */
export const RenewalRequest = z.strictObject({
  organisation: z.string().min(1).max(100),
  pseudonyms: z.array(Pseudonym).max(MOST_AT_ONCE),
  askedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  keyId: z.string().min(1).max(100),
  /** Ed25519, hexadecimal. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type RenewalRequest = z.infer<typeof RenewalRequest>;

/** The answer: which version is the newest at the organisation, and the pseudonyms under it; the unknown are absent. */
export const RenewalAnswer = z.strictObject({
  version: z.number().int().min(1),
  pseudonyms: z.record(Pseudonym, Pseudonym),
});
export type RenewalAnswer = z.infer<typeof RenewalAnswer>;

const textOf = ({
  organisation,
  pseudonyms,
  askedAt,
}: Omit<RenewalRequest, "keyId" | "signature">): string => {
  const asked = createHash("sha256").update(pseudonyms.join("\n")).digest("hex");
  return ["pseudonyms/1", organisation, asked, askedAt].join("\n");
};

/** A question in the name of the hub. */
export function signRenewalRequest(
  organisation: string,
  pseudonyms: readonly string[],
  signer: Signer,
  now: Date = new Date(),
): RenewalRequest {
  const question = { organisation, pseudonyms: [...pseudonyms], askedAt: now.toISOString() };
  return { ...question, keyId: signer.keyId, signature: signer.sign(textOf(question)) };
}

/** Is it a question of the hub, for this organisation, of just now? */
export function isRenewalRequest(
  request: RenewalRequest,
  organisation: string,
  hub: SigningKeys,
  now: Date = new Date(),
): boolean {
  const key = hub.get(request.keyId);
  return (
    key !== undefined &&
    request.organisation === organisation &&
    Math.abs(now.getTime() - Date.parse(request.askedAt)) <= HOLDS_S * 1_000 &&
    verify(null, Buffer.from(textOf(request)), key, Buffer.from(request.signature, "hex"))
  );
}
