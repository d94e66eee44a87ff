// What is meant to bring the gateway down, one by one with what it tries. Each gets its code and nothing else, while the
// gateway keeps its memory within bounds and others get their answers.

import { FLOODS, type Hostile } from "../../kit/floods";
import { FROM_ELSEWHERE } from "../../kit/from-elsewhere";
import { tokenOf } from "../../kit/hub";
import { startSecondGateway } from "../../kit/second-gateway";
import { drip, sendRaw, type RawAnswer } from "../../kit/send-raw";
import { sharedHub } from "../../kit/shared-hub";
import { whileWatched } from "../../kit/watched-gateway";
import type { WatchReport } from "../../kit/gateway-watcher";

/** Megabytes that a gateway may take, whatever is sent to it. */
const MOST_MB = 512;
/** Milliseconds within which a good question is answered meanwhile. */
const ANSWERED_WITHIN_MS = 1_000;
/** So often is each sent, so many at once. */
const TIMES = 30;
const AT_ONCE = 30;

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
  const waiting = Array.from({ length: times }, () => what).flat();
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

/** The gateway stayed within its memory, and who asked something good was answered in time. */
function expectUnharmed({ peakMb, answeredMs, refused }: WatchReport): void {
  expect(refused).toEqual([]);
  expect(answeredMs.length).toBeGreaterThan(0);
  expect(answeredMs.filter((ms) => ms > ANSWERED_WITHIN_MS)).toEqual([]);
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
  console.error(JSON.stringify({ peak: report.peakMb, ms: report.answeredMs, refused: report.refused }));
  expectUnharmed(report);
});

describe("slow clients", () => {
  const HEAD = "POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n";
  test.each([
    ["that never end their headers", `${HEAD}x-slow: `],
    ["that never end their body", `${HEAD}content-length: 100000\r\n\r\n{`],
    ["that say nothing but a first letter", "P"],
  ])("%s are ended, and nobody waits for them", async (_what, start) => {
    const report = await whileWatched(hub, gateway, async () => {
      const slow = Array.from({ length: 250 }, () => drip(gateway.port, start, 500));
      await Promise.all(slow.map(async ({ ended }) => ended));
    });
    console.error(JSON.stringify({ peak: report.peakMb, ms: report.answeredMs, refused: report.refused }));
    expectUnharmed(report);
  });

  test("from one address do not take all connections", async () => {
    const open = Array.from({ length: 400 }, () => drip(gateway.port, HEAD, 5_000));
    try {
      const first = await Promise.race(open.map(async ({ ended }) => ended).concat());
      expect(first).toBeUndefined();
    } finally {
      for (const one of open) one.stop();
    }
  });
});
