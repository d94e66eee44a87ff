// The keys of one organisation, made by itself on its own machine: nobody else ever has the private half of what it signs with.

import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JWK } from "jose";
import { z } from "zod";
import { publicPart, toJwk } from "./jwk";
import { KEY_FILES, readKeyFile, replaceKeyFile, writeKeyFileOnce } from "./key-files";
import { withOrigin, type KeyOrigin } from "./key-origin";
import { newSecret } from "./keys";
import { LaunchError } from "./launch-error";

/** Public keys of the hub that an organisation verifies with: grants of the gateway, checkpoints and questions of the keeper. */
const OF_THE_HUB = [KEY_FILES.grantPublic, KEY_FILES.logPublic];

const PublicKeys = z.looseObject({
  keys: z
    .array(z.looseObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), kid: z.string().min(1) }))
    .min(1),
});

/** What was made, what was taken from the hub, and what there is to do yet. */
export interface OwnKeys {
  readonly made: readonly string[];
  readonly taken: readonly string[];
  /** Public keys of the hub that are not here. */
  readonly lacking: readonly string[];
}

/** The public keys in a file that the hub handed over. Throws a LaunchError that names the file, never what is in it. */
function readOfHub(folder: string, name: string): unknown {
  const file = join(folder, name);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const cause = error instanceof SyntaxError ? "it is not JSON" : (error as NodeJS.ErrnoException).code;
    throw new LaunchError(`${file} cannot be read (${cause ?? "no cause"}).`);
  }
  const read = PublicKeys.safeParse(content);
  if (!read.success) throw new LaunchError(`${file} is no set of public Ed25519 keys, each with a kid.`);
  if (read.data.keys.some((key) => "d" in key)) {
    throw new LaunchError(`${file} has a private key: the hub should have kept that. Tell who runs it.`);
  }
  return content;
}

/**
 * Makes the keys of an organisation that are missing in a folder, and takes the public keys of the hub out of another one. What was
 * made is never made again; what the hub handed over anew takes the place of what it handed over before. Throws a LaunchError, and
 * then nothing was changed, for a folder with keys that are not this organisation's to have.
 */
export async function makeOwnKeys(
  directory: string,
  organisation: string,
  { origin, hub }: { readonly origin: KeyOrigin; readonly hub?: string },
): Promise<OwnKeys> {
  const foreign = [
    KEY_FILES.grantPrivate,
    KEY_FILES.grantNext,
    KEY_FILES.logPrivate,
    KEY_FILES.databaseSecret,
  ];
  const found = foreign.filter((name) => existsSync(join(directory, name)));
  if (found.length > 0) {
    throw new LaunchError(
      `${directory} has keys of the hub (${found.join(", ")}). An organisation makes its own in a folder of its own.`,
    );
  }
  const ofHub = hub === undefined ? [] : OF_THE_HUB.map((name) => [name, readOfHub(hub, name)] as const);
  const made: string[] = [];
  const make = (name: string, content: object): void => {
    writeKeyFileOnce(directory, name, withOrigin(content, origin));
    made.push(name);
  };
  const isMissing = (name: string): boolean => !existsSync(join(directory, name));
  const pseudonym = KEY_FILES.pseudonym(organisation);
  const [privateFile, publicFile] = [
    KEY_FILES.checkpointPrivate(organisation),
    KEY_FILES.checkpointPublic(organisation),
  ];
  if (isMissing(pseudonym)) make(pseudonym, { version: 1, key: newSecret() });
  if (isMissing(privateFile)) {
    make(privateFile, await toJwk(generateKeyPairSync("ed25519").privateKey, "EdDSA"));
  }
  if (isMissing(publicFile)) {
    make(publicFile, { keys: [publicPart(readKeyFile(directory, privateFile) as JWK)] });
  }
  for (const [name, content] of ofHub) replaceKeyFile(directory, name, content);
  return {
    made,
    taken: ofHub.map(([name]) => name),
    lacking: OF_THE_HUB.filter(isMissing),
  };
}

/** What to tell whoever made them. */
export function ownKeysText(organisation: string, { made, taken, lacking }: OwnKeys): string {
  return [
    made.length === 0 ? "The keys were here already; nothing was made." : `Made: ${made.join(", ")}.`,
    ...(taken.length === 0 ? [] : [`Taken from the hub: ${taken.join(", ")}.`]),
    ...(lacking.length === 0 ? [] : [`Ask of the hub, and give with --hub FOLDER: ${lacking.join(", ")}.`]),
    `Hand over to the hub: ${KEY_FILES.checkpointPublic(organisation)}, by any way that shows that it is yours; and`,
    `${KEY_FILES.pseudonym(organisation)}, which is secret, to the register of families alone.`,
    `Stays here and nowhere else: ${KEY_FILES.checkpointPrivate(organisation)}.`,
    "Tell the hub your issuer, for its issuers file: docs/signing-in.md.",
  ].join("\n");
}
