// A log of some size for the verifier: written by the writer as a busy gateway does, over a year, with its checkpoints, the
// signatures and copies of the organisations, and its months sealed.

import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { createSigner } from "../../../shared/access-log/checkpoint";
import { KEY_FILES, readKeyFile } from "../../../shared/launch/key-files";
import type { Region } from "../../../shared/region/region";
import { inThePast, makeCheckpoint, type CheckpointSigners } from "../../kit/built-log";
import type { BenchOptions } from "../kit/benchmark";
import { openPool } from "../kit/connect";
import type { BenchDatabase } from "../kit/hub-database";
import { ENTRIES_OF, nthRequest } from "./requests";

const MONTHS = 12;
const DAYS_OF_A_MONTH = 30;
const FAMILIES = 4_000;
/** Requests under way at once: as a busy gateway, whose requests share their commits. */
const CONCURRENCY = 64;
/** Entries after which a checkpoint is made: some 200 a second, for the 50 seconds between two. */
const ENTRIES_PER_CHECKPOINT = 10_000;
const DEADLINE_MS = 60_000;

/** Folder with what organisations keep, for `--checkpoints`. */
const copiesIn = ({ folder }: BenchDatabase): string => join(folder, "copies");

/** Writes at least so many entries; resolves with the folder of the copies. */
export async function writeChainedLog(
  database: BenchDatabase,
  region: Region,
  entries: number,
  { say, signal }: BenchOptions,
): Promise<string> {
  const views = Math.ceil(entries / ENTRIES_OF.view);
  const months = Math.min(MONTHS, views);
  const logPool = openPool(database.workingUrl, 2);
  const owner = openPool(database.ownerUrl, 1);
  const signers = signersOf(database, region);
  try {
    for (let month = 0; month < months; month += 1) {
      const [first = 0, last = 0] = [month, month + 1].map((part) => Math.floor((part * views) / months));
      // The last part is of now.
      const back = `${(months - 1 - month) * DAYS_OF_A_MONTH} days`;
      await inThePast(owner, back, async () =>
        writeViews({ logPool, owner, signers, copies: copiesIn(database), signal }, first, last),
      );
      say(`  ${last * ENTRIES_OF.view} of ${views * ENTRIES_OF.view} entries`);
    }
    await logPool.query("select access_log.seal_months()");
    await keepCheckpoint(owner, signers, copiesIn(database));
    await owner.query("vacuum (analyze)");
  } finally {
    await Promise.all([logPool.end(), owner.end()]);
  }
  return copiesIn(database);
}

interface Desk {
  readonly logPool: Pool;
  readonly owner: Pool;
  readonly signers: CheckpointSigners;
  readonly copies: string;
  readonly signal: AbortSignal;
}

async function writeViews(
  { logPool, owner, signers, copies, signal }: Desk,
  first: number,
  last: number,
): Promise<void> {
  const writer = createAccessLogWriter(logPool, { deadlineMs: DEADLINE_MS });
  const perCheckpoint = Math.ceil(ENTRIES_PER_CHECKPOINT / ENTRIES_OF.view);
  for (let from = first; from < last; from += perCheckpoint) {
    const to = Math.min(from + perCheckpoint, last);
    let next = from;
    const keepWriting = async (): Promise<void> => {
      while (next < to) {
        signal.throwIfAborted();
        const { entries, context } = nthRequest("view", next, FAMILIES);
        next += 1;
        await writer.write(entries, context);
      }
    };
    const writing = Array.from({ length: CONCURRENCY }, keepWriting);
    await Promise.allSettled(writing);
    await Promise.all(writing);
    await keepCheckpoint(owner, signers, copies);
  }
}

/** Makes a checkpoint, and adds it to what each organisation keeps. */
async function keepCheckpoint(owner: Pool, signers: CheckpointSigners, copies: string): Promise<void> {
  mkdirSync(copies, { recursive: true });
  for (const { organisation, checkpoint, receivedAt, keyId, signature } of await makeCheckpoint(
    owner,
    signers,
  )) {
    const line = JSON.stringify({ checkpoint, receivedAt, keyId, signature });
    appendFileSync(join(copies, `${organisation}.jsonl`), `${line}\n`);
  }
}

function signersOf({ keysDirectory }: BenchDatabase, { organisations }: Region): CheckpointSigners {
  const signer = (file: string) => ({ signer: createSigner(readKeyFile(keysDirectory, file)) });
  return {
    hub: signer(KEY_FILES.logPrivate),
    organisations: new Map(
      organisations.map(({ code }) => [code, signer(KEY_FILES.checkpointPrivate(code))]),
    ),
  };
}
