// Who signed a checkpoint: the hub, and an organisation that keeps it.

import { createPublicKey, verify, type JsonWebKey, type KeyObject } from "node:crypto";
import { checkpointText, copyText, FormatFault, type CheckpointText } from "./format";

/** Public keys (Ed25519) by their id. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** The keys by which a log is verified. */
export interface VerifyingKeys {
  /** Of the hub, for checkpoints. */
  readonly log: PublicKeys;
  /** Of each organisation, for the checkpoints that it keeps. */
  readonly organisations: ReadonlyMap<string, PublicKeys>;
}

/** A checkpoint with the hub's signature. */
export interface SignedCheckpoint extends CheckpointText {
  readonly keyId: string;
  /** Hexadecimal. */
  readonly signature: string;
}

/** A checkpoint as an organisation keeps it, with its own signature. */
export interface KeptCheckpoint {
  readonly organisation: string;
  /** Where it was read, such as lokalis.jsonl:12. */
  readonly place: string;
  readonly checkpoint: SignedCheckpoint;
  readonly receivedAt: string;
  readonly keyId: string;
  readonly signature: string;
}

/** The keys in a JWK set; those that are no Ed25519 keys with an id are left out. */
export function readPublicKeys(jwks: unknown): PublicKeys {
  const { keys = [] } = (jwks ?? {}) as { keys?: readonly (JsonWebKey & { kid?: string })[] };
  return new Map(
    keys
      .filter(({ kid, crv }) => kid !== undefined && crv === "Ed25519")
      .map((key) => [key.kid ?? "", createPublicKey({ key, format: "jwk" })]),
  );
}

function isSigned(
  keys: PublicKeys | undefined,
  keyId: string,
  signature: string,
  text: () => string,
): boolean {
  const key = keys?.get(keyId);
  try {
    return key !== undefined && verify(null, Buffer.from(text()), key, Buffer.from(signature, "hex"));
  } catch (error) {
    if (error instanceof FormatFault) return false;
    throw error;
  }
}

/** Did the hub sign this checkpoint? */
export const isSignedByHub = (keys: VerifyingKeys, checkpoint: SignedCheckpoint): boolean =>
  isSigned(keys.log, checkpoint.keyId, checkpoint.signature, () => checkpointText(checkpoint));

/** Did this organisation sign that it keeps the checkpoint? */
export const isCountersigned = (
  keys: VerifyingKeys,
  kept: Pick<KeptCheckpoint, "organisation" | "checkpoint" | "receivedAt" | "keyId" | "signature">,
): boolean =>
  isSigned(keys.organisations.get(kept.organisation), kept.keyId, kept.signature, () =>
    copyText(kept.organisation, kept.receivedAt, kept.checkpoint),
  );
