// How the service of an organisation is asked how it is: briefly, not too often, and believing little of what it says.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { plainConnections } from "../../../shared/mutual-tls/connections";
import { createProbe } from "../../../subgraphs/families/source/directory/probe-organisations";

let server: Server;
let answer: { readonly status: number; readonly body: string };
let asked = 0;
let now = 0;
const connections = plainConnections({});

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/ready") asked += 1;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});
afterAll(async () => {
  await connections.close();
  server.close();
});

const probeOf = () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return createProbe(new Map([["save", url]]), connections, () => now);
};

test.each<[string, number, string, object]>([
  ["ready", 200, '{"status":"ready","version":"1.4.0"}', { health: "READY", version: "1.4.0" }],
  ["ready without a version", 200, "{}", { health: "READY", version: null }],
  ["not ready", 503, '{"version":"2"}', { health: "NOT_READY", version: "2" }],
  ["without this address", 404, "<html>", { health: "UNKNOWN", version: null }],
  ["with a sentence for a version", 200, '{"version":"a b <c>"}', { health: "READY", version: null }],
  [
    "with an endless answer",
    200,
    `{"version":"1","x":"${"y".repeat(5_000)}"}`,
    { health: "READY", version: null },
  ],
])("a service that is %s", async (_what, status, body, expected) => {
  answer = { status, body };
  expect(await probeOf()("save")).toEqual(expected);
});

test("one that nobody reaches, and one that has no address", async () => {
  const probe = createProbe(new Map([["save", "http://127.0.0.1:9/graphql"]]), connections);
  expect(await probe("save")).toEqual({ health: "UNREACHABLE", version: null });
  expect(await probe("wss")).toEqual({ health: "UNKNOWN", version: null });
});

test("what it said stands for a few seconds, for everybody who asks", async () => {
  answer = { status: 200, body: "{}" };
  asked = 0;
  const probe = probeOf();
  await Promise.all([probe("save"), probe("save"), probe("save")]);
  await probe("save");
  expect(asked).toBe(1);
  now += 5_000;
  await probe("save");
  expect(asked).toBe(2);
});
