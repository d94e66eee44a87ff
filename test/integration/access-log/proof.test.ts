// The proof of one entry holds for as long as nothing of it is changed.

import { checkProof, makeProof, type Proof } from "../../../shared/access-log/verify/proof";
import { buildLog, makeCheckpoint } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { someLogKeys } from "../../kit/log-keys";

const database = withDatabase();
const keys = someLogKeys();

beforeAll(async () => {
  await buildLog(database.pool, 90, 13);
  await makeCheckpoint(database.pool, keys, 4);
  await makeCheckpoint(database.pool, keys);
});

async function proofOf(position: number): Promise<Proof> {
  const client = await database.pool.connect();
  try {
    return JSON.parse(JSON.stringify(await makeProof(client, String(position)))) as Proof;
  } finally {
    client.release();
  }
}

test("every entry of a log can be proved, up to the next checkpoint and no further", async () => {
  for (let position = 1; position <= 90; position++) {
    const proof = await proofOf(position);
    expect(checkProof(proof, keys.verifying)).toEqual({ faults: [], signedBy: ["lokalis", "save"] });
    expect(proof.checkpoint.batch).toBe(position <= 52 ? 4 : 7);
  }
}, 60_000);

test.each<[string, (proof: Proof) => unknown, RegExp]>([
  [
    "a value of the entry",
    (proof) => ({ ...proof, entry: { ...proof.entry, worker: "another" } }),
    /not one that its batch/,
  ],
  ["a processing line", (proof) => ({ ...proof, lines: [] }), /not one that its batch/],
  ["the path", (proof) => ({ ...proof, path: proof.path.slice(1) }), /not one that its batch/],
  ["a batch", (proof) => ({ ...proof, batches: proof.batches.slice(0, 1) }), /do not lead to the checkpoint/],
  [
    "the checkpoint",
    (proof) => ({ ...proof, checkpoint: { ...proof.checkpoint, batch: 9 } }),
    /not signed by the hub/,
  ],
  [
    "a signature of an organisation",
    (proof) => ({
      ...proof,
      countersignatures: proof.countersignatures.map((one) => ({ ...one, organisation: "save" })),
    }),
    /signature of save is not its own/,
  ],
  ["everything", () => ({}), /not a proof/],
])("proves nothing when %s was changed", async (_, change, reason) => {
  const { faults } = checkProof(change(await proofOf(31)), keys.verifying);
  expect(faults.join(" ")).toMatch(reason);
});

test("proves nothing to who has other keys of the hub", async () => {
  const others = someLogKeys().verifying;
  expect(checkProof(await proofOf(31), others).faults).toContain("The checkpoint is not signed by the hub.");
});
