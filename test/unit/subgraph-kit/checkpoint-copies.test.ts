// An organisation's copy of the checkpoints: what the hub signed, in order, once, on disk before it is confirmed.

import { randomUUID } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  isCountersignature,
  signCheckpoint,
  type Checkpoint,
  type SignedCheckpoint,
} from "../../../shared/access-log/checkpoint";
import { openCheckpointCopies, type CheckpointCopies } from "../../../shared/subgraph-kit/checkpoint-copies";
import { aKeyPair } from "../../kit/log-keys";

const hub = aKeyPair("hub-1");
const own = aKeyPair("lokalis-1");
const LOG = randomUUID();

const checkpoint = (batch: number, parts: Partial<Checkpoint> = {}, signer = hub.signer): SignedCheckpoint =>
  signCheckpoint(
    {
      logId: LOG,
      batch,
      lastPosition: batch * 10,
      hash: batch.toString(16).padStart(64, "0"),
      madeAt: "2026-06-12T08:00:00.000000Z",
      ...parts,
    },
    signer,
  );

let folder: string;
let opened: CheckpointCopies[];
const open = async (): Promise<CheckpointCopies> => {
  const copies = await openCheckpointCopies({
    directory: join(folder, "copies"),
    organisation: "lokalis",
    signer: own.signer,
    hub: hub.keys,
  });
  opened.push(copies);
  return copies;
};
const file = (): string => join(folder, "copies", "lokalis.jsonl");
const batchesKept = (): number[] =>
  readFileSync(file(), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { checkpoint: Checkpoint }).checkpoint.batch);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-copies-"));
  opened = [];
});
afterEach(async () => {
  for (const one of opened) await one.close().catch(() => undefined);
  rmSync(folder, { recursive: true });
});

test("keeps a checkpoint with the organisation's signature, and gives that", async () => {
  const copies = await open();
  const word = await copies.keep(checkpoint(1));
  expect(isCountersignature("lokalis", checkpoint(1), word, own.keys)).toBe(true);
  expect(isCountersignature("save", checkpoint(1), word, own.keys)).toBe(false);
  expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual({ checkpoint: checkpoint(1), ...word });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test("keeps them in order, also after a restart and when several come at once", async () => {
  const copies = await open();
  await Promise.all([1, 2, 5].map((batch) => copies.keep(checkpoint(batch))));
  await copies.close();
  const again = await open();
  await again.keep(checkpoint(9));
  expect(batchesKept()).toEqual([1, 2, 5, 9]);
});

test("gives the word of then for one that it has, and writes nothing", async () => {
  const copies = await open();
  const words = [await copies.keep(checkpoint(1)), await copies.keep(checkpoint(2))];
  expect(await copies.keep(checkpoint(1))).toEqual(words[0]);
  expect(await copies.keep(checkpoint(2))).toEqual(words[1]);
  expect(batchesKept()).toEqual([1, 2]);
});

test.each<[string, () => unknown, string]>([
  ["what is no checkpoint", () => ({ batch: 3 }), "MALFORMED"],
  ["one that somebody else signed", () => checkpoint(3, {}, aKeyPair("hub-1").signer), "NOT_SIGNED"],
  [
    "one of which a part was changed after signing",
    () => ({ ...checkpoint(3), lastPosition: 31 }),
    "NOT_SIGNED",
  ],
  ["another one of a batch that it has", () => checkpoint(2, { hash: "f".repeat(64) }), "CONTRADICTS_COPY"],
  ["one of a batch before the last that it never had", () => checkpoint(1), "CONTRADICTS_COPY"],
  ["a later batch of a log that is no longer", () => checkpoint(3, { lastPosition: 20 }), "CONTRADICTS_COPY"],
  ["one of another log", () => checkpoint(3, { logId: randomUUID() }), "CONTRADICTS_COPY"],
])("does not take %s", async (_, given, reason) => {
  const copies = await open();
  await copies.keep(checkpoint(2));
  await expect(copies.keep(given())).rejects.toMatchObject({ name: "CheckpointRefused", reason });
  expect(batchesKept()).toEqual([2]);
});

test("cuts off a line that a crash left half written, and goes on", async () => {
  const copies = await open();
  await copies.keep(checkpoint(1));
  await copies.close();
  appendFileSync(file(), JSON.stringify({ checkpoint: checkpoint(2) }).slice(0, 40));
  const again = await open();
  await again.keep(checkpoint(2));
  expect(batchesKept()).toEqual([1, 2]);
});

test("does not open a file in which something else stands", async () => {
  await (await open()).close();
  writeFileSync(file(), '{"checkpoint":{}}\n');
  await expect(open()).rejects.toThrow();
});
