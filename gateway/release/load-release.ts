// Reads what a gateway decides by and plans with, once, and holds it to what was signed before anything is done with it.

import { readFileSync } from "node:fs";
import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { sha256Hex } from "../../shared/kernel/sha256";
import { DEFAULT_REGION, loadRegion, type Region } from "../../shared/region/region";
import { supergraphFile } from "../federate/schema-files";
import { readPolicyFiles } from "../policy-files";
import { ReleaseError, type ReleasedParts } from "./release";
import { verifyRelease } from "./sign-release";

/** What of a region is signed: its file as it was read, and what lies in its folder. */
type ReleasedRegion = Pick<Region, "folder" | "text">;

/** Where a signed release and the keys that may sign one lie. */
export interface ReleaseSettings {
  /** A JWK set of public keys. */
  readonly SCHAKEL_RELEASE_KEYS?: string | undefined;
  /** The signed text. */
  readonly SCHAKEL_RELEASE?: string | undefined;
  /** Of which region; the one that is used when none is named, when left out. */
  readonly region?: ReleasedRegion;
}

/** The parts, and what vouches for them. */
export interface LoadedRelease extends ReleasedParts {
  /** Undefined when nothing has to be signed here. */
  readonly signed?: {
    /** Names the signed text: the first half of its SHA-256, hexadecimal. */
    readonly id: string;
    readonly kid: string;
    readonly signedAt: string;
  };
}

const ID_CHARACTERS = 32;

const PublicKeys = z.looseObject({
  keys: z
    .array(z.looseObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), kid: z.string().min(1) }))
    .min(1),
});

/** The parts as they lie here for a region, signed or not. */
export const readParts = (region: ReleasedRegion = loadRegion(DEFAULT_REGION)): ReleasedParts => ({
  supergraph: readFileSync(supergraphFile(region), "utf8"),
  // Not read again: what is held to the signature is what the gateway works with.
  region: region.text,
  rules: readPolicyFiles(),
});

/** The keys in a file that may sign releases. Throws a ReleaseError that names the setting, never what is in the file. */
export function readReleaseKeys(file: string, name = "SCHAKEL_RELEASE_KEYS"): JSONWebKeySet {
  const text = readText(file, name);
  try {
    const { keys } = PublicKeys.parse(JSON.parse(text));
    if (keys.some((key) => "d" in key)) {
      throw new ReleaseError([`${name}: has a private key; whoever signs keeps that elsewhere`]);
    }
    return { keys };
  } catch (error) {
    if (error instanceof ReleaseError) throw error;
    throw new ReleaseError([`${name}: a JWK set of Ed25519 keys, each with a kid`]);
  }
}

/** The signed text in a file. Throws a ReleaseError that names the setting. */
export const readSigned = (file: string, name = "SCHAKEL_RELEASE"): string => readText(file, name);

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ReleaseError([
      `${name}: cannot be read (${(error as NodeJS.ErrnoException).code ?? "no cause"})`,
    ]);
  }
}

/**
 * Reads the parts and, where keys are named that may sign them, verifies that they are what was signed. Rejects with a
 * ReleaseError that lists every difference.
 */
export async function loadRelease(settings: ReleaseSettings): Promise<LoadedRelease> {
  const parts = readParts(settings.region);
  const { SCHAKEL_RELEASE_KEYS: keys, SCHAKEL_RELEASE: file } = settings;
  if (keys === undefined) return parts;
  if (file === undefined) throw new ReleaseError(["SCHAKEL_RELEASE: is needed beside SCHAKEL_RELEASE_KEYS"]);
  const text = readSigned(file).trim();
  const { release, kid } = await verifyRelease(text, readReleaseKeys(keys), parts);
  return {
    ...parts,
    signed: { id: sha256Hex(text).slice(0, ID_CHARACTERS), kid, signedAt: release.signedAt },
  };
}
