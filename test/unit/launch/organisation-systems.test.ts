// Who is told what: an organisation's system nothing of the hub, its subgraph nothing of the system's database.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nameDatabases } from "../../../shared/launch/hub-databases";
import { KEY_FILES, writeKeyFileOnce } from "../../../shared/launch/key-files";
import { planServices, type Service } from "../../../shared/launch/services";
import { readLauncherSettings } from "../../../shared/launch/settings";
import { welcomeText } from "../../../shared/launch/welcome";
import { makeTestFolder } from "../../kit/test-folders";

const KINDS = { "veilig-thuis": "rest", save: "soap", wss: "files, format: csv" } as const;

/** A compiled project in which some organisations have a system that is a process, and settings to run it with. */
function project(env: Record<string, string>, kinds: Record<string, string>) {
  const folder = makeTestFolder();
  const keys = join(folder, "keys");
  mkdirSync(keys);
  writeKeyFileOnce(keys, KEY_FILES.databaseSecret, { secret: "c2VjcmV0" });
  for (const [organisation, kind] of Object.entries(kinds)) {
    const subgraph = join(folder, "subgraphs", organisation);
    for (const part of ["demo", "mapping"]) mkdirSync(join(subgraph, part), { recursive: true });
    writeFileSync(join(subgraph, "demo", "main.js"), "");
    writeFileSync(join(subgraph, "mapping", "mapping.yaml"), `source: { kind: ${kind} }\n`);
  }
  const settings = readLauncherSettings({
    SCHAKEL_PORT: "21000",
    SCHAKEL_DATA_DIR: folder,
    SCHAKEL_KEYS_DIR: keys,
    ...env,
  });
  return { folder, keys, settings };
}

function plan(env: Record<string, string> = {}, kinds: Record<string, string> = KINDS): Service[] {
  const { folder, keys, settings } = project(env, kinds);
  const organisations = settings.region.organisations.map(({ code }) => code as string);
  const databases = nameDatabases("postgresql://owner:w@127.0.0.1:5432/schakel", keys, organisations);
  return planServices({ settings, databases, distFolder: folder });
}

const named = (services: readonly Service[], name: string): Service => {
  const found = services.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not started.`);
  return found;
};

test("a system is started before everything else, and told nothing of the hub", () => {
  const services = plan();
  const systems = services.filter(({ name }) => name.endsWith("-system"));
  expect(services.slice(0, 3)).toEqual(systems);
  expect(systems.map(({ name }) => name)).toEqual(["veilig-thuis-system", "save-system", "wss-system"]);
  for (const { env } of systems) {
    expect(Object.keys(env).filter((name) => !name.startsWith("SYSTEM_"))).toEqual([]);
    expect(env["SYSTEM_HOST"]).toBe("127.0.0.1");
  }
});

test("a subgraph knows how to reach its system, and not the database of that system", () => {
  const services = plan();
  for (const organisation of Object.keys(KINDS)) {
    const { env, seedEnv } = named(services, organisation);
    const { env: system } = named(services, `${organisation}-system`);
    expect(env).not.toHaveProperty("SOURCE_DATABASE_URL");
    expect(Object.values(env)).not.toContain(system["SYSTEM_DATABASE_URL"]);
    expect(seedEnv).toEqual({ SOURCE_DATABASE_URL: system["SYSTEM_DATABASE_URL"] });
  }
  const systemOf = (name: string) => `http://127.0.0.1:${named(services, `${name}-system`).port}`;
  const secretOf = (name: string) => named(services, `${name}-system`).env["SYSTEM_SECRET"];
  expect(named(services, "veilig-thuis").env).toMatchObject({
    SOURCE_URL: systemOf("veilig-thuis"),
    SOURCE_CLIENT_SECRET: secretOf("veilig-thuis"),
  });
  expect(named(services, "save").env).toMatchObject({
    SOURCE_URL: `${systemOf("save")}/soap`,
    SOURCE_PASSWORD: secretOf("save"),
  });
  expect(named(services, "wss").env).toMatchObject({
    SOURCE_FOLDER: named(services, "wss-system").env["SYSTEM_FOLDER"],
  });
  expect(secretOf("save")).not.toBe(secretOf("wss"));
});

test("an organisation without a process of its own is read from its database", () => {
  const { env } = named(plan(), "lokalis");
  expect(env["SOURCE_DATABASE_URL"]).toMatch(/\/lokalis$/);
  expect(plan({}, {}).filter(({ name }) => name.endsWith("-system"))).toEqual([]);
});

test("no two processes share a port", () => {
  const ports = plan().map(({ port }) => port);
  expect(new Set(ports).size).toBe(ports.length);
});

test("of an organisation that runs elsewhere the system is not started here either", () => {
  const elsewhere = { SCHAKEL_SUBGRAPH_URL_SAVE: "http://save.example/graphql" };
  expect(plan(elsewhere).map(({ name }) => name)).not.toContain("save-system");
});

test("who starts the hub reads which system each organisation runs", () => {
  const elsewhere = { SCHAKEL_SUBGRAPH_URL_SAVE: "http://save.example/graphql" };
  const { folder, settings } = project(elsewhere, { ...KINDS, rvdk: "files, format: xml" });
  const nameOf = (code: string) => settings.region.organisations.find((one) => one.code === code)?.name;
  const told = new Map(
    welcomeText(settings, {}, folder)
      .split("\n")
      .map((line) => line.replace(/^ +(Systems)? +/, "").split(/ {2,}/, 2) as [string, string]),
  );
  const ways = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"].map((code) => told.get(nameOf(code) ?? ""));
  expect(ways).toEqual(["PostgreSQL", "REST", undefined, "XML", "CSV"]);
});
