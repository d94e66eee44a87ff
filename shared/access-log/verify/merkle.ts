// Merkle trees as in RFC 6962, section 2.1: the root over leaves, and the path that proves that a leaf is under a root.

import { sha256 } from "./format";

/** A step from a leaf to the root: the hash beside the path, and on which side it stands. */
export interface PathStep {
  readonly side: "LEFT" | "RIGHT";
  readonly hash: string;
}

const HASH_BYTES = 32;

const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

function nodeHash(left: string, right: string): string {
  node.write(left, 1, "hex");
  node.write(right, 1 + HASH_BYTES, "hex");
  return sha256(node);
}

/** One level up: pairs from the left, one that is left over goes up as it is. */
function parentsOf(level: readonly string[]): string[] {
  const parents: string[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index];
    const right = level[index + 1];
    if (left !== undefined) parents.push(right === undefined ? left : nodeHash(left, right));
  }
  return parents;
}

/** The root over one or more leaves. */
export function merkleRoot(leaves: readonly string[]): string {
  let level = leaves;
  while (level.length > 1) level = parentsOf(level);
  const [root] = level;
  if (root === undefined) throw new RangeError("A tree has a leaf.");
  return root;
}

/** The path from the leaf at `index` to the root. */
export function merklePath(leaves: readonly string[], index: number): PathStep[] {
  const path: PathStep[] = [];
  let place = index;
  for (let level = leaves; level.length > 1; level = parentsOf(level)) {
    const side = place % 2 === 0 ? "RIGHT" : "LEFT";
    const beside = level[side === "RIGHT" ? place + 1 : place - 1];
    if (beside !== undefined) path.push({ side, hash: beside });
    place = Math.floor(place / 2);
  }
  return path;
}

/** The root to which a leaf and a path lead. */
export const rootOfPath = (leaf: string, path: readonly PathStep[]): string =>
  path.reduce(
    (hash, { side, hash: beside }) => (side === "LEFT" ? nodeHash(beside, hash) : nodeHash(hash, beside)),
    leaf,
  );
