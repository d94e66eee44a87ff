// Every service of docker-compose.yml starts with exactly its command and settings, against a real PostgreSQL and Redis.

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { settingName } from "../../shared/kernel/service-settings";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../shared/launch/embedded-postgres";
import { ensureHubDatabase } from "../../shared/launch/hub-databases";
import { GATEWAY_NODE_FLAGS } from "../../shared/launch/node-flags";
import { hasOwnProcess } from "../../shared/launch/organisation-systems";
import { loadRegion } from "../../shared/region/region";
import {
  COMPOSE_TEXT,
  readServices,
  runComposeService,
  type ComposeService,
  type Relocation,
  type RunningService,
} from "../kit/compose-file";
import { freePorts } from "../kit/free-ports";
import { ask, eventually, PROJECT_ROOT, type HubPlace } from "../kit/hub";
import { portOf } from "../kit/hub-place";
import { hasRedis, SAFE, startRedis, type TestRedis } from "../kit/redis";
import { makeTestFolder } from "../kit/test-folders";

jest.setTimeout(240_000);

const PASSWORDS = {
  SCHAKEL_OWNER_PASSWORD: "owner1",
  SCHAKEL_APP_PASSWORD: "app1",
  SCHAKEL_SOURCE_PASSWORD: "source1",
  SCHAKEL_REDIS_PASSWORD: "redis1",
};
const QUESTION =
  '{ family(id: "OVV-06") { id lokalis { carePlan { summary } } save { carePlan { summary } } } }';
/** Of the demo issuers, in the file. */
const ISSUER_PORT = "4009";
const services = readServices(PASSWORDS);
const region = loadRegion("utrecht");
/** The organisations of the region that take part in these containers. */
const served = region.organisations.map(({ code }) => code as string).filter((code) => code in services);
const ours = Object.entries(services).filter(([, { image }]) => image === "schakel");

describe("the file", () => {
  test.each(Object.keys(PASSWORDS))("does not start without %s, and says where to read about it", (name) => {
    expect(() => readServices({ ...PASSWORDS, [name]: "" })).toThrow(`${name}: see .env.example`);
    expect(readFileSync(join(PROJECT_ROOT, ".env.example"), "utf8")).toMatch(new RegExp(`^${name}=$`, "m"));
  });

  test("holds no secret of its own", () => {
    const secrets = COMPOSE_TEXT.split("\n").filter(
      (line) => /pass|auth:|:\/\/[^/]*:[^/]*@/i.test(line) && !line.trimStart().startsWith("#"),
    );
    expect(secrets.length).toBeGreaterThan(5);
    const unfilled = secrets.filter((line) => !/\$\{SCHAKEL_[A-Z]+_PASSWORD:\?/.test(line));
    expect(unfilled.map((line) => line.trim())).toEqual(["requirepass $$REDISCLI_AUTH"]);
  });

  test("puts no secret into a command, where everybody on the machine could read it", () => {
    const commands = Object.values(services).map(({ command, healthcheck }) => [command, healthcheck?.test]);
    for (const password of Object.values(PASSWORDS)) expect(JSON.stringify(commands)).not.toContain(password);
  });

  test("has the subgraphs of the hub, those of organisations with their systems, the gateway, the issuers of the demo, the keeper of the log, and two workers", () => {
    expect(ours.map(([name]) => name).toSorted()).toEqual(
      [
        ...served,
        ...region.hubSubgraphs,
        ...served
          .filter((code) => hasOwnProcess(join(PROJECT_ROOT, "dist"), code))
          .map((code) => `${code}-system`),
        "demo-issuer",
        "gateway",
        "log-keeper",
        "prepare",
        "worker",
      ].toSorted(),
    );
    expect(services["worker"]?.deploy?.replicas).toBe(2);
  });

  test("tells where each of its organisations is to all who ask them", () => {
    expect(served.length).toBeGreaterThan(1);
    for (const name of ["families", "log-keeper", "gateway"]) {
      const told = Object.keys(services[name]?.environment ?? {}).filter((key) =>
        region.organisations.some(({ code }) => key === `SCHAKEL_SUBGRAPH_URL_${settingName(code)}`),
      );
      expect(told).toEqual(served.map((code) => `SCHAKEL_SUBGRAPH_URL_${settingName(code)}`));
    }
  });

  test("checks the health of everything that keeps running, and publishes the gateway alone, to this machine", () => {
    const unchecked = Object.entries(services).filter(([, { healthcheck }]) => !healthcheck);
    expect(unchecked.map(([name]) => name)).toEqual(["prepare"]);
    const published = Object.entries(services).filter(([, { ports }]) => ports);
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([
      ["gateway", ["127.0.0.1:4000:4000"]],
    ]);
  });

  test("gives Redis the settings without which jobs could be lost", () => {
    const command = (services["redis"]?.command ?? []).join(" ");
    for (const [name, value] of Object.entries(SAFE)) {
      if (name !== "appendfsync") expect(command).toContain(`--${name} ${value}`);
    }
  });

  test("gives the owner's password to nobody but prepare and PostgreSQL", () => {
    const holders = Object.entries(services).filter(([, service]) =>
      JSON.stringify(service).includes(PASSWORDS.SCHAKEL_OWNER_PASSWORD),
    );
    expect(holders.map(([name]) => name)).toEqual(["postgres", "prepare"]);
  });

  test("is taken by docker compose, where there is one", () => {
    const client = spawnSync("docker", ["compose", "version"]);
    if (client.error || client.status !== 0) return;
    const { status, stderr } = spawnSync("docker", ["compose", "config", "--quiet"], {
      cwd: PROJECT_ROOT,
      encoding: "utf8",
      env: { ...process.env, ...PASSWORDS },
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("starts only what the image holds", () => {
    const ignored = readFileSync(join(PROJECT_ROOT, ".dockerignore"), "utf8").split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".env", ".git", "node_modules", ".schakel*"]));
    for (const [name, { command = [] }] of ours) {
      const started = command.find((word) => word.endsWith(".js"));
      expect({ name, started, exists: existsSync(join(PROJECT_ROOT, started ?? "")) }).toEqual(
        expect.objectContaining({ started: expect.stringMatching(/^dist\//), exists: true }),
      );
      const flags = command.slice(1, command.indexOf(started ?? ""));
      expect({ name, flags }).toEqual({ name, flags: name === "gateway" ? GATEWAY_NODE_FLAGS : [] });
    }
  });
});

(hasRedis() ? describe : describe.skip)("its services (with a redis-server of this machine)", () => {
  const folders: string[] = [];
  const running: RunningService[] = [];
  let postgres: EmbeddedPostgres;
  let redis: TestRedis;
  let place: HubPlace;
  let relocation: Relocation;
  let secondWorkerPort: string;

  beforeAll(async () => {
    const [port = 0, ...others] = await freePorts(24);
    place = { port, folder: makeTestFolder() };
    const dataDirectory = join(place.folder, "data");
    mkdirSync(dataDirectory);
    folders.push(place.folder);
    redis = await startRedis({ ...SAFE, requirepass: PASSWORDS.SCHAKEL_REDIS_PASSWORD });
    const postgresPort = others.at(-1) ?? 0;
    secondWorkerPort = String(others.at(-2));
    postgres = await startEmbeddedPostgres({
      projectRoot: PROJECT_ROOT,
      dataDirectory: join(place.folder),
      port: postgresPort,
      password: PASSWORDS.SCHAKEL_OWNER_PASSWORD,
    });
    await ensureHubDatabase(postgres.adminUrl("postgres"), "schakel");
    const ports = new Map([
      ["5432", String(postgresPort)],
      ["6379", new URL(redis.url).port],
    ]);
    for (let offset = 0; offset <= 18; offset++) ports.set(String(4000 + offset), String(port + offset));
    // The file gives the issuers a port that stays; who asks them for a token counts it from the organisations of the region.
    const counted = portOf(place, "issuer");
    ports.set(String(4000 + counted - port), ports.get(ISSUER_PORT) ?? "");
    ports.set(ISSUER_PORT, String(counted));
    relocation = { hosts: Object.keys(services), ports, dataDirectory };
  });

  afterAll(async () => {
    for (const service of running.toReversed()) await service.stop();
    await postgres?.stop();
    await redis?.remove();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const startOne = (name: string, service: ComposeService): void => {
    running.push(runComposeService(name, service, relocation));
    for (let replica = 1; replica < (service.deploy?.replicas ?? 1); replica++) {
      running.push(runComposeService(name, service, relocation, { SCHAKEL_WORKER_PORT: secondWorkerPort }));
    }
  };

  const untilHealthy = async (names: readonly string[]): Promise<void> => {
    for (const service of running.filter(({ name }) => names.includes(name))) {
      await eventually(
        `${service.name} to be healthy`,
        async () => {
          if (service.child.exitCode !== null) throw new Error(service.said());
          return (await service.healthy()) || undefined;
        },
        90_000,
      );
    }
  };

  test("prepare ends well, and once more when it is repeated", async () => {
    for (let round = 0; round < 2; round++) {
      const prepare = runComposeService("prepare", services["prepare"]!, relocation);
      await once(prepare.child, "exit");
      expect({
        code: prepare.child.exitCode,
        said: prepare.child.exitCode === 0 ? "" : prepare.said(),
      }).toEqual({ code: 0, said: "" });
    }
  });

  test("all others are healthy by their own checks, in the order of the file", async () => {
    const waiting = new Map(ours.filter(([name]) => name !== "prepare"));
    const healthy = new Set(["prepare", "postgres", "redis"]);
    while (waiting.size > 0) {
      const next = [...waiting].filter(([, { depends_on }]) =>
        Object.keys(depends_on ?? {}).every((name) => healthy.has(name)),
      );
      expect(next.length).toBeGreaterThan(0);
      for (const [name, service] of next) startOne(name, service);
      const names = next.map(([name]) => name);
      await untilHealthy(names);
      for (const name of names) {
        healthy.add(name);
        waiting.delete(name);
      }
    }
    expect(running.filter(({ name }) => name === "worker")).toHaveLength(2);
  });

  test("the gateway answers a question to two organisations and the registers", async () => {
    // The first questions to fresh processes on a busy machine may find a source late.
    const { status, body } = await eventually("an answer of every source", async () => {
      const answer = await ask(place, { persona: "lokalis.worker", purpose: "CARE", query: QUESTION });
      return (answer.body.extensions?.["unavailable"] as unknown[] | undefined)?.length === 0
        ? answer
        : undefined;
    });
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({ family: { id: "OVV-06", lokalis: { carePlan: {} } } });
  });
});
