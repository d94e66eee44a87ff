// The organisations of the region pass what every subgraph has to pass, whatever their system is. Each runs a second time,
// beside the hub, so that its record of what left holds nothing that the hub did not ask.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../../gateway/connect/check/finding";
import { runConnectCommand } from "../../gateway/connect/connect-command";
import { today } from "../../shared/kernel/plain-date";
import { nameDatabases } from "../../shared/launch/hub-databases";
import { systemOf } from "../../shared/launch/organisation-systems";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { freePort } from "../kit/free-ports";
import { ask, eventually, PROJECT_ROOT } from "../kit/hub";
import { ownerUrlFor, portOf } from "../kit/hub-place";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const data = join(hub.folder, "data");
const keys = join(data, "keys");
const codes = loadRegion(DEFAULT_REGION).organisations.map(({ code }) => code as string);
const { sources } = nameDatabases(ownerUrlFor(hub), keys, codes);

/** What the launcher tells a subgraph of its organisation's own system, which runs with the hub. */
const sourceOf = (organisation: string): Readonly<Record<string, string>> =>
  systemOf({
    organisation,
    subgraph: organisation,
    databaseUrl: sources.find((one) => one.organisation === organisation)?.url ?? "",
    port: portOf(hub, "systems") + codes.indexOf(organisation),
    dataDirectory: data,
    keysDirectory: keys,
    distFolder: join(PROJECT_ROOT, "dist"),
  }).source;
const folder = mkdtempSync(join(tmpdir(), "connect-check-"));
let running: ChildProcess | undefined;

afterEach(() => {
  running?.kill("SIGKILL");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Link {
  readonly caseReference: string;
  readonly persons: readonly { readonly pseudonym: string }[];
}

/** Writes down what the demo says that this organisation holds. */
function writeKnown(code: string): string {
  const links = JSON.parse(readFileSync(join(data, "demo", `links-${code}.json`), "utf8")) as Link[];
  const file = join(folder, `known-${code}.json`);
  const families = links.map((one) => one.caseReference).slice(0, 2);
  writeFileSync(file, JSON.stringify({ families, persons: links[0]?.persons.map((one) => one.pseudonym) }));
  return file;
}

async function start(code: string): Promise<string> {
  const port = await freePort();
  running = spawn(process.execPath, [join(PROJECT_ROOT, "dist", "subgraphs", code, "main.js")], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      SCHAKEL_SUBGRAPH_PORT: String(port),
      SCHAKEL_DATA_DIR: data,
      SCHAKEL_DELIVERIES_DIR: join(folder, "deliveries"),
      SCHAKEL_CHECKPOINTS_DIR: join(folder, "checkpoints"),
      SCHAKEL_LOG_LEVEL: "silent",
      ...sourceOf(code),
    },
  });
  await eventually(code, async () =>
    (await fetch(`http://127.0.0.1:${port}/ready`)).status === 200 ? true : undefined,
  );
  return `http://127.0.0.1:${port}/graphql`;
}

test.each(codes)("%s", async (code) => {
  const printed: string[] = [];
  const url = await start(code);
  const args = ["check", url, "--organisation", code, "--known", writeKnown(code), "--deadline-ms", "15000"];
  const exit = await runConnectCommand(
    [...args, "--json"],
    { ...process.env, SCHAKEL_KEYS_DIR: keys },
    {
      print: (text) => printed.push(text),
      say: () => undefined,
    },
  );
  const { findings } = JSON.parse(printed.join("\n")) as { findings: Finding[] };
  const others = findings.filter(({ level }) => level !== "PASSED");
  expect(others.map(({ check, cause }) => [check, cause])).toEqual([
    ["TLS", expect.any(String)],
    ["CLIENT_CERTIFICATE", expect.any(String)],
    ["VETO", expect.any(String)],
  ]);
  expect(exit).toBe(0);
});

test("what was asked of the hub is known to be used", async () => {
  await ask(hub, {
    persona: "lokalis.worker",
    purpose: "CARE",
    query: "{ mine: organisations { their: contact } }",
  });
  const used = await eventually("organisations in use", async () => {
    const printed: string[] = [];
    await runConnectCommand(
      ["used", "--json"],
      { DATABASE_URL: ownerUrlFor(hub) },
      { print: (text) => printed.push(text), say: () => undefined },
    );
    const { used: known } = JSON.parse(printed[0] ?? "{}") as { used?: Readonly<Record<string, string>> };
    return known?.["Organisation.contact"] === undefined ? undefined : known;
  });
  expect(used).toMatchObject({ "Query.organisations": today(), "Organisation.contact": today() });
});
