// The keeper: a checkpoint when there was traffic, handed to every organisation, in order, also when one was away.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { signCheckpoint } from "../../../shared/access-log/checkpoint";
import { createLogger } from "../../../shared/kernel/logger";
import { plainConnections } from "../../../shared/mutual-tls/connections";
import { openCheckpointCopies, type CheckpointCopies } from "../../../shared/subgraph-kit/checkpoint-copies";
import { addCheckpointRoute } from "../../../shared/subgraph-kit/checkpoint-route";
import { handOut, type CopyKeeper } from "../../../subgraphs/access-log/source/keep/hand-out";
import { startLogKeeper } from "../../../subgraphs/access-log/source/keep/keeper";
import { readKeepingState } from "../../../subgraphs/access-log/source/keep/keeper-state";
import { makeCheckpoint } from "../../../subgraphs/access-log/source/keep/make-checkpoint";
import { readCopies } from "../../../shared/access-log/verify/read-copies";
import { anEntry } from "../../kit/access-log-entries";
import { verifyIn } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";
import { freePort } from "../../kit/free-ports";
import { eventually } from "../../kit/hub";
import { someLogKeys } from "../../kit/log-keys";

/** More than a keeper has connections: none may be lost for good. */
const SESSIONS_ENDED = 10;

const database = withDatabase();
const keys = someLogKeys();
const log = createLogger("test", "silent");
const connections = plainConnections({});
afterAll(() => connections.close());
let folder: string;

/** An organisation's process, as far as checkpoints go; it can be away. */
class Organisation {
  readonly keeper: CopyKeeper;
  readonly #code: string;
  readonly #port: number;
  #server: Server | undefined;
  #copies: CheckpointCopies | undefined;

  constructor(code: string, port: number) {
    const pair = keys.organisations.get(code);
    if (!pair) throw new Error("No keys.");
    this.#code = code;
    this.#port = port;
    const url = new URL(`http://127.0.0.1:${port}/checkpoints`);
    this.keeper = { organisation: code, url, keys: pair.keys, connections };
  }

  async come(): Promise<void> {
    const pair = keys.organisations.get(this.#code);
    if (!pair) throw new Error("No keys.");
    const options = { directory: folder, organisation: this.#code, signer: pair.signer, hub: keys.hub.keys };
    this.#copies = await openCheckpointCopies(options);
    const app = express();
    addCheckpointRoute(app, this.#copies, log);
    this.#server = createServer(app).listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async go(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    await this.#copies?.close();
    this.#server = undefined;
  }
}

let lokalis: Organisation;
let save: Organisation;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-copies-"));
  lokalis = new Organisation("lokalis", await freePort());
  save = new Organisation("save", await freePort());
  await lokalis.come();
});
afterAll(async () => {
  await lokalis.go();
  await save.go();
  rmSync(folder, { recursive: true });
});

const traffic = () => createAccessLogWriter(database.pool).write([anEntry()]);
const keptBy = async (code: string): Promise<number[]> =>
  (await readCopies(folder)).copies
    .filter(({ organisation }) => organisation === code)
    .map(({ checkpoint }) => checkpoint.batch);

test("makes a checkpoint when there was traffic, and none when there was not", async () => {
  expect(await makeCheckpoint(database.pool, keys.hub.signer)).toBeUndefined();
  await traffic();
  expect(await makeCheckpoint(database.pool, keys.hub.signer)).toMatchObject({ batch: 1, lastPosition: 1 });
  expect(await makeCheckpoint(database.pool, keys.hub.signer)).toBeUndefined();
});

test("hands it over, and what an organisation that was away missed, later and in order", async () => {
  expect(await handOut(database.pool, lokalis.keeper)).toEqual({ handed: 1, failure: undefined });
  expect(await handOut(database.pool, save.keeper)).toEqual({ handed: 0, failure: "it did not answer" });
  for (let n = 0; n < 3; n++) {
    await traffic();
    await makeCheckpoint(database.pool, keys.hub.signer);
  }
  await handOut(database.pool, lokalis.keeper);
  expect(await readKeepingState(database.pool, ["lokalis", "save"])).toEqual({
    uncheckedSeconds: 0,
    behind: [{ organisation: "save", checkpoints: 4, since: expect.any(String) as string }],
  });
  await save.come();
  expect(await handOut(database.pool, save.keeper)).toEqual({ handed: 4, failure: undefined });
  expect(await keptBy("save")).toEqual([1, 2, 3, 4]);
  expect(await keptBy("lokalis")).toEqual([1, 2, 3, 4]);
  expect((await readKeepingState(database.pool, ["lokalis", "save"])).behind).toEqual([]);
});

test("an answer that was lost is asked again, and kept once", async () => {
  await traffic();
  const made = await makeCheckpoint(database.pool, keys.hub.signer);
  // The organisation kept it, and its word never came.
  await fetch(lokalis.keeper.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(made),
  });
  expect(await handOut(database.pool, lokalis.keeper)).toEqual({ handed: 1, failure: undefined });
  expect(await keptBy("lokalis")).toEqual([1, 2, 3, 4, 5]);
});

test("does not take another's signature for the organisation's own", async () => {
  const posing = { ...save.keeper, url: lokalis.keeper.url };
  expect(await handOut(database.pool, posing)).toEqual({
    handed: 0,
    failure: "its signature is not its own",
  });
});

test("an organisation refuses a hub that tells another story", async () => {
  await handOut(database.pool, save.keeper);
  const { rows } = await database.owner.query<{ id: string }>("select id from access_log.log");
  const other = signCheckpoint(
    {
      logId: rows[0]?.id ?? "",
      batch: 5,
      lastPosition: 5,
      hash: "e".repeat(64),
      madeAt: "2026-06-12T08:00:00.000000Z",
    },
    keys.hub.signer,
  );
  const response = await fetch(save.keeper.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(other),
  });
  expect([response.status, await response.json()]).toEqual([409, { refused: "CONTRADICTS_COPY" }]);
});

test("what organisations keep verifies against the log", async () => {
  const { copies, faults } = await readCopies(folder);
  expect(faults).toEqual([]);
  const report = await verifyIn(database.pool, { keys: keys.verifying, copies });
  expect(report).toMatchObject({ faults: [], checkpoints: 5, countersignatures: 10 });
});

/** What a keeper of both organisations is started with, apart from its port. */
const keeperSettings = () => ({
  databaseUrl: database.workingUrl,
  signer: keys.hub.signer,
  organisations: [lokalis.keeper, save.keeper],
  sources: [],
  employers: [],
  host: "127.0.0.1",
  log,
  everyMs: 50,
});

/** Process ids of the sessions that hold the lock of the keepers. */
const leaders = async (): Promise<number[]> => {
  const { rows } = await database.owner.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and objid = 72317002 and granted
       and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows.map(({ pid }) => pid);
};

/** Both organisations keep a checkpoint of everything that was written so far. */
const allKept = async (): Promise<true | undefined> => {
  const { rows } = await database.owner.query<{ kept: boolean }>(
    `select count(*) = 2 as kept from access_log.countersignature
     where batch = (select max(number) from access_log.batch)`,
  );
  return rows[0]?.kept === true ? true : undefined;
};

test("of two keepers one works, and the other takes over", async () => {
  const settings = keeperSettings();
  const ports = [await freePort(), await freePort()];
  const stops: (() => Promise<void>)[] = [];
  try {
    const stopFirst = await startLogKeeper({ ...settings, port: ports[0] ?? 0 });
    stops.push(stopFirst);
    await traffic();
    await eventually("a checkpoint of it", allKept);
    stops.push(await startLogKeeper({ ...settings, port: ports[1] ?? 0 }));
    expect(await leaders()).toHaveLength(1);
    stops.shift();
    await stopFirst();
    await traffic();
    await eventually("a checkpoint of that", allKept);
    expect(await leaders()).toHaveLength(1);
    const ready = await eventually("an up-to-date keeper", async () => {
      const answer = await fetch(`http://127.0.0.1:${ports[1]}/ready`);
      const body = (await answer.json()) as { keeping: { uncheckedSeconds: number } };
      return body.keeping.uncheckedSeconds === 0 ? { status: answer.status, body } : undefined;
    });
    expect(ready).toEqual({
      status: 200,
      body: { status: "ready", missing: [], keeping: { uncheckedSeconds: 0, behind: [] } },
    });
  } finally {
    for (const stop of stops) await stop();
  }
  const kept = await keptBy("save");
  expect(kept).toEqual(await keptBy("lokalis"));
  expect(kept).toEqual(kept.toSorted((one, other) => one - other));
  expect(kept.length).toBeGreaterThanOrEqual(7);
});

test("a keeper goes on however often the database ends its session", async () => {
  const stop = await startLogKeeper({ ...keeperSettings(), port: await freePort() });
  try {
    for (let ends = 0; ends < SESSIONS_ENDED; ends++) {
      const pid = await eventually("a leader", async () => (await leaders())[0]);
      await database.owner.query("select pg_terminate_backend($1)", [pid]);
      await eventually("the end of its session", async () =>
        (await leaders()).includes(pid) ? undefined : true,
      );
    }
    await traffic();
    await eventually("a checkpoint of it", allKept);
    expect(await leaders()).toHaveLength(1);
  } finally {
    await stop();
  }
});
