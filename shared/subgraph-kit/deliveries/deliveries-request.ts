// How the hub asks an organisation for its delivery record: the question is signed with the key of the log, is for one
// organisation, holds for less than a minute, and is answered once.

import { randomBytes, verify } from "node:crypto";
import { z } from "zod";
import type { Signer, SigningKeys } from "../../access-log/checkpoint";
import type { DeliveryRange } from "./read-deliveries";

/** Seconds that a question holds, before and after the moment that it names: clocks differ a little. */
const HOLDS_S = 29;
/** Milliseconds after which a question that was answered cannot be valid any more. */
export const QUESTION_IS_OVER_MS = 2 * (HOLDS_S + 1) * 1_000;
/** Bytes of a question's own id: no two questions share one. */
const ID_BYTES = 16;

const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A signed question for the lines of a range. */
export const DeliveriesRequest = z.object({
  organisation: z.string().min(1).max(100),
  from: moment,
  to: moment,
  askedAt: moment,
  id: z.string().regex(/^[\w-]{22}$/),
  keyId: z.string().min(1).max(100),
  /** Ed25519, hexadecimal. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type DeliveriesRequest = z.infer<typeof DeliveriesRequest>;

const textOf = ({
  organisation,
  from,
  to,
  askedAt,
  id,
}: Omit<DeliveriesRequest, "keyId" | "signature">): string =>
  ["deliveries/2", organisation, from, to, askedAt, id].join("\n");

/** A question in the name of the hub. */
export function signDeliveriesRequest(
  organisation: string,
  { from, to }: DeliveryRange,
  signer: Signer,
  now: Date = new Date(),
): DeliveriesRequest {
  const question = {
    organisation,
    from,
    to,
    askedAt: now.toISOString(),
    id: randomBytes(ID_BYTES).toString("base64url"),
  };
  return { ...question, keyId: signer.keyId, signature: signer.sign(textOf(question)) };
}

/** Is it a question of the hub, for this organisation, of just now? */
export function isDeliveriesRequest(
  request: DeliveriesRequest,
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
