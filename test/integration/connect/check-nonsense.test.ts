// `npm run connect -- check` on what is no subgraph at all, or goes away: the report says what is there, and what to do.

import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type AddressInfo, type Server } from "node:net";
import { inDays, makeAuthority, type Authority, type Certificate } from "../../kit/test-ca/authority";
import { check, codes, connect, CODE, file, start } from "./under-check";

/** What is asked waits four times as long, and no longer. */
const HURRIED = ["--deadline-ms", "250"];
/** The schema, a query in an address, and six bodies that are no request. */
const ASKED_OF_THE_DOOR = 8;
const NO_GRANT = '{"errors":[{"message":"No grant.","extensions":{"code":"GRANT_REQUIRED"}}]}';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const answering =
  (status: number, type: string, body: string, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume().on("end", () => {
      response.writeHead(status, { "content-type": type, ...headers }).end(body);
    });
  };
const http = (listener: RequestListener) => listen(createHttpServer(listener));
const page = answering(200, "text/html; charset=utf-8", "<html>Welkom</html>");

test.each<[string, () => Promise<number>, RegExp, RegExp]>([
  ["hangs", () => http(() => undefined), /no answer \(TIMEOUT\)/, /what it waits for/],
  [
    "hangs in the middle of its answer",
    () => http((_request, response) => void response.writeHead(200).write('{"data":')),
    /no answer \(TIMEOUT\)/,
    /what it waits for/,
  ],
  ["is a web page", () => http(page), /\(200, text\/html\) is no JSON object/, /web page answers there/],
  [
    "is a page to sign in",
    () => http(answering(401, "text/html", "<html>")),
    /\(401, text\/html\)/,
    /proxy, sign-in/,
  ],
  [
    "sends on",
    () => http(answering(301, "text/html", "", { location: "https://elders.example/" })),
    /sends on to another address \(301\)/,
    /at which the subgraph itself answers/,
  ],
  ["is at another path", () => http(answering(404, "text/html", "")), /404/, /whole address/],
  ["broke", () => http(answering(503, "text/html", "")), /answered 503/, /log of the subgraph/],
  [
    "closes the connection",
    () => listen(createServer((socket) => socket.destroy())),
    /no answer \((UND_ERR_SOCKET|ECONNRESET)\)/,
    /closed before an answer/,
  ],
  [
    "speaks no HTTP",
    () =>
      listen(createServer((socket) => void socket.on("error", () => undefined).write("SSH-2.0-Other\r\n"))),
    /no answer \(HTTPParserError\)/,
    /does not speak HTTP/,
  ],
  [
    "breaks on a question that it does not take",
    () =>
      http((request, response) => {
        if (request.method === "GET") request.socket.destroy();
        else answering(401, "application/json", NO_GRANT)(request, response);
      }),
    /answered at first, and no longer .* when it was checked whether only POST is answered/,
    /closed before an answer/,
  ],
])("what %s is told as that, with its remedy", async (_what, serve, cause, remedy) => {
  const url = `http://127.0.0.1:${await serve()}/graphql`;
  const { code, verdict, findings } = await check(url, ...HURRIED);
  expect([code, verdict]).toEqual([1, "MEND_FIRST"]);
  expect(codes(findings, "FAILED")).toEqual(["REACHABLE"]);
  expect(findings[0]).toMatchObject({
    cause: expect.stringMatching(cause) as unknown,
    remedy: expect.stringMatching(remedy) as unknown,
  });
});

test("what goes away while it is checked is told, and what was checked before stays", async () => {
  let asked = 0;
  const url = `http://127.0.0.1:${await http((request, response) => {
    asked += 1;
    if (asked > ASKED_OF_THE_DOOR) request.socket.destroy();
    else answering(401, "application/json", NO_GRANT)(request, response);
  })}/graphql`;
  const { findings } = await check(url, ...HURRIED);
  expect(codes(findings, "FAILED")).toEqual(["REACHABLE"]);
  expect(codes(findings, "PASSED")).toEqual(["METHOD", "BODY"]);
  expect(findings.find((one) => one.check === "GRANT_MISSING")).toMatchObject({
    level: "NOT_CHECKED",
    cause: "It no longer answered.",
  });
});

describe("over TLS", () => {
  test.each<[string, (authority: Authority) => Certificate | Promise<Certificate>, string, string]>([
    [
      "nobody vouches for",
      (authority) => authority.issue({ name: "localhost", use: "server", notAfter: inDays(90) }),
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "NODE_EXTRA_CA_CERTS",
    ],
    ["is an authority's own", (authority) => authority, "INVALID_PURPOSE", "serverAuth"],
  ])("a certificate that %s is told, with what to do", async (_what, make, why, remedy) => {
    const { key, cert } = await make(await makeAuthority());
    const port = await listen(createHttpsServer({ key, cert }, page));
    const { code, findings } = await check(`https://127.0.0.1:${port}/graphql`, ...HURRIED);
    expect(code).toBe(1);
    expect(codes(findings, "FAILED")).toEqual(["REACHABLE", "TLS"]);
    expect(findings[1]).toMatchObject({
      cause: `The certificate does not hold (${why}).`,
      remedy: expect.stringContaining(remedy) as unknown,
    });
  });

  test("https where http is spoken, and http where https is, are told", async () => {
    const plain = await http(page);
    const { findings } = await check(`https://127.0.0.1:${plain}/graphql`, ...HURRIED);
    expect(findings[1]).toMatchObject({
      cause: expect.stringMatching(/^There was no encrypted connection \(/) as unknown,
      remedy: expect.stringContaining("does not speak https") as unknown,
    });
    const { key, cert } = await makeAuthority();
    const closed = await listen(createHttpsServer({ key, cert }, page));
    const other = await check(`http://127.0.0.1:${closed}/graphql`, ...HURRIED);
    expect(other.findings[0]).toMatchObject({
      remedy: expect.stringContaining("whether it speaks https there") as unknown,
    });
  });
});

test.each([
  ["federation-one", "is Federation 1"],
  ["federation-to-come", "links Federation 2.99"],
  ["federation-three", "links Federation 3.0"],
])("a schema of another version of Federation (%s) is told as that", async (fault, told) => {
  const { code, findings } = await check(await start([fault]), "--deadline-ms", "5000");
  expect(code).toBe(1);
  expect(codes(findings, "FAILED")).toEqual(["SCHEMA_COMPOSES"]);
  expect(findings.find((one) => one.check === "SCHEMA_COMPOSES")).toMatchObject({
    cause: expect.stringMatching(new RegExp(`${told}; those of the others link 2\\.\\d+\\.$`)) as unknown,
    remedy: expect.stringContaining("connect -- schema") as unknown,
  });
});

test("as text, what many checks have in common is told once", async () => {
  const { printed } = await connect(
    "check",
    "http://127.0.0.1:9/graphql",
    "--organisation",
    CODE,
    "--known",
    file("known.json"),
  );
  expect(printed.match(/It could not be reached\./g)).toHaveLength(1);
  expect(printed.match(/^not checked /gm)?.length).toBeGreaterThan(20);
});
