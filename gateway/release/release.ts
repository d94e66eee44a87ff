// A release: the supergraph, the set of rules and the region that somebody has approved, file by file, under a signature. A
// gateway that knows who may sign takes nothing else, so that who can write its files cannot change what it decides by.

import { z } from "zod";
import { sha256Hex } from "../../shared/kernel/sha256";
import type { PolicyFiles } from "../policy-files";

/** `typ` of a signed release, so that nothing else that the same key signed can stand for one. */
export const RELEASE_TYPE = "schakel-release";

/** What a gateway decides by and plans with, as it was read. */
export interface ReleasedParts {
  readonly supergraph: string;
  /** Text of the file of the region: what each organisation is in law, until when, and who continues its work. */
  readonly region: string;
  readonly rules: PolicyFiles;
}

const ReleasedFile = z.strictObject({
  /** Path below the folder of the gateway; supergraph and region, which may lie elsewhere, by what they are. */
  name: z.string().min(1).max(200),
  /** SHA-256 of its text in UTF-8, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What is signed. */
export const Release = z.strictObject({
  policySet: z.string().min(1).max(100),
  files: z.array(ReleasedFile).min(1).max(1_000),
  /** When it was signed (ISO 8601). */
  signedAt: z.iso.datetime(),
});
export type Release = z.infer<typeof Release>;

/** Parts that are not what was signed, or a signature that does not hold: every fault is listed. */
export class ReleaseError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`This is no release that was signed:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "ReleaseError";
    this.faults = faults;
  }
}

/** The files of the parts, each with the digest of what was read of it. */
export function filesOf({ supergraph, region, rules }: ReleasedParts): Release["files"] {
  const folder = `privacy/policies/${rules.version}`;
  return [
    { name: "supergraph.graphql", sha256: sha256Hex(supergraph) },
    { name: "region.json", sha256: sha256Hex(region) },
    { name: `${folder}/schema.cedarschema`, sha256: sha256Hex(rules.schema) },
    ...rules.policies.map(({ name, text }) => ({ name: `${folder}/${name}`, sha256: sha256Hex(text) })),
  ];
}

/** In what the parts are not what was signed: files that differ, that are missing, and that were added. */
export function differencesFrom({ policySet, files }: Release, parts: ReleasedParts): string[] {
  const { version } = parts.rules;
  const present = new Map(filesOf(parts).map(({ name, sha256: digest }) => [name, digest]));
  const signed = new Map(files.map(({ name, sha256: digest }) => [name, digest]));
  return [
    ...(policySet === version
      ? []
      : [`the rules in use are ${version}, those that were signed ${policySet}`]),
    ...[...signed].flatMap(([name, digest]) => {
      const found = present.get(name);
      if (found === undefined) return [`${name} was signed and is not in use`];
      return found === digest ? [] : [`${name} is not as it was signed`];
    }),
    ...[...present.keys()].filter((name) => !signed.has(name)).map((name) => `${name} was not signed`),
  ];
}
