// Checkpoints as those who make and keep them see them: what is said, signed with Ed25519 by the hub and by who keeps it.
// The verifier has a reading of its own (verify/).

import {
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { z } from "zod";

const hexadecimal = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const signed = {
  keyId: z.string().min(1).max(100),
  /** Ed25519, hexadecimal. */
  signature: hexadecimal(64),
};

/** A signed statement that a log was so long and had this hash. */
export const SignedCheckpoint = z.object({
  logId: z.uuid(),
  /** Number of the batch that it closes. */
  batch: z.int().min(1),
  lastPosition: z.int().min(1),
  /** Hash of that batch, hexadecimal. */
  hash: hexadecimal(32),
  /** ISO 8601, UTC, microseconds. */
  madeAt: moment,
  ...signed,
});
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>;

/** What is said in a checkpoint. */
export type Checkpoint = Omit<SignedCheckpoint, "keyId" | "signature">;

/** An organisation's word that it keeps a checkpoint. */
export const Countersignature = z.object({
  /** By the clock of the organisation. */
  receivedAt: moment,
  ...signed,
});
export type Countersignature = z.infer<typeof Countersignature>;

/** A line of what an organisation keeps. */
export const KeptCheckpoint = Countersignature.extend({ checkpoint: SignedCheckpoint });
export type KeptCheckpoint = z.infer<typeof KeptCheckpoint>;

/** A private key (Ed25519) with its name. */
export interface Signer {
  readonly keyId: string;
  /** Signs the UTF-8 of a text; hexadecimal. */
  sign(text: string): string;
}

/** Public keys (Ed25519) by their name. */
export type SigningKeys = ReadonlyMap<string, KeyObject>;

type NamedJwk = JsonWebKey & { readonly kid?: string };

/** A signer with a private JWK that has a `kid`; throws a TypeError for another one. */
export function createSigner(jwk: unknown): Signer {
  const { kid, ...key } = jwk as NamedJwk;
  if (kid === undefined || key.crv !== "Ed25519") throw new TypeError("Not an Ed25519 key with a kid.");
  const privateKey = createPrivateKey({ key, format: "jwk" });
  return { keyId: kid, sign: (text) => sign(null, Buffer.from(text), privateKey).toString("hex") };
}

/** The Ed25519 keys with a `kid` in a JWK set. */
export function readSigningKeys(jwks: unknown): SigningKeys {
  const { keys } = jwks as { readonly keys: readonly NamedJwk[] };
  return new Map(
    keys.flatMap(({ kid, ...key }) =>
      kid !== undefined && key.crv === "Ed25519" ? [[kid, createPublicKey({ key, format: "jwk" })]] : [],
    ),
  );
}

/** A moment as checkpoints write it. */
export const momentOf = (date: Date): string => date.toISOString().replace("Z", "000Z");

const checkpointText = ({ logId, batch, lastPosition, hash, madeAt }: Checkpoint): string =>
  ["checkpoint/1", logId, batch, lastPosition, hash, madeAt].join("\n");

const copyText = (organisation: string, receivedAt: string, checkpoint: Checkpoint): string =>
  ["copy/1", organisation, receivedAt, checkpointText(checkpoint)].join("\n");

const isSigned = (keys: SigningKeys, text: string, by: { keyId: string; signature: string }): boolean => {
  const key = keys.get(by.keyId);
  return key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(by.signature, "hex"));
};

/** Signs a checkpoint in the name of the hub. */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): SignedCheckpoint {
  return { ...checkpoint, keyId: signer.keyId, signature: signer.sign(checkpointText(checkpoint)) };
}

/** Is it signed by the hub? */
export const isSignedCheckpoint = (checkpoint: SignedCheckpoint, hub: SigningKeys): boolean =>
  isSigned(hub, checkpointText(checkpoint), checkpoint);

/** Signs in the name of an organisation that it keeps a checkpoint. */
export function countersign(
  organisation: string,
  checkpoint: SignedCheckpoint,
  receivedAt: string,
  signer: Signer,
): Countersignature {
  const signature = signer.sign(copyText(organisation, receivedAt, checkpoint));
  return { receivedAt, keyId: signer.keyId, signature };
}

/** Is it this organisation's word on that checkpoint? */
export const isCountersignature = (
  organisation: string,
  checkpoint: SignedCheckpoint,
  word: Countersignature,
  keys: SigningKeys,
): boolean => isSigned(keys, copyText(organisation, word.receivedAt, checkpoint), word);
