// Where messages go and come in: over TLS, and nobody unknown.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGatewaySettings } from "../../../gateway/settings";
import { faultsOf } from "../../../shared/kernel/settings";
import { loadRegion } from "../../../shared/region/region";
import { checkMessageAddress, messageAddressOf } from "../../../shared/subgraph-kit/stuf/message-address";
import { readSubgraphSettings } from "../../../shared/subgraph-kit/settings";
import { writeStufRegion } from "../../kit/stuf/region";

const read = (env: Record<string, string>) => readSubgraphSettings("lokalis", env, [checkMessageAddress]);
const folder = mkdtempSync(join(tmpdir(), "schakel-stuf-settings-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const HUB = {
  DATABASE_URL: "postgresql://hub@127.0.0.1/hub",
  SCHAKEL_REGION: writeStufRegion(folder),
};

test.each<[string, Record<string, string>, string | undefined]>([
  ["a node over TLS", { SCHAKEL_STUF_URL: "https://node.example/stuf" }, undefined],
  ["a node on this machine", { SCHAKEL_STUF_URL: "http://127.0.0.1:8080/" }, undefined],
  ["another without TLS", { SCHAKEL_STUF_URL: "http://node.example/stuf" }, "SCHAKEL_STUF_URL"],
  ["a password in the address", { SCHAKEL_STUF_URL: "https://one:w0rd@node.example/" }, "SCHAKEL_STUF_URL"],
])("a sender with %s", (_what, env, fault) => {
  const faults = faultsOf(() => read(env));
  expect(faults.map((one) => one.slice(0, one.indexOf(":")))).toEqual(fault === undefined ? [] : [fault]);
  expect(faults.join()).not.toContain("w0rd");
});

test("an address has the files and the secret that are set", () => {
  const region = loadRegion("utrecht");
  expect(messageAddressOf(read({}), region)).toBeUndefined();
  const env = {
    SCHAKEL_STUF_URL: "https://node.example/stuf",
    SCHAKEL_STUF_TLS_DIR: "/chain",
    SCHAKEL_STUF_SECRET: "w0rd",
  };
  expect(messageAddressOf(read(env), region)).toEqual({
    url: new URL("https://node.example/stuf"),
    tls: { directory: "/chain", name: "lokalis", isProduction: false },
    user: { name: "lokalis", password: "w0rd" },
  });
});

test.each<[string, Record<string, string>, string | undefined]>([
  ["no door", {}, undefined],
  ["a door for everybody", { SCHAKEL_STUF_PORT: "4990" }, "SCHAKEL_STUF_PORT"],
  [
    "a secret that is easily guessed",
    { SCHAKEL_STUF_PORT: "4990", SCHAKEL_STUF_DOOR_SECRET: "w0rd" },
    "SCHAKEL_STUF_DOOR_SECRET",
  ],
  ["a secret", { SCHAKEL_STUF_PORT: "4990", SCHAKEL_STUF_DOOR_SECRET: "w0rd-of-a-secret" }, undefined],
  ["certificates", { SCHAKEL_STUF_PORT: "4990", SCHAKEL_STUF_TLS_DIR: "/chain" }, undefined],
  [
    "a door in a region that sends no messages",
    { SCHAKEL_REGION: "utrecht", SCHAKEL_STUF_PORT: "4990", SCHAKEL_STUF_TLS_DIR: "/chain" },
    "SCHAKEL_STUF_PORT",
  ],
])("a gateway with %s", (_what, env, fault) => {
  const faults = faultsOf(() => readGatewaySettings({ ...HUB, ...env }));
  expect(faults.map((one) => one.slice(0, one.indexOf(":")))).toEqual(fault === undefined ? [] : [fault]);
  expect(faults.join()).not.toContain("w0rd");
});
