// A subgraph in plain JavaScript under `npm run connect -- check`, for an organisation that the region did not have.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckCode, Finding } from "../../../gateway/connect/check/finding";
import { runConnectCommand } from "../../../gateway/connect/connect-command";
import { ensureKeys } from "../../../shared/launch/keys";
import { loadRegion } from "../../../shared/region/region";
import { readRegionFile } from "../../../shared/region/region-file";

const SERVER = join(__dirname, "..", "..", "kit", "plain-subgraph", "server.mjs");
export const CODE = "school-board";
export const FIELD = "schoolBoard";
/** For a busy machine. */
export const PATIENT = ["--deadline-ms", "15000"];

export const folder = mkdtempSync(join(tmpdir(), "connect-"));
export const file = (name: string): string => join(folder, name);
const running: ChildProcess[] = [];
export const env: Record<"SCHAKEL_REGION" | "SCHAKEL_KEYS_DIR", string> & {
  SCHAKEL_OPERATIONS?: string;
  DATABASE_URL?: string;
} = {
  SCHAKEL_REGION: file("region.json"),
  SCHAKEL_KEYS_DIR: file("keys"),
};

/** Runs the command in this process; what it printed and said, and its exit code. */
export async function connect(...args: string[]): Promise<{ code: number; printed: string; said: string }> {
  const [printed, said]: [string[], string[]] = [[], []];
  const code = await runConnectCommand(args, env, {
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
  });
  return { code, printed: printed.join("\n"), said: said.join("\n") };
}

/** Starts the subgraph with these faults; resolves with its address. */
export async function start(faults: readonly string[] = [], schema = "schema.graphql"): Promise<string> {
  const keySet = join(env.SCHAKEL_KEYS_DIR, "grant-public.jwks.json");
  const child = spawn(process.execPath, [SERVER, "0", CODE, FIELD, file(schema), keySet, ...faults], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return `http://127.0.0.1:${port.toString().trim()}/graphql`;
}

export const check = async (url: string, ...args: string[]) => {
  const { code, printed } = await connect(
    "check",
    url,
    "--organisation",
    CODE,
    "--known",
    file("known.json"),
    "--json",
    ...args,
  );
  return { code, ...(JSON.parse(printed) as { verdict: string; findings: Finding[] }) };
};
export const codes = (findings: readonly Finding[], level: Finding["level"]): CheckCode[] =>
  findings.filter((one) => one.level === level).map((one) => one.check);

beforeAll(async () => {
  const utrecht = readRegionFile("utrecht");
  const added = {
    code: CODE,
    name: "School board",
    kind: "LOCAL_TEAM",
    legalEntity: CODE,
    field: FIELD,
    phone: "030-0000009",
  };
  writeFileSync(
    env.SCHAKEL_REGION,
    JSON.stringify({ ...utrecht, organisations: [...utrecht.organisations, added] }),
  );
  await ensureKeys(env.SCHAKEL_KEYS_DIR, loadRegion(env.SCHAKEL_REGION));
  writeFileSync(file("known.json"), '{"families": ["K-1", "K-2"], "persons": ["P-1"], "refused": ["K-3"]}');
  const { printed } = await connect("schema", "--organisation", CODE);
  writeFileSync(file("schema.graphql"), printed);
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
