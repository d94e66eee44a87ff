// In production the hub works over an encrypted, verified connection to PostgreSQL, and over no other.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPool } from "../../../shared/database/pool";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../../shared/launch/embedded-postgres";
import { ensureHubDatabase } from "../../../shared/launch/hub-databases";
import { ensureKeys } from "../../../shared/launch/keys";
import { loadRegion } from "../../../shared/region/region";
import { freePort } from "../../kit/free-ports";
import { eventually, PROJECT_ROOT } from "../../kit/hub";
import { inDays, makeAuthority, type Authority } from "../../kit/test-ca/authority";
import { makeTestFolder } from "../../kit/test-folders";

const PASSWORD = "0wner-of-the-tables";
let folder = "";
let port = 0;
let authority: Authority;
let server: EmbeddedPostgres | undefined;

const start = async (settings: Readonly<Record<string, string>> = {}): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({
    projectRoot: PROJECT_ROOT,
    dataDirectory: folder,
    port,
    password: PASSWORD,
    settings,
  });

beforeAll(async () => {
  folder = makeTestFolder();
  port = await freePort();
  // The first start makes the folder that belongs to the server's user, in which its key must lie.
  server = await start();
  await server.stop();
  const data = join(folder, "postgres", "data");
  authority = await makeAuthority();
  const { cert, key } = await authority.issue({ name: "db.example", use: "server", notAfter: inDays(1) });
  const { uid, gid } = statSync(data);
  for (const [name, text] of [
    ["server.crt", cert],
    ["server.key", key],
  ] as const) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    chownSync(join(data, name), uid, gid);
  }
  writeFileSync(join(folder, "ca.crt"), authority.cert);
  writeFileSync(join(folder, "other-ca.crt"), (await makeAuthority()).cert);
  server = await start({ ssl: "on", ssl_cert_file: "server.crt", ssl_key_file: "server.key" });
  await ensureHubDatabase(server.adminUrl("postgres"), "hub");
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The owner's URL, with the authority of this file, for what is verified. */
function verified(file = "ca.crt"): string {
  const url = new URL(server?.adminUrl("hub") ?? "");
  url.searchParams.set("sslmode", "verify-full");
  url.searchParams.set("sslrootcert", join(folder, file));
  return url.toString();
}

const working = (): string => {
  const url = new URL(verified());
  url.username = "hub_app";
  url.password = "w0rking";
  return url.toString();
};

/** Whether the connection of one query is encrypted; rejects when there is none. */
async function isEncrypted(connectionString: string): Promise<boolean> {
  const pool = createPool({ connectionString, max: 1, applicationName: "tests" });
  try {
    const { rows } = await pool.query<{ ssl: boolean }>(
      "select ssl from pg_stat_ssl where pid = pg_backend_pid()",
    );
    return rows[0]?.ssl ?? false;
  } finally {
    await pool.end();
  }
}

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** Starts a program of the hub in production. */
function run(script: string, words: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["--import", "tsx", join(PROJECT_ROOT, script), ...words], {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { ended: once(child, "close").then(([code]) => code as number | null), said: () => said };
}

test("a server that the authority vouches for is worked with over TLS", async () => {
  await expect(isEncrypted(verified())).resolves.toBe(true);
});

test("a server that another authority vouches for is not", async () => {
  await expect(isEncrypted(verified("other-ca.crt"))).rejects.toThrow(/certificate/);
});

test("nor one that is called otherwise than its certificate says", async () => {
  const data = join(folder, "postgres", "data");
  const elsewhere = await authority.issue({
    name: "elsewhere.example",
    use: "server",
    isElsewhere: true,
    notAfter: inDays(1),
  });
  const { uid, gid } = statSync(data);
  mkdirSync(join(data, "elsewhere"));
  for (const [name, text] of Object.entries(elsewhere)) {
    writeFileSync(join(data, "elsewhere", name), text, { mode: 0o600 });
    chownSync(join(data, "elsewhere", name), uid, gid);
  }
  chownSync(join(data, "elsewhere"), uid, gid);
  await server?.stop();
  server = await start({ ssl: "on", ssl_cert_file: "elsewhere/cert", ssl_key_file: "elsewhere/key" });
  await expect(isEncrypted(verified())).rejects.toThrow(/altnames|does not match/i);
  await server.stop();
  server = await start({ ssl: "on", ssl_cert_file: "server.crt", ssl_key_file: "server.key" });
});

test("without TLS, or with TLS that is not verified, nothing starts", async () => {
  const open = server?.adminUrl("hub") ?? "";
  for (const url of [open, `${open}?sslmode=no-verify`]) {
    const { ended, said } = run("shared/database/main.ts", [], {
      MIGRATION_DATABASE_URL: url,
      DATABASE_URL: url,
    });
    expect(await ended).toBe(2);
    expect(said()).toMatch(/MIGRATION_DATABASE_URL: [^"]*verify-full[^]*DATABASE_URL: [^"]*verify-full/);
    expect(said()).not.toContain(PASSWORD);
  }
});

test("the tables are brought to shape, and referrals are delivered, over TLS alone", async () => {
  const migrated = run("shared/database/main.ts", [], {
    MIGRATION_DATABASE_URL: verified(),
    DATABASE_URL: working(),
  });
  expect({ code: await migrated.ended, said: migrated.said() }).toMatchObject({ code: 0 });
  const keys = join(folder, "keys");
  await ensureKeys(keys, loadRegion("utrecht"), { origin: "OWN", elsewhere: new Set() });
  const workerPort = await freePort();
  const worker = run("subgraphs/referrals/main.ts", ["work"], {
    DATABASE_URL: working(),
    SCHAKEL_KEYS_DIR: keys,
    SCHAKEL_WORKER_PORT: String(workerPort),
  });
  await eventually(
    "the worker to be ready",
    async () => {
      if (started.at(-1)?.exitCode != null) throw new Error(worker.said());
      return (await fetch(`http://127.0.0.1:${workerPort}/ready`)).ok ? true : undefined;
    },
    60_000,
  );
  const pool = createPool({ connectionString: verified(), max: 1, applicationName: "tests" });
  try {
    const { rows } = await pool.query<{ ssl: boolean; queue: boolean }>(
      "select s.ssl, a.application_name like 'schakel-queue%' as queue from pg_stat_activity a join pg_stat_ssl s using (pid) where a.usename = 'hub_app'",
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ ssl }) => !ssl)).toEqual([]);
    expect(rows.some(({ queue }) => queue)).toBe(true);
  } finally {
    await pool.end();
  }
});
