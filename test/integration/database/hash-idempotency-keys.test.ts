// Keys of repeats that stand in a database as they were typed become hashes, and go on to recognise their repeat.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "../../../shared/database/idempotency";
import { migrate } from "../../../shared/database/migrate";
import { inTransaction } from "../../../shared/database/pool";
import { toWorkerId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import { prepareQueueDatabase } from "../../../shared/queue/prepare";
import { withDatabase } from "../../kit/database";
import { PROJECT_ROOT } from "../../kit/hub";

const MIGRATIONS = join(PROJECT_ROOT, "shared", "database", "migrations");
const WORKER = toWorkerId("lokalis.worker");
/** As a careless client may have put it. */
const TYPED = "toestemming Chantal Smit 26-11";

const database = withDatabase("empty");
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "schakel-migrations-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

async function migrateWith(isMeant: (file: string) => boolean): Promise<void> {
  for (const file of (await readdir(MIGRATIONS)).filter(isMeant)) {
    cpSync(join(MIGRATIONS, file), join(directory, file));
  }
  await migrate({
    ownerUrl: database.ownerUrl,
    workingUrl: database.workingUrl,
    directory,
    log: createLogger("test", "silent"),
    afterMigrations: prepareQueueDatabase,
  });
}

const keys = async (): Promise<string[]> =>
  (await database.owner.query<{ key: string }>("select key from hub.idempotency order by key")).rows.map(
    ({ key }) => key,
  );

/** Sends the request that had the key; says whether it was done. */
async function send(input: object): Promise<{ result: unknown; done: boolean }> {
  let done = false;
  const request = { worker: WORKER, key: TYPED, operation: "recordConsent", input };
  const result = await inTransaction(database.pool, (client) =>
    once(client, request, () => {
      done = true;
      return Promise.resolve({ id: "new" });
    }),
  );
  return { result, done };
}

test("a key that was kept as it was typed is kept as a hash, and its repeat is still a repeat", async () => {
  await migrateWith((file) => file < "0018");
  // What `once` wrote then.
  await database.owner.query(
    `insert into hub.idempotency (worker_id, key, operation, request_hash, result)
     values ($1, $2, 'recordConsent', encode(sha256(convert_to('["recordConsent",{"one":1}]', 'UTF8')), 'hex'), '{"id":"first"}')`,
    [WORKER, TYPED],
  );
  await migrateWith(() => true);
  expect(await keys()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(await send({ one: 1 })).toEqual({ result: { id: "first" }, done: false });
  await expect(send({ one: 2 })).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  expect(await keys()).toHaveLength(1);
});

test("a key as it was typed cannot be kept any more", async () => {
  const typed = database.owner.query(
    `insert into hub.idempotency (worker_id, key, operation, request_hash, result) values ($1, $2, 'x', 'y', '{}')`,
    [WORKER, TYPED],
  );
  await expect(typed).rejects.toMatchObject({ code: "23514", constraint: "idempotency_key_hashed" });
});
