// What the sources of a running hub wrote down is what its log says, over views that differ in what they may see; and a line
// that is taken out of a source's record is found.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { newTrace } from "../kit/access-log";
import { ask, eventually } from "../kit/hub";
import { runLogCommand } from "../kit/log-command";
import { sharedHub } from "../kit/shared-hub";
import { FAMILY_VIEW } from "../kit/view";

const hub = sharedHub();
const ORGANISATIONS = loadRegion(DEFAULT_REGION).organisations;
const DATA = join(hub.folder, "data");
const command = (...words: string[]) =>
  runLogCommand(["reconcile", ...words], { SCHAKEL_DATA_DIR: DATA, SCHAKEL_PORT: String(hub.port) });
const look = (persona: string, purpose: string, id: string, headers: Record<string, string> = {}) =>
  ask(hub, { persona, purpose, query: FAMILY_VIEW, variables: { id }, headers });

test("the log and the sources agree, also where a source refuses, is not linked, or nothing may be given", async () => {
  const from = new Date().toISOString();
  for (const [persona, purpose, id] of [
    ["lokalis.worker", "CARE", "OVV-06"],
    ["lokalis.worker", "CARE", "OVV-11"],
    ["lokalis.worker", "CARE", "OVV-10"],
    ["lokalis.worker", "CARE", "OVV-99"],
    ["veilig-thuis.assessor", "SAFETY_ASSESSMENT", "OVV-06"],
    ["rvdk.investigator", "INVESTIGATION", "OVV-06"],
    ["save.guardian", "MEASURE_EXECUTION", "OVV-07"],
    ["save.voluntary", "CARE", "OVV-10"],
    ["wss.voluntary", "CARE", "OVV-06"],
    ["wss.voluntary", "CARE", "OVV-08"],
  ] as const) {
    await look(persona, purpose, id);
  }
  const { code, out } = await command("--from", from);
  expect(out).toMatch(/are equal\.\n$/);
  expect(code).toBe(0);
  const equal = [...out.matchAll(/(\d+) delivered, and equal on both sides/g)].map(([, count]) =>
    Number(count),
  );
  // Of an organisation that no rule names nothing is given.
  const named = ORGANISATIONS.filter(({ kind }) => kind !== "OTHER");
  expect(equal).toHaveLength(named.length);
  expect(Math.min(...equal)).toBeGreaterThan(0);
  for (const { code: unnamed } of ORGANISATIONS.filter((one) => !named.includes(one))) {
    expect(out).toContain(`${unnamed}: 0 lines of the source against 0 entries`);
  }
}, 60_000);

test("a line that is taken out of a source's record is listed, and one that is put in as serious", async () => {
  const from = new Date().toISOString();
  const { traceId, headers } = newTrace();
  await look("lokalis.worker", "CARE", "OVV-06", headers);
  const folder = join(DATA, "deliveries", "lokalis");
  const file = join(folder, readdirSync(folder).toSorted().at(-1) ?? "");
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n");
  const [own = ""] = lines.filter((line) => line.includes(traceId));
  const stray = newTrace().traceId;
  const old = JSON.parse(own) as Record<string, unknown>;
  const planted = JSON.stringify({
    ...old,
    traceId: stray,
    at: new Date(Date.now() - 130_000).toISOString(),
  });
  try {
    writeFileSync(file, [...lines.filter((line) => line !== own), planted, ""].join("\n"));
    const taken = await command("--organisation", "lokalis", "--from", from);
    expect(taken.out).toMatch(new RegExp(`NOT_AT_SOURCE .* trace ${traceId}`));
    expect(taken.code).toBe(1);
    const put = await command(
      "--organisation",
      "lokalis",
      "--from",
      new Date(Date.now() - 150_000).toISOString(),
    );
    expect(put.out).toMatch(new RegExp(`NOT_IN_HUB_LOG .* trace ${stray}`));
  } finally {
    writeFileSync(file, text);
  }
}, 60_000);

test("a request to a source without a grant is counted by its own record", async () => {
  const from = new Date().toISOString();
  const response = await fetch(`http://127.0.0.1:${hub.port + 1}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ __typename }" }),
  });
  expect(response.status).toBe(401);
  // When another test was refused within the minute before, this one shares a line with it, at the end of that minute.
  const told = await eventually(
    "the line of the refusal",
    async () => {
      const { code, out } = await command("--organisation", "lokalis", "--from", from);
      return /\d+ requests that the source refused/.test(out) ? code : undefined;
    },
    90_000,
  );
  expect(told).toBe(0);
}, 120_000);
