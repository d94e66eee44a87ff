// The secrets of a running hub stand neither in the arguments of a process, which everybody on the machine can read, nor
// in its log files.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KEY_FILES, readKeyFile } from "../../shared/launch/key-files";
import { databasePassword } from "../../shared/launch/keys";
import { commandOf, processesIn } from "../../shared/launch/processes";
import { ask, PROJECT_ROOT } from "../kit/hub";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { sharedHub } from "../kit/shared-hub";

const place = sharedHub();
const data = join(place.folder, "data");
const keys = join(data, "keys");
const RUN = join(data, "run");

/** Passwords of the database roles, and every secret value of every key file. */
function secretsOfHub(): string[] {
  const organisations = loadRegion(DEFAULT_REGION).organisations.map(({ code }) => code.replaceAll("-", "_"));
  const roles = ["schakel", "schakel_app", "postgres", ...organisations];
  const values = readdirSync(keys).flatMap((file) => secretValues(readKeyFile(keys, file)));
  return [...roles.map((role) => databasePassword(keys, role)), ...values];
}

/** What stands under `d` (private keys), `k`, `key` and `secret`, at any depth. */
function secretValues(content: unknown): string[] {
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) =>
    typeof value === "string" && ["d", "k", "key", "secret"].includes(name) ? [value] : secretValues(value),
  );
}

const secrets = secretsOfHub();

beforeAll(async () => {
  // Something to be logged: a view, and a token that is refused.
  const query = '{ family(id: "OVV-06") { id lokalis { carePlan { summary } } } }';
  await ask(place, { persona: "lokalis.worker", purpose: "CARE", query });
  await ask(place, {
    persona: "lokalis.worker",
    purpose: "CARE",
    query,
    headers: { authorization: "Bearer e30.e30.x" },
  });
});

test("there are secrets, in files that are closed to others", () => {
  expect(secrets.length).toBeGreaterThan(20);
  expect(KEY_FILES.databaseSecret).toBe("database-secret.json");
});

test("no process shows one of them in its arguments", () => {
  const services = readdirSync(RUN).map((file) => Number.parseInt(readFileSync(join(RUN, file), "utf8"), 10));
  const commands = [...services, ...processesIn(PROJECT_ROOT)].map(commandOf).filter((text) => text !== "");
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) for (const secret of secrets) expect(command).not.toContain(secret);
});

test("every service runs without the accessor by which a made-up name could change all objects", () => {
  const services = readdirSync(RUN).map((file) => Number.parseInt(readFileSync(join(RUN, file), "utf8"), 10));
  const commands = services.map(commandOf).filter((text) => text.includes(join("dist", "")));
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter((command) => !command.includes("--disable-proto=delete"))).toEqual([]);
  // And the gateway, alone, has room for young objects.
  const roomy = commands.filter((command) => command.includes("--max-semi-space-size"));
  expect(roomy.map((command) => command.includes(join("gateway", "main.js")))).toEqual([true]);
});

test("no log file holds one of them, or a token", () => {
  const folder = join(data, "logs");
  const logs = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  expect(logs.length).toBeGreaterThan(8);
  for (const log of logs) {
    for (const secret of secrets) expect(log.includes(secret)).toBe(false);
    expect(log).not.toMatch(/\beyJ[\w-]+\.eyJ/);
  }
});
