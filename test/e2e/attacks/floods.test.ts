// What is meant to bring the gateway down, one by one with what it tries. Each gets its code and nothing else, while the
// gateway keeps its memory within bounds and others get their answers.

import { FLOODS, type Hostile } from "../../kit/floods";
import { FROM_ELSEWHERE } from "../../kit/from-elsewhere";
import { eventually, tokenOf } from "../../kit/hub";
import { startSecondGateway } from "../../kit/second-gateway";
import { drip, sendRaw, type RawAnswer } from "../../kit/send-raw";
import { sharedHub } from "../../kit/shared-hub";
import { whileWatched } from "../../kit/watched-gateway";
import type { WatchReport } from "../../kit/gateway-watcher";

/** Megabytes that a gateway may take, whatever is sent to it. */
const MOST_MB = 512;
/** Milliseconds within which a good question is answered meanwhile. */
const ANSWERED_WITHIN_MS = 1_000;
/** Part of the good questions for which that must hold: a machine that does other work too is late by itself now and then. */
const MOST_OF_THEM = 0.9;
/** On a machine that is so busy with other work that this much is more than a second, that. */
const TIMES_AS_LONG_AS_BEFORE = 10;
/** So often is each sent, so many at once. */
const TIMES = 15;
const AT_ONCE = 20;

const hub = sharedHub();
let gateway: Awaited<ReturnType<typeof startSecondGateway>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  gateway = await startSecondGateway(hub);
  credentials = { authorization: `Bearer ${await tokenOf(hub, "lokalis.worker")}`, purpose: "CARE" };
  // The first of its kind is planned; those that follow are what is measured.
  await sendRaw({ ...gateway, headers: credentials, body: JSON.stringify({ query: "{ me { worker } }" }) });
});
afterAll(async () => {
  await gateway.stop();
});

const send = async ({ method, path, headers, body }: Hostile): Promise<RawAnswer> =>
  sendRaw({
    port: gateway.port,
    headers: { ...credentials, ...headers },
    body: body(),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  });

/** Sends each of these so many times, so many at once; resolves with all answers. */
async function flood(what: readonly Hostile[], times: number): Promise<[Hostile, RawAnswer][]> {
  // Said beforehand: who attacks does not share the processor that is attacked.
  const said = what.map((one) => {
    const body = one.body();
    return { ...one, body: () => body };
  });
  const waiting = Array.from({ length: times }, () => said).flat();
  const answers: [Hostile, RawAnswer][] = [];
  const work = async (): Promise<void> => {
    for (let one = waiting.pop(); one; one = waiting.pop()) answers.push([one, await send(one)]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

interface Refusal {
  readonly data?: unknown;
  readonly errors: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

function expectRefused({ code, status, of }: Hostile, answer: RawAnswer): void {
  const { errors, data } = JSON.parse(answer.text) as Refusal;
  expect([answer.status, [...new Set(errors.map(({ extensions }) => extensions["code"]))]]).toEqual([
    status,
    [code],
  ]);
  expect(data ?? undefined).toBeUndefined();
  if (of === undefined) return;
  expect(errors[0]?.extensions).toMatchObject({ of, limit: expect.any(Number) as number });
}

/** The time within which this part of the questions was answered. */
const partOf = (answeredMs: readonly number[], part: number): number | undefined =>
  answeredMs.toSorted((one, other) => one - other)[Math.floor((answeredMs.length - 1) * part)];

/** The gateway stayed within its memory, and who asked something good was answered in time. */
function expectUnharmed({ peakMb, quietMs, answeredMs, refused }: WatchReport): void {
  expect(refused).toEqual([]);
  const within = Math.max(ANSWERED_WITHIN_MS, TIMES_AS_LONG_AS_BEFORE * quietMs);
  expect(partOf(answeredMs, MOST_OF_THEM)).toBeLessThan(within);
  expect(peakMb).toBeLessThan(MOST_MB);
}

describe("gets its code and no data", () => {
  test.each(FLOODS.map((one) => [one.tries, one] as const))("%s", async (_tries, one) => {
    expectRefused(one, await send(one));
  });
});

describe("of a page of elsewhere, gets its code and no data, and nothing that a browser takes for leave", () => {
  test.each(FROM_ELSEWHERE.map((one) => [one.tries, one] as const))("%s", async (_tries, one) => {
    const answer = await send(one);
    expectRefused(one, answer);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  });
});

test("all of them at once, again and again, leave the gateway within its memory and others with their answers", async () => {
  const report = await whileWatched(hub, gateway, async () => {
    for (const [one, answer] of await flood(FLOODS, TIMES)) expectRefused(one, answer);
  });
  expectUnharmed(report);
});

describe("one worker with texts that are allowed, each another one and as costly as may be", () => {
  const dossiers = ["lokalis", "veiligThuis", "save", "rvdk", "wss"].map((one) => `${one} { __typename }`);
  const families = (n: number): string =>
    Array.from(
      { length: 8 },
      (_, at) => `f${n}x${at}: family(id: "OVV-06") { id ${dossiers.join(" ")} }`,
    ).join(" ");
  let counted: typeof gateway;
  beforeAll(async () => {
    counted = await startSecondGateway(
      hub,
      {},
      { SCHAKEL_RATE_PER_WORKER: "600", SCHAKEL_MAX_REQUESTS_PER_WORKER: "6" },
    );
  });
  afterAll(async () => {
    await counted.stop();
  });

  test("is held up, and holds up nobody else", async () => {
    const codes: unknown[] = [];
    const report = await whileWatched(hub, counted, async () => {
      const waiting = Array.from({ length: 300 }, (_, n) => n);
      const work = async (): Promise<void> => {
        for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
          const body = JSON.stringify({ query: `{ ${families(n)} }` });
          const { text } = await sendRaw({ port: counted.port, headers: credentials, body });
          const { errors } = JSON.parse(text) as Partial<Refusal>;
          codes.push(errors?.[0]?.extensions["code"] ?? "answered");
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    });
    expect(codes).toContain("RATE_LIMITED");
    // A machine that is busy with other work may leave the register too late for some of it.
    const others = codes.filter(
      (code) => !["answered", "RATE_LIMITED", "RECORD_UNAVAILABLE"].includes(String(code)),
    );
    expect(others).toEqual([]);
    // A new text counts ten, of six hundred a minute.
    expect(codes.filter((code) => code === "answered").length).toBeLessThanOrEqual(120);
    // This is work, not a flood: it takes its time of the sources as well. Others share with it, and wait for none of it.
    const { refused, quietMs, answeredMs, peakMb } = report;
    expect(refused).toEqual([]);
    expect(partOf(answeredMs, 0.5)).toBeLessThan(
      Math.max(ANSWERED_WITHIN_MS, TIMES_AS_LONG_AS_BEFORE * quietMs),
    );
    expect(peakMb).toBeLessThan(MOST_MB);
  });
});

describe("slow clients", () => {
  const HEAD = "POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n";
  test.each([
    ["that never end their headers", `${HEAD}x-slow: `],
    ["that never end their body", `${HEAD}content-length: 100000\r\n\r\n{`],
    ["that never say what they ask for", "POST /"],
  ])("%s are ended, and nobody waits for them", async (_what, start) => {
    const report = await whileWatched(hub, gateway, async () => {
      const slow = Array.from({ length: 250 }, () => drip(gateway.port, start, 500));
      await Promise.all(slow.map(async ({ ended }) => ended));
    });
    expectUnharmed(report);
  });

  test("from one address do not take all connections", async () => {
    const open = Array.from({ length: 400 }, () => drip(gateway.port, HEAD, 5_000));
    let ended = 0;
    for (const one of open) void one.ended.then(() => (ended += 1));
    try {
      // Long before their time is over: those beyond what one address may have.
      await eventually("connections to be refused", async () => (ended >= 100 ? true : undefined), 4_000);
      // Elsewhere than on Linux a machine has no second address of its own.
      if (process.platform !== "linux") return;
      const answer = await sendRaw({ port: gateway.port, body: "{}", localAddress: "127.0.0.2" });
      expect(answer.status).toBe(401);
    } finally {
      for (const one of open) one.stop();
    }
  });
});
