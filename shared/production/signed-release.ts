// In production a gateway takes only a supergraph and a set of rules that somebody signed.

import { isProduction, type Place } from "./place";

/** For readSettings: keys that may sign a release are named with a release, and in production they are. */
export function signedRelease(
  valid: Place & {
    readonly SCHAKEL_RELEASE_KEYS?: string | undefined;
    readonly SCHAKEL_RELEASE?: string | undefined;
  },
): string[] {
  const { SCHAKEL_RELEASE_KEYS: keys, SCHAKEL_RELEASE: release } = valid;
  if (keys !== undefined && release === undefined) {
    return ["SCHAKEL_RELEASE: is needed beside SCHAKEL_RELEASE_KEYS; npm run release -- sign makes it"];
  }
  if (keys === undefined && release !== undefined) {
    return ["SCHAKEL_RELEASE_KEYS: is needed beside SCHAKEL_RELEASE; without keys no signature is looked at"];
  }
  if (!isProduction(valid) || keys !== undefined) return [];
  return [
    "SCHAKEL_RELEASE_KEYS: is needed in production; it names the keys that may sign the supergraph and the rules",
  ];
}
