// Without the hub's database, or with a log that cannot be written, no data leave; once it is back the hub serves by itself.

import { randomUUID } from "node:crypto";
import { entriesOf, newTrace } from "../kit/access-log";
import { ask, eventually, TestHub, type Answer, type Ask } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { whilePostgresHangs, whilePostgresIsGone } from "../kit/hub-processes";
import { listReferrals, referralIn, sendReferral } from "../kit/referrals";
import { FAMILY_VIEW, withheldOf } from "../kit/view";

const START_MS = 300_000;
/** A connection that hangs is given up after 12 s, and the log after another 2. */
const PATIENCE_MS = 40_000;
/** How long a probe of readiness may take, a loaded machine included. */
const PROBE_MS = 8_000;

const VIEW: Ask = {
  persona: "lokalis.worker",
  purpose: "CARE",
  query: FAMILY_VIEW,
  variables: { id: "OVV-06" },
};

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
}, START_MS);
afterAll(async () => {
  await hub.remove();
});

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);
const statusOf = async (path: string): Promise<number> => {
  const response = await fetch(`http://127.0.0.1:${hub.place.port}${path}`);
  await response.arrayBuffer();
  return response.status;
};

/** Every kind of question whose answer is about families. */
const QUESTIONS: readonly (readonly [string, () => Promise<Answer>])[] = [
  ["a view", async () => ask(hub.place, VIEW)],
  [
    "a caseload",
    async () =>
      ask(hub.place, {
        ...VIEW,
        query: `{ caseload { edges { node { id lokalis { carePlan { summary } } } } } }`,
      }),
  ],
  [
    "an inbox",
    async () =>
      ask(hub.place, {
        persona: "save.voluntary",
        purpose: "REFERRAL",
        query: `{ referralInbox { edges { node { id family { id } } } } }`,
      }),
  ],
  [
    "the log",
    async () =>
      ask(hub.place, {
        persona: "lokalis.privacy-officer",
        purpose: "OVERSIGHT",
        query: `{ accessLog { edges { node { subjectId } } } }`,
      }),
  ],
  ["a referral to send", async () => sendReferral(hub.place)],
  [
    "a family that may not be seen",
    async () => ask(hub.place, { ...VIEW, query: `{ family(id: "OVV-15") { id } }` }),
  ],
];

/** Nothing but an error that says which part of the hub is away. */
function expectNothing(what: string, answer: Answer, codes: readonly string[]): void {
  expect([what, answer.status]).toEqual([what, 503]);
  expect(answer.body.data).toBeUndefined();
  expect(codesOf(answer)).toHaveLength(1);
  expect(codes).toContain(codesOf(answer)[0]);
  expect(withheldOf(answer)).toEqual([]);
  expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
}

/** A view with everything in it, by the same gateway. */
async function untilServed(): Promise<Answer> {
  return eventually(
    "a view",
    async () => {
      if ((await statusOf("/ready")) !== 200) return undefined;
      const answer = await ask(hub.place, VIEW);
      const complete = (answer.body.extensions?.["unavailable"] as unknown[] | undefined)?.length === 0;
      return answer.status === 200 && complete ? answer : undefined;
    },
    150_000,
  );
}

describe.each([
  ["is gone", whilePostgresIsGone],
  ["hangs", whilePostgresHangs],
])("while PostgreSQL %s", (_how, whileAway) => {
  test("nothing leaves, readiness says so, and afterwards the same gateway serves by itself", async () => {
    const before = await untilServed();
    const gateway = hub.pidOf("gateway");
    const answers = await whileAway(hub, async () => {
      // At once: connections that were idle are the ones that hang longest.
      const begun = performance.now();
      expect(await statusOf("/ready")).toBe(503);
      expect(performance.now() - begun).toBeLessThan(PROBE_MS);
      expect(await statusOf("/health")).toBe(200);
      const asked = performance.now();
      const given = await Promise.all(
        QUESTIONS.map(async ([what, put]) => ({
          what,
          answer: await put(),
          tookMs: performance.now() - asked,
        })),
      );
      return given;
    });
    for (const { what, answer, tookMs } of answers) {
      expectNothing(what, answer, ["RECORD_UNAVAILABLE", "LOG_UNAVAILABLE"]);
      expect([what, tookMs < PATIENCE_MS]).toEqual([what, true]);
    }
    const after = await untilServed();
    expect(after.body.data).toEqual(before.body.data);
    expect(hub.pidOf("gateway")).toBe(gateway);
  }, 400_000);
});

describe("while only the log cannot be written", () => {
  /** Takes the right to write from the role that the services work with, and gives back what it was. */
  async function whileUnwritable<T>(work: () => Promise<T>): Promise<T> {
    return asOwner(hub.place, async (owner) => {
      await owner.query("revoke execute on function access_log.append_parts from schakel_app");
      try {
        return await work();
      } finally {
        await owner.query("grant execute on function access_log.append_parts to schakel_app");
      }
    });
  }

  test("nothing leaves", async () => {
    const before = await untilServed();
    const answers = await whileUnwritable(async () =>
      Promise.all(QUESTIONS.map(async ([what, put]) => ({ what, answer: await put() }))),
    );
    for (const { what, answer } of answers) expectNothing(what, answer, ["LOG_UNAVAILABLE"]);
    expect((await untilServed()).body.data).toEqual(before.body.data);
  }, 200_000);

  test("a change is not confirmed; sent again under its key it is made once, and on record", async () => {
    await untilServed();
    const key = { idempotencyKey: randomUUID() };
    const before = await listReferrals(hub.place, "lokalis.worker", "sentReferrals");
    const refused = await whileUnwritable(async () => sendReferral(hub.place, key));
    expectNothing("a referral to send", refused, ["LOG_UNAVAILABLE"]);
    const { traceId, headers } = newTrace();
    const sent = referralIn(await sendReferral(hub.place, key, headers), "refer");
    const after = await listReferrals(hub.place, "lokalis.worker", "sentReferrals");
    expect(after.map(({ id }) => id).filter((id) => !before.some((one) => one.id === id))).toEqual([sent.id]);
    expect(await entriesOf(hub.place, "lokalis", traceId)).toMatchObject([
      { act: "CREATE", outcome: "DELIVERED", operation: "refer", subjectId: "OVV-06" },
    ]);
  }, 200_000);
});
