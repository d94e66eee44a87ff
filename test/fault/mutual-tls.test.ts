// A whole hub over mutual TLS, started as an operator does: views, the log's checkpoints and the comparison with the sources
// go on as ever, nobody without a certificate is answered, and certificates are renewed while it runs.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_REGION, loadRegion, subgraphNames } from "../../shared/region/region";
import { ask, eventually, PROJECT_ROOT, TestHub, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { subgraphPortOf } from "../kit/hub-place";
import { postWith } from "../kit/tls-subgraph";

jest.setTimeout(300_000);

/** Certificates that were renewed are taken up within this time, with room for a slow machine. */
const TAKEN_UP_MS = 5_000;

let folder: string;
const region = loadRegion(DEFAULT_REGION);
let hub: TestHub;

const makeCertificates = () =>
  spawnSync(
    process.execPath,
    [join(PROJECT_ROOT, "node_modules", "tsx", "dist", "cli.mjs"), "test/kit/test-ca/main.ts", folder],
    { cwd: PROJECT_ROOT, encoding: "utf8" },
  );
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-hub-tls-"));
  expect(makeCertificates()).toMatchObject({ status: 0, stderr: "" });
  hub = await TestHub.start({ SCHAKEL_TLS_DIR: folder });
});
afterAll(async () => {
  await hub.remove();
  rmSync(folder, { recursive: true });
});

const look = (): Promise<Answer> =>
  ask(hub.place, {
    persona: "lokalis.worker",
    purpose: "CARE",
    query: `{ family(id: "OVV-06") { id lokalis { carePlan { summary } } save { involvement { since } } } }`,
  });
const expectWhole = ({ status, body }: Answer): void => {
  expect([status, body.errors, body.extensions?.["unavailable"]]).toEqual([200, undefined, []]);
};

test("a family is shown from several sources", async () => {
  expectWhole(await look());
});

test("no subgraph says anything without TLS, or without a certificate", async () => {
  for (const name of subgraphNames(region)) {
    const place = `127.0.0.1:${subgraphPortOf(hub.place, name)}`;
    for (const path of ["/graphql", "/health", "/ready", "/checkpoints", "/deliveries"]) {
      await expect(fetch(`http://${place}${path}`)).rejects.toThrow();
      expect(await postWith(`https://${place}${path}`, {}, { ca: read("ca.crt") })).toHaveProperty("failure");
    }
  }
});

test("organisations keep the checkpoints of the log", async () => {
  await eventually(
    "a word of every organisation",
    async () =>
      asOwner(hub.place, async (owner) => {
        const { rows } = await owner.query<{ keepers: number }>(
          "select count(distinct organisation)::int as keepers from access_log.countersignature",
        );
        return rows[0]?.keepers === region.organisations.length || undefined;
      }),
    120_000,
  );
});

test("the log is compared with what the sources wrote down", () => {
  const main = join(PROJECT_ROOT, "dist", "subgraphs", "access-log", "source", "command", "main.js");
  const env = {
    PATH: process.env["PATH"] ?? "",
    SCHAKEL_PORT: String(hub.place.port),
    SCHAKEL_DATA_DIR: join(hub.place.folder, "data"),
  };
  const run = (more: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, [main, "reconcile"], { encoding: "utf8", env: { ...env, ...more } });
  expect(run({ SCHAKEL_TLS_DIR: folder })).toMatchObject({ status: 0 });
  expect(run({}).stdout).toContain("it did not answer");
});

test("certificates are renewed while it is asked, and no answer has a gap", async () => {
  const before = read("gateway.crt");
  const stopping = new AbortController();
  const load = (async () => {
    let answers = 0;
    while (!stopping.signal.aborted) {
      expectWhole(await look());
      answers += 1;
    }
    return answers;
  })();
  expect(makeCertificates()).toMatchObject({ status: 0, stderr: "" });
  expect(read("gateway.crt")).not.toBe(before);
  await sleep(TAKEN_UP_MS);
  stopping.abort();
  expect(await load).toBeGreaterThan(0);
  expectWhole(await look());
});
