// What the release command does: makes keys, signs the supergraph, the rules and the region that lie here, and verifies a signature.

import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import type { JSONWebKeySet, JWK } from "jose";
import { isTooOpen } from "../../shared/kernel/setting-files";
import { publicPart, toJwk } from "../../shared/launch/jwk";
import { readParts, readReleaseKeys, readSigned } from "./load-release";
import { ReleaseError, type ReleasedParts } from "./release";
import { signRelease, verifyRelease, type SignedRelease } from "./sign-release";

const KEY_OPTION = "--key";
const KEYS_OPTION = "--keys";
/** Of a file that only its owner may read. */
const SECRET_MODE = 0o600;
const PUBLIC_MODE = 0o644;

const asText = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;

/** Writes a file whole; a reader gets the one before or this one. */
function replace(file: string, text: string, mode: number): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode, flush: true });
  renameSync(draft, file);
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: SECRET_MODE, flag: "wx", flush: true });
  } catch (error) {
    const { code = "no cause" } = error as NodeJS.ErrnoException;
    throw new ReleaseError([
      `${KEY_OPTION}: ${code === "EEXIST" ? "is there already" : `cannot be written (${code})`}`,
    ]);
  }
}

const keysIn = (file: string): JSONWebKeySet =>
  existsSync(file) ? readReleaseKeys(file, KEYS_OPTION) : { keys: [] };

function readSigningKey(file: string): JWK {
  try {
    if (isTooOpen(statSync(file).mode)) {
      throw new ReleaseError([`${KEY_OPTION}: others can read or change it; chmod 600 closes it`]);
    }
    return JSON.parse(readFileSync(file, "utf8")) as JWK;
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    const cause = error instanceof SyntaxError ? "it is not JSON" : (error as NodeJS.ErrnoException).code;
    throw new ReleaseError([`${KEY_OPTION}: cannot be read (${cause ?? "no cause"})`]);
  }
}

/** Makes a key that signs, and adds its public part to a set, which is made when it is not there. Gives its kid. */
export async function makeReleaseKey(keyFile: string, keysFile: string): Promise<string> {
  const known = keysIn(keysFile);
  const key = await toJwk(generateKeyPairSync("ed25519").privateKey, "EdDSA");
  writeNew(keyFile, asText(key));
  replace(keysFile, asText({ keys: [...known.keys, publicPart(key)] }), PUBLIC_MODE);
  return key.kid ?? "";
}

/** Takes a key out of a set: what it signed is refused from the next start on. Never the last one. */
export function retireReleaseKey(kid: string, keysFile: string): void {
  const { keys } = readReleaseKeys(keysFile, KEYS_OPTION);
  const staying = keys.filter((key) => key.kid !== kid);
  if (staying.length === keys.length) throw new ReleaseError([`${KEYS_OPTION}: has no key ${kid}`]);
  if (staying.length === 0) throw new ReleaseError([`${KEYS_OPTION}: would have no key left`]);
  replace(keysFile, asText({ keys: staying }), PUBLIC_MODE);
}

/** Signs what lies here, and writes the signed text. Gives what was signed. */
export async function signHere(
  keyFile: string,
  out: string,
  parts: ReleasedParts = readParts(),
): Promise<SignedRelease> {
  const key = readSigningKey(keyFile);
  const signed = await signRelease(parts, key);
  const found = await verifyRelease(signed, { keys: [publicPart(key)] }, parts);
  replace(out, `${signed}\n`, PUBLIC_MODE);
  return found;
}

/** Verifies that what lies here is what was signed. Rejects with a ReleaseError that lists what differs. */
export const verifyHere = async (
  release: string,
  keysFile: string,
  parts: ReleasedParts = readParts(),
): Promise<SignedRelease> =>
  verifyRelease(readSigned(release, "--release"), readReleaseKeys(keysFile, KEYS_OPTION), parts);
