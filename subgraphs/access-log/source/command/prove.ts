// prove and verify-proof: that one entry is in the log, in a file that proves it to whoever has the public keys.

import { readFile } from "node:fs/promises";
import {
  checkProof,
  makeProof,
  NoProof,
  type CheckedProof,
} from "../../../../shared/access-log/verify/proof";
import { keysDirectory } from "../../../../shared/kernel/service-settings";
import { atOneMoment, MissingFile, readKeys, withDatabase, type LogEnvironment } from "./surroundings";
import { BROKEN, FINE, print, say } from "./words";

/** Prints the proof of an entry as JSON, once it has been checked; gives the exit code. */
export async function prove(
  env: LogEnvironment,
  id: string,
  keysFolder: string | undefined,
): Promise<number> {
  const keys = await readKeys(keysFolder ?? keysDirectory(env));
  try {
    const proof = await withDatabase(env, async (client) => atOneMoment(client, () => makeProof(client, id)));
    print(JSON.stringify(proof, null, 2));
    // What was printed is checked as whoever gets it will.
    return tell(checkProof(JSON.parse(JSON.stringify(proof)), keys), say);
  } catch (error) {
    if (!(error instanceof NoProof)) throw error;
    say(error.message);
    return BROKEN;
  }
}

/** Checks a file with a proof, without the database; gives the exit code. Throws MissingFile when it cannot be read. */
export async function verifyProof(
  env: LogEnvironment,
  file: string,
  keysFolder: string | undefined,
): Promise<number> {
  const keys = await readKeys(keysFolder ?? keysDirectory(env));
  const text = await readFile(file, "utf8").catch(() => {
    throw new MissingFile(`${file} cannot be read.`);
  });
  return tell(checkProof(parsed(text), keys), print);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tell({ faults, signedBy }: CheckedProof, line: (text: string) => void): number {
  if (faults.length === 0) {
    const others = signedBy.length > 0 ? `, and signed for by ${signedBy.join(", ")}` : "";
    line(`Proved: the entry is in the log, under a checkpoint signed by the hub${others}.`);
    return FINE;
  }
  line("This proves nothing:");
  for (const fault of faults) line(`  - ${fault}`);
  return BROKEN;
}
