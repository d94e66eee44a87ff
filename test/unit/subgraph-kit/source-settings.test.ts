// How an organisation's system is reached: whole, or not at all; and never in the open in production.

import { faultsOf } from "../../../shared/kernel/settings";
import { readSubgraphSettings } from "../../../shared/subgraph-kit/settings";

const faults = (env: Record<string, string>): readonly string[] =>
  faultsOf(() => readSubgraphSettings("save", env));
const settingsOf = (env: Record<string, string>): string[] =>
  faults(env).map((fault) => fault.slice(0, fault.indexOf(":")));

const CLIENT = {
  SOURCE_URL: "http://127.0.0.1:8080/api",
  SOURCE_TOKEN_URL: "http://127.0.0.1:8080/token",
  SOURCE_CLIENT_ID: "hub",
  SOURCE_CLIENT_SECRET: "w0rd",
};
const USER = { SOURCE_USER: "hub", SOURCE_PASSWORD: "w0rd" };

test.each<[string, Record<string, string>]>([
  ["an API with client credentials", CLIENT],
  ["a service with a user", { SOURCE_URL: CLIENT.SOURCE_URL, ...USER }],
  ["a system that asks for nobody's name", { SOURCE_URL: CLIENT.SOURCE_URL }],
  ["a folder", { SOURCE_FOLDER: "/exports" }],
])("%s is taken", (_what, env) => {
  expect(faults(env)).toEqual([]);
});

test.each<[string, Record<string, string>, readonly string[]]>([
  ["an address that is none", { SOURCE_URL: "ftp://127.0.0.1" }, ["SOURCE_URL"]],
  ["a token address that is none", { ...CLIENT, SOURCE_TOKEN_URL: "here" }, ["SOURCE_TOKEN_URL"]],
  [
    "a client without a secret",
    { SOURCE_CLIENT_ID: "hub", SOURCE_TOKEN_URL: CLIENT.SOURCE_TOKEN_URL },
    ["SOURCE_CLIENT_SECRET"],
  ],
  ["a user without a password", { SOURCE_USER: "hub" }, ["SOURCE_PASSWORD"]],
  ["a password without a user", { SOURCE_PASSWORD: "w0rd" }, ["SOURCE_USER"]],
  ["an empty folder", { SOURCE_FOLDER: "" }, ["SOURCE_FOLDER"]],
])("%s is refused, without its value", (_what, env, settings) => {
  expect(settingsOf(env)).toEqual(settings);
  expect(faults(env).join()).not.toContain("w0rd");
});

test("in production a system is asked over TLS", () => {
  const open = settingsOf({ ...CLIENT, NODE_ENV: "production" });
  expect(open).toEqual(expect.arrayContaining(["SOURCE_URL", "SOURCE_TOKEN_URL"]));
  const closed = settingsOf({
    ...CLIENT,
    SOURCE_URL: "https://save.example/api",
    SOURCE_TOKEN_URL: "https://save.example/token",
    NODE_ENV: "production",
  });
  expect(closed.filter((name) => name.startsWith("SOURCE_"))).toEqual([]);
});
