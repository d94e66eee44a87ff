// The public keys of the gateway, by kid, out of a JWKS file that is read again while the process runs: a key that is
// added is known, and one that is taken out is refused, without a restart.

import { readFile } from "node:fs/promises";
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { keepFresh } from "../kernel/fresh";

/** Milliseconds after which a key that was taken out of the file is refused at the latest. */
const KEYS_MAX_AGE_MS = 2_000;
/** Milliseconds between two readings for the sake of an unknown kid: who makes kids up cannot keep the disk busy. */
const UNKNOWN_KID_EVERY_MS = 500;

const KeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), kid: z.string().min(1) })),
});

async function readKeySet(file: string): Promise<JWTVerifyGetKey> {
  return createLocalJWKSet(KeySet.parse(JSON.parse(await readFile(file, "utf8"))));
}

/**
 * The keys in `file`, for jose. Rejects when the file cannot be read at first; later that is told to `onError` and the keys
 * that are known go on.
 */
export async function openGrantKeys(
  file: string,
  onError: (error: unknown) => void,
): Promise<JWTVerifyGetKey> {
  const keys = await keepFresh({
    read: () => readKeySet(file),
    maxAgeMs: KEYS_MAX_AGE_MS,
    minAgeMs: UNKNOWN_KID_EVERY_MS,
    onError,
  });
  return async (header, token) => {
    // Without a kid jose would try whichever key there is.
    if (!header?.kid) throw new errors.JWKSNoMatchingKey();
    try {
      return await (
        await keys.get()
      )(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await keys.renew())(header, token);
    }
  };
}
