// The door takes one kind of request: JSON in UTF-8, posted. Whatever else is sent gets nothing, and nothing back of
// what it said.

import { request, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { ask, eventually, tokenOf } from "../../kit/hub";
import { newTrace } from "../../kit/access-log";
import { sharedHub } from "../../kit/shared-hub";
import { entriesOfTrace, type LoggedEntry } from "../../kit/traced";

const hub = sharedHub();
const QUERY = '{ family(id: "OVV-06") { id lokalis { carePlan { summary } } } }';
const BODY = JSON.stringify({ query: QUERY });
const IN_URL = `/graphql?query=${encodeURIComponent(QUERY)}`;

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

let credentials: Record<string, string>;
beforeAll(async () => {
  credentials = { authorization: `Bearer ${await tokenOf(hub, "lokalis.worker")}`, purpose: "CARE" };
});

/** Sends a request as it is; the headers of a valid one are there unless they are replaced. */
async function send(what: {
  method?: string;
  path?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: hub.port,
        method: what.method ?? "POST",
        path: what.path ?? "/graphql",
        headers: { ...credentials, "content-type": "application/json", ...what.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(what.body);
  });
}

const expectNothing = ({ status, text }: Raw): void => {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(text).not.toContain('"data"');
  expect(text).not.toContain("summary");
};

test("a valid request gets its answer, and no one may keep it", async () => {
  const answer = await send({ body: BODY });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain("summary");
  expect(answer.headers["cache-control"]).toBe("no-store");
});

describe("a request gets nothing", () => {
  test.each([
    [
      "that asks in its address, with a header that no browser sends",
      "GET",
      { "apollo-require-preflight": "1" },
    ],
    ["that asks in its address, as JSON", "GET", {}],
    ["that asks in its address for the headers alone", "HEAD", { "apollo-require-preflight": "1" }],
    ["by another method", "PUT", {}],
    ["of a browser that asks first", "OPTIONS", { origin: "https://elders.example" }],
  ])("%s", async (_what, method, headers) => {
    const answer = await send({ method, path: IN_URL, headers });
    expectNothing(answer);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test.each([
    ["plain text", { "content-type": "text/plain" }, BODY],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, `query=${encodeURIComponent(QUERY)}`],
    ["a form with parts", { "content-type": "multipart/form-data; boundary=x" }, BODY],
    ["a message", { "content-type": "message/rfc822" }, BODY],
    ["JSON that is called a message", { "content-type": "application/json, message/rfc822" }, BODY],
    ["UTF-16", { "content-type": "application/json; charset=utf-16le" }, Buffer.from(BODY, "utf16le")],
    ["UTF-7", { "content-type": "application/json; charset=utf-7" }, BODY],
    ["Latin", { "content-type": "application/json; charset=iso-8859-1" }, BODY],
    ["something compressed", { "content-encoding": "gzip" }, gzipSync(BODY)],
    ["something that says it is compressed", { "content-encoding": "gzip" }, BODY],
    ["something compressed in an unknown way", { "content-encoding": "zstd" }, BODY],
  ])("as %s", async (_what, headers, body) => {
    const answer = await send({ headers, body });
    expectNothing(answer);
    expect(answer.text).toContain("REQUEST_MALFORMED");
  });

  test("whose query stands in the address of an empty body", async () => {
    expectNothing(await send({ path: IN_URL, body: "{}" }));
  });

  test("below the path of the door", async () => {
    expect((await send({ path: "/graphql/elsewhere", body: BODY })).status).toBe(404);
  });

  test("by the hash of a query that somebody else sent", async () => {
    const sha256Hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
    const body = JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
    const answer = await send({ body });
    expectNothing(answer);
    expect(answer.text).toContain("REQUEST_MALFORMED");
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test.each([
    ["a purpose and another", { purpose: ["CARE", "SAFETY_ASSESSMENT"] }],
    ["the purpose in small letters", { purpose: "care" }],
    ["a purpose that every object has", { purpose: "constructor" }],
    ["a token of fifteen kilobytes", { authorization: `Bearer ${"a".repeat(15_000)}` }],
    ["a token of many parts", { authorization: `Bearer ${"a.".repeat(7_000)}` }],
    ["a token longer than headers may be", { authorization: `Bearer ${"a".repeat(60_000)}` }],
  ])("with %s", async (_what, headers) => {
    expectNothing(await send({ headers, body: BODY }));
  });

  test("of two hundred megabytes that were pressed into two hundred kilobytes, at once", async () => {
    const body = gzipSync(Buffer.alloc(200_000_000, " "));
    const begun = performance.now();
    expectNothing(await send({ headers: { "content-encoding": "gzip" }, body }));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe("what was typed does not come back in an error", () => {
  const BSN = "999910000";
  test.each([
    [
      "a value of another type",
      { id: { naam: "Verzonnen", bsn: BSN } },
      "query ($id: ID!) { family(id: $id) { id } }",
    ],
    ["a number outside the query", {}, `${BSN} { me { worker } }`],
    ["a name outside the query", {}, "Verzonnen { me { worker } }"],
    ["a text outside the query", {}, '{ me { worker } } "Verzonnen"'],
    ["a name that is no text", {}, "{ family(id: Verzonnen-999910000) { id } }"],
    ["a text that does not end", {}, '{ family(id: "Verzonnen) { id } }'],
    ["a text with a wrong mark", {}, '{ family(id: "Verzonnen\\qVerzonnen") { id } }'],
    ["a text with a wrong character code", {}, '{ family(id: "\\u{Verz}") { id } }'],
    ["a number with a letter", {}, `{ family(id: ${BSN}V) { id } }`],
    ["a code that does not exist", {}, "{ referralInbox(state: Verzonnen) { totalCount } }"],
    ["a text where a number belongs", {}, '{ caseload(first: "Verzonnen") { totalCount } }'],
    [
      "a field that an input does not have",
      {},
      `mutation { withdrawConsent(input: { consentId: "1", idempotencyKey: "1", bsn: "${BSN}" }) { id } }`,
    ],
    [
      "a field of an input in a variable",
      { input: { consentId: "1", idempotencyKey: "1", bsn: BSN } },
      "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { id } }",
    ],
    ["a cursor", {}, '{ caseload(after: "Verzonnen 999910000") { totalCount } }'],
  ])("%s", async (_what, variables, query) => {
    const answer = await ask(hub, { persona: "lokalis.worker", purpose: "CARE", query, variables });
    expect(answer.body.errors?.length).toBeGreaterThan(0);
    const text = JSON.stringify(answer.body);
    expect(text).not.toContain("Verz");
    expect(text).not.toContain("9999");
  });
});

describe("a client that goes away", () => {
  /** Asks and goes away `afterMs` later; the entries, or undefined when the request was not even read by then. */
  async function leave(afterMs: number): Promise<LoggedEntry[] | undefined> {
    const { traceId, headers } = newTrace();
    const lines = Object.entries({ ...credentials, ...headers, "content-type": "application/json" });
    const socket = connect(hub.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: hub\r\n${lines.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
    );
    await sleep(afterMs);
    socket.destroy();
    await sleep(1_000);
    const found = await entriesOfTrace(hub, traceId);
    return found.length > 0 ? found : undefined;
  }

  test("before its answer leaves one entry all the same, and harms nobody", async () => {
    let patience = 1;
    const entries = await eventually("the entries", async () => leave((patience += 1)));
    expect(entries.map(({ source }) => source)).toEqual(["families", "lokalis"]);
    expect((await send({ body: BODY })).status).toBe(200);
  });

  test("in the middle of its request harms nobody", async () => {
    for (let round = 0; round < 20; round += 1) {
      const socket = connect(hub.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(
        "POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
      );
      socket.destroy();
    }
    expect((await send({ body: BODY })).status).toBe(200);
  });
});

test.each([
  ["of which the first half is zero", `00-${"0".repeat(16)}a1b2c3d4e5f60718-00f067aa0ba902b7-01`],
  ["in capitals", `00-${"A".repeat(32)}-00f067aa0ba902b7-01`],
  ["of another version", `ff-${"a".repeat(32)}-00f067aa0ba902b7-01`],
  ["that is too long", `00-${"a".repeat(64)}-00f067aa0ba902b7-01`],
  ["with a name in it", "00-Jan Verzonnen-00f067aa0ba902b7-01"],
])("a trace id %s is taken as it is or not at all", async (_what, traceparent) => {
  const answer = await send({ headers: { traceparent }, body: BODY });
  const { traceId } = (JSON.parse(answer.text) as { extensions: { traceId: string } }).extensions;
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(await entriesOfTrace(hub, traceId)).toHaveLength(2);
});
