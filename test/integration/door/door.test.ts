// What the door says, request by request, before anything is asked of any source.

import type { AllowedOperations } from "../../../gateway/door/allowed-operations";
import { createRateLimits } from "../../../gateway/door/rate-limits";
import { SchakelError } from "../../../shared/kernel/errors";
import { setTimeout as sleep } from "node:timers/promises";
import { limitsWith } from "../../kit/plain-limits";
import { codesOf, openSmallDoor, signInBy, type SmallDoor } from "../../kit/small-door";

const away = { consume: async () => Promise.reject(new Error("away")) };
/** Knows no document by its name. */
const NOTHING_LISTED: AllowedOperations = {
  textOf: ({ documentId }) => {
    if (documentId !== undefined) throw new SchakelError("OPERATION_NOT_ALLOWED");
    return undefined;
  },
  hold: () => undefined,
};
const doors: SmallDoor[] = [];
const open = async (...deps: Parameters<typeof openSmallDoor>): Promise<SmallDoor> => {
  const door = await openSmallDoor(...deps);
  doors.push(door);
  return door;
};
/** One with nothing set, for all that it is enough for. */
let plain: SmallDoor;
beforeAll(async () => {
  plain = await open();
});
afterAll(async () => {
  await Promise.all(doors.map(async (one) => one.stop()));
});

describe("pages", () => {
  const PORTAL = "https://portal.example";

  test("of nowhere but the gateway itself may ask, when nothing is set", async () => {
    const { send, port } = plain;
    expect(codesOf(await send({ headers: { origin: PORTAL } }))).toEqual(["ORIGIN_NOT_ALLOWED"]);
    expect(codesOf(await send({ headers: { origin: "null" } }))).toEqual(["ORIGIN_NOT_ALLOWED"]);
    const own = await send({ headers: { origin: `http://127.0.0.1:${port}` } });
    expect(own.status).toBe(200);
    expect(own.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("of an origin that is set may ask, and read the answer; no other may, also not one that looks like it", async () => {
    const { send } = await open({ origins: new Set([PORTAL]) });
    const asked = await send({
      method: "OPTIONS",
      headers: { origin: PORTAL, "access-control-request-method": "POST" },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": PORTAL,
      "access-control-allow-methods": "POST",
    });
    const answer = await send({ headers: { origin: PORTAL } });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, PORTAL]);
    expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
    expect(String(answer.headers["vary"])).toMatch(/origin/i);
    for (const origin of [
      "https://portal.example.elders.example",
      "http://portal.example",
      `${PORTAL}:8443`,
    ]) {
      const other = await send({ headers: { origin } });
      expect([other.status, codesOf(other)]).toEqual([403, ["ORIGIN_NOT_ALLOWED"]]);
      expect(other.headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  test("are told to keep nothing, frame nothing and run nothing", async () => {
    const { send } = plain;
    for (const answer of [await send({}), await send({ headers: { origin: PORTAL } })]) {
      expect(answer.headers).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none';frame-ancestors 'none'",
        "strict-transport-security": expect.stringContaining("max-age=") as string,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(answer.headers).not.toHaveProperty("x-powered-by");
    }
  });
});

describe("what is refused before it is asked who somebody is", () => {
  const tooLarge = limitsWith({ bodyBytes: 200 });
  test.each([
    ["a page of elsewhere", { headers: { origin: "https://elsewhere.example" } }, "ORIGIN_NOT_ALLOWED"],
    ["what is no JSON", { body: "{" }, "REQUEST_MALFORMED"],
    ["another kind of body", { headers: { "content-type": "text/plain" } }, "REQUEST_MALFORMED"],
    ["a body that is too large", { body: JSON.stringify({ query: " ".repeat(300) }) }, "REQUEST_TOO_LARGE"],
    ["a name that means something", { body: '{"variables":{"__proto__":1}}' }, "QUERY_INVALID"],
    ["a document that nobody listed", { json: { documentId: "unknown" } }, "OPERATION_NOT_ALLOWED"],
  ] as const)("is on record once: %s", async (_what, request, code) => {
    const { send, recorded } = await open({ limits: tooLarge, operations: NOTHING_LISTED });
    expect(codesOf(await send(request))).toEqual([code]);
    expect(recorded).toEqual([code]);
  });

  test("and is refused for another reason when it cannot be", async () => {
    const full = { write: async () => Promise.reject(new SchakelError("LOG_UNAVAILABLE")) };
    const { send } = await open({ accessLog: full });
    const answer = await send({ body: "{" });
    expect([answer.status, codesOf(answer)]).toEqual([503, ["LOG_UNAVAILABLE"]]);
  });

  test("what the hub itself cannot do is no refusal of anybody", async () => {
    const { send, recorded } = await open({
      progress: { requests: 0, requestsPerAddress: 0, requestsPerWorker: 1 },
    });
    expect(codesOf(await send({}))).toEqual(["GATEWAY_BUSY"]);
    expect(recorded).toEqual([]);
  });
});

describe("in production", () => {
  test.each([
    ["the schema", "{ __schema { types { name } } }"],
    ["a type", '{ __type(name: "Family") { fields { name } } }'],
    [
      "the schema, within something else",
      `{ family(id: "OVV-06") { id } ...S } fragment S on Query { __schema { types { name } } }`,
    ],
  ])("%s is not told", async (_what, query) => {
    const { send } = plain;
    const answer = await send({ json: { query } });
    expect([answer.status, new Set(codesOf(answer))]).toEqual([400, new Set(["QUERY_INVALID"])]);
    expect(answer.text).not.toContain('"data"');
  });

  test.each([
    ["a field", '{ famly(id: "OVV-06") { id } }'],
    ["a type", '{ family(id: "OVV-06") { ... on Familie { id } } }'],
    ["an argument", '{ family(di: "OVV-06") { id } }'],
    ["a directive", '{ family(id: "OVV-06") { id @skp(if: true) } }'],
    ["a fragment", '{ family(id: "OVV-06") { ...Famly } } fragment Family on Family { id }'],
  ])("a misspelt name of %s is not put right", async (_what, query) => {
    const { send } = plain;
    const answer = await send({ json: { query } });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/did you mean/i);
  });
});

describe("how often", () => {
  const rates = (worker: number, organisation: number, address: number) =>
    createRateLimits({ worker, organisation, address }, () => away);

  test("a worker may ask is told with when to come back; a colleague is not held up", async () => {
    const { send, recorded } = await open({ rates: rates(12, 0, 0) });
    const answers = await Promise.all(Array.from({ length: 6 }, async () => send({})));
    const refused = answers.filter(({ status }) => status === 429);
    // The first text counts ten.
    expect(refused).toHaveLength(3);
    expect(new Set(refused.flatMap(codesOf))).toEqual(new Set(["RATE_LIMITED"]));
    expect(Number(refused[0]?.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused[0]?.text).not.toContain('"data"');
    expect((await send({ worker: "lokalis.other" })).status).toBe(200);
    expect(recorded.filter((code) => code === "RATE_LIMITED")).toHaveLength(1);
  });

  test("an organisation may ask counts all its workers", async () => {
    const { send } = await open({ rates: rates(0, 2, 0) });
    const statuses = [];
    for (const worker of ["lokalis.one", "lokalis.two", "lokalis.three", "save.one"]) {
      statuses.push((await send({ worker })).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200]);
  });

  test("an address may ask is counted before a token is looked at", async () => {
    let verified = 0;
    const { send } = await open({
      rates: rates(0, 0, 3),
      signIn: signInBy(() => {
        verified += 1;
        throw new Error("not reached by the fourth");
      }),
    });
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await send({})).status);
    expect(statuses.slice(3)).toEqual([429, 429, 429]);
    expect(verified).toBe(3);
  });

  test("an address is the one that a trusted proxy names, and of nobody else", async () => {
    const { send } = await open({ rates: rates(0, 0, 1), proxies: ["127.0.0.1"] });
    const from = async (address: string) => (await send({ headers: { "x-forwarded-for": address } })).status;
    expect([await from("10.0.0.1"), await from("10.0.0.1"), await from("10.0.0.2")]).toEqual([200, 429, 200]);
    const direct = await open({ rates: rates(0, 0, 1) });
    const claimed = async (address: string) =>
      (await direct.send({ headers: { "x-forwarded-for": address } })).status;
    expect([await claimed("10.0.0.1"), await claimed("10.0.0.2")]).toEqual([200, 429]);
  });
});

test("what is too much at once is told to come back, and let in after", async () => {
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { send } = await open({
    progress: { requests: 2, requestsPerAddress: 2, requestsPerWorker: 2 },
    writeTasks: async () => undefined,
    accessLog: { write: async () => held },
  });
  const first = [send({}), send({})];
  await sleep(300);
  const third = await send({});
  expect([third.status, codesOf(third), third.headers["retry-after"]]).toEqual([503, ["GATEWAY_BUSY"], "1"]);
  goOn();
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await send({})).status).toBe(200);
});

test("one worker has so many requests going on at once, and others theirs", async () => {
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { send, recorded } = await open({
    progress: { requests: 10, requestsPerAddress: 10, requestsPerWorker: 2 },
    accessLog: { write: async () => held },
  });
  const first = [send({}), send({}), send({ worker: "lokalis.other" })];
  await sleep(300);
  const more = await send({});
  expect([more.status, codesOf(more), more.headers["retry-after"]]).toEqual([429, ["RATE_LIMITED"], "1"]);
  goOn();
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await send({})).status).toBe(200);
  expect(recorded).not.toContain("RATE_LIMITED");
});

test("an answer that is too large is not given, and said to be so", async () => {
  const limit = 65_536;
  const { send } = await open({
    limits: limitsWith({ answerBytes: limit }),
    introspection: true,
  });
  const fields = "name kind description fields { name description type { name kind } }";
  const small = await send({ json: { query: "{ __schema { types { name } } }" } });
  expect(small.status).toBe(200);
  const large = Array.from({ length: 20 }, (_, n) => `a${n}: __schema { types { ${fields} } }`).join(" ");
  const answer = await send({ json: { query: `{ ${large} }` } });
  expect([answer.status, codesOf(answer)]).toEqual([400, ["ANSWER_TOO_LARGE"]]);
  expect(answer.text).toContain(`"limit":${limit}`);
  expect(answer.text).not.toContain("description");
});
