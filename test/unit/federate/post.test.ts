// What is posted to a subgraph comes back whole, or not at all and in time.

import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent } from "undici";
import { post, readAddress, type PostAddress } from "../../../gateway/federate/post";

const SOON_MS = 200;
const LONG_MS = 10_000;
const MOST_BYTES = 100_000;

/** What stands at each path. */
const answers: Readonly<Record<string, RequestListener>> = {
  "/pieces?of=ë": (request, response) => {
    const pieces = [...Buffer.from(`{"who":"${String(request.headers["x-who"])}","dash":"—"}`)];
    // Byte by byte, also within a character.
    for (const piece of pieces) response.write(Buffer.from([piece]));
    response.end();
  },
  "/marked": (_request, response) => response.end(`\uFEFF{"read":true}`),
  "/refused": (_request, response) => response.writeHead(503).end("no"),
  "/empty": (_request, response) => response.end(),
  "/never": () => undefined,
  "/half": (_request, response) => {
    response.writeHead(200, { "content-length": "10" });
    response.write("half", () => response.destroy());
  },
  "/large": (_request, response) => response.end("x".repeat(MOST_BYTES + 1)),
};

const server = createServer((request, response) => {
  answers[decodeURI(request.url ?? "")]?.(request, response);
});
const agent = new Agent({ connections: 1, maxResponseSize: MOST_BYTES });
let at: (path: string) => PostAddress;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  at = (path) => readAddress(`http://127.0.0.1:${port}${path}`);
});

afterAll(async () => {
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const posted = async (path: string, deadlineMs = LONG_MS) =>
  post(agent, at(path), { headers: { "x-who": "we" }, body: "{}", deadlineMs });

test("gives the text of an answer, in however many pieces it comes, and its status", async () => {
  expect(await posted("/pieces?of=ë")).toEqual({ status: 200, text: '{"who":"we","dash":"—"}' });
  expect(await posted("/marked")).toEqual({ status: 200, text: '{"read":true}' });
  expect(await posted("/refused")).toEqual({ status: 503, text: "no" });
  expect(await posted("/empty")).toEqual({ status: 200, text: "" });
});

test("gives up in time, also when it still waits for a connection, which serves the next", async () => {
  const both = await Promise.allSettled([posted("/never", SOON_MS), posted("/empty", SOON_MS / 2)]);
  expect(both.map((one) => one.status === "rejected" && (one.reason as Error).name)).toEqual([
    "TimeoutError",
    "TimeoutError",
  ]);
  expect((await posted("/empty")).status).toBe(200);
});

test("takes no part of an answer, none that is too large, and none of nobody, for one", async () => {
  await expect(posted("/half")).rejects.toThrow();
  await expect(posted("/large")).rejects.toMatchObject({ name: "ResponseExceededMaxSizeError" });
  const nobody = readAddress("http://127.0.0.1:1/graphql");
  await expect(post(agent, nobody, { headers: {}, body: "", deadlineMs: LONG_MS })).rejects.toThrow();
});
