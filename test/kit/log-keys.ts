// Keys of a hub and its organisations for tests of checkpoints: made afresh, private and public half.

import { generateKeyPairSync, type JsonWebKey } from "node:crypto";
import {
  createSigner,
  readSigningKeys,
  type Signer,
  type SigningKeys,
} from "../../shared/access-log/checkpoint";
import { readPublicKeys, type VerifyingKeys } from "../../shared/access-log/verify/signatures";

/** A key pair as the key files hold it. */
export interface KeyPair {
  readonly privateJwk: JsonWebKey & { readonly kid: string };
  readonly publicJwks: { readonly keys: readonly (JsonWebKey & { readonly kid: string })[] };
  readonly signer: Signer;
  readonly keys: SigningKeys;
}

/** A key pair under this name. */
export function aKeyPair(kid: string): KeyPair {
  const { privateKey } = generateKeyPairSync("ed25519");
  const privateJwk = { ...privateKey.export({ format: "jwk" }), kid };
  const { d: _secret, ...shared } = privateJwk;
  const publicJwks = { keys: [shared as JsonWebKey & { kid: string }] };
  return { privateJwk, publicJwks, signer: createSigner(privateJwk), keys: readSigningKeys(publicJwks) };
}

/** The keys of one hub. */
export interface LogKeys {
  readonly hub: KeyPair;
  readonly organisations: ReadonlyMap<string, KeyPair>;
  readonly verifying: VerifyingKeys;
}

/** Keys of a hub and of these organisations. */
export function someLogKeys(organisations: readonly string[] = ["lokalis", "save"]): LogKeys {
  const hub = aKeyPair("hub-1");
  const pairs = new Map(organisations.map((code) => [code, aKeyPair(`${code}-1`)]));
  return {
    hub,
    organisations: pairs,
    verifying: {
      log: readPublicKeys(hub.publicJwks),
      organisations: new Map([...pairs].map(([code, { publicJwks }]) => [code, readPublicKeys(publicJwks)])),
    },
  };
}
