// After `kill -9` of everything the hub is as it was, and what it had taken on is done, once.

import { randomUUID } from "node:crypto";
import { escapeIdentifier } from "pg";
import { isAlive } from "../../shared/launch/processes";
import { newTrace, readLog } from "../kit/access-log";
import { ask, eventually, TestHub, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { whileGone } from "../kit/hub-processes";
import {
  askReferral,
  listReferrals,
  referralIn,
  sendReferral,
  takeStep,
  untilReceived,
  type SeenReferral,
} from "../kit/referrals";
import { FAMILY_VIEW } from "../kit/view";

const START_MS = 300_000;
const DELIVERY_MS = 120_000;

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
}, START_MS);
afterAll(async () => {
  await hub.remove();
});

/** Kills every process, sees that none is left, and starts the hub again on its data. */
async function killAndStart(): Promise<void> {
  const pids = [...hub.services().map((service) => hub.pidOf(service)), hub.postgresPid()];
  await hub.kill();
  await eventually("the end of every process", async () => (pids.some(isAlive) ? undefined : true));
  await hub.start();
}

/** Every row of the hub's registers and of its log, as text, by table. */
async function readRecord(): Promise<Record<string, string[]>> {
  return asOwner(hub.place, async (owner) => {
    const { rows: tables } = await owner.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema in ('hub', 'access_log', 'public')`,
    );
    const record: Record<string, string[]> = {};
    for (const { schema, name } of tables) {
      const { rows } = await owner.query<{ row: string }>(
        `select t::text as row from ${escapeIdentifier(schema)}.${escapeIdentifier(name)} t order by 1`,
      );
      record[`${schema}.${name}`] = rows.map(({ row }) => row);
    }
    return record;
  });
}

/** Resolves when every delivery is made, so that nothing moves by itself any more. */
async function untilDelivered(): Promise<void> {
  await eventually(
    "every delivery",
    async () =>
      asOwner(hub.place, async (owner) => {
        const { rowCount } = await owner.query("select from hub.referral_delivery where state = 'PENDING'");
        return rowCount === 0 ? true : undefined;
      }),
    DELIVERY_MS,
  );
}

const view = async (persona: string, purpose: string, id: string): Promise<Answer> => {
  const { headers } = newTrace();
  return ask(hub.place, { persona, purpose, query: FAMILY_VIEW, variables: { id }, headers });
};

const delivered = ({ history }: SeenReferral): number =>
  history.filter(({ step }) => step === "deliver").length;

describe("after everything was killed", () => {
  test("families, consents, measures, referrals and log are as they were", async () => {
    const consent = await ask(hub.place, {
      persona: "lokalis.worker",
      purpose: "CARE",
      query: `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { id } }`,
      variables: {
        input: {
          personId: "OVV-02-3",
          givenBy: "OVV-02-1",
          holder: "wss",
          recipient: "lokalis",
          categories: ["CARE_PLAN"],
          purpose: "CARE",
          decision: "GIVEN",
          how: "SPOKEN",
          idempotencyKey: randomUUID(),
        },
      },
    });
    expect(consent.body.errors).toBeUndefined();
    const objected = referralIn(await sendReferral(hub.place), "refer");
    await untilReceived(hub.place, "save.voluntary", objected.id, DELIVERY_MS);
    await takeStep(hub.place, "save.voluntary", "objectToReferral", {
      referralId: objected.id,
      reason: "ANOTHER_INVOLVED",
      proposal: "wss",
    });
    const taken = referralIn(await sendReferral(hub.place, { familyId: "OVV-09", receiver: "wss" }), "refer");
    await untilReceived(hub.place, "wss.voluntary", taken.id, DELIVERY_MS);
    await takeStep(hub.place, "wss.voluntary", "acceptReferral", { referralId: taken.id });
    await untilDelivered();
    const views = async (): Promise<unknown[]> =>
      Promise.all([
        view("lokalis.worker", "CARE", "OVV-02").then(({ body }) => body.data),
        view("rvdk.investigator", "INVESTIGATION", "OVV-06").then(({ body }) => body.data),
        view("wss.voluntary", "CARE", "OVV-09").then(({ body }) => body.data),
      ]);
    const seenBefore = await views();
    const logBefore = await readLog(hub.place, "lokalis");
    const sentBefore = await listReferrals(hub.place, "lokalis.worker", "sentReferrals");
    const recordBefore = await readRecord();
    for (const table of ["hub.family", "hub.consent", "hub.referral_event", "access_log.entry"]) {
      expect(recordBefore[table]?.length).toBeGreaterThan(0);
    }

    await killAndStart();

    const recordAfter = await readRecord();
    expect(Object.keys(recordAfter)).toEqual(Object.keys(recordBefore));
    for (const [table, rows] of Object.entries(recordBefore)) {
      // The log goes on by itself, with checkpoints and signals, and what is used is written down some seconds after it was
      // asked; what stood in them stands in them still.
      const goesOn = table.startsWith("access_log.") || table === "hub.used_coordinate";
      const kept: unknown = goesOn ? expect.arrayContaining(rows) : rows;
      expect([table, recordAfter[table]]).toEqual([table, kept]);
    }
    expect(await listReferrals(hub.place, "lokalis.worker", "sentReferrals")).toEqual(sentBefore);
    expect(await views()).toEqual(seenBefore);
    const logAfter = new Map((await readLog(hub.place, "lokalis")).map((entry) => [entry.id, entry]));
    for (const entry of logBefore) expect(logAfter.get(entry.id)).toEqual(entry);
  }, 400_000);

  test("a referral that was taken in while nobody delivered is delivered, once", async () => {
    const id = await whileGone(hub, "worker", async () => {
      const sent = referralIn(await sendReferral(hub.place), "refer");
      expect(sent).toMatchObject({ state: "SUBMITTED", delivery: "PENDING", owner: "lokalis" });
      await hub.kill();
      return sent.id;
    });
    await hub.start();
    const received = await untilReceived(hub.place, "save.voluntary", id, DELIVERY_MS);
    expect(received).toMatchObject({ state: "RECEIVED", delivery: "DELIVERED", owner: "lokalis" });
    await untilDelivered();
    const sent = referralIn(await askReferral(hub.place, "lokalis.worker", id), "referral");
    expect(delivered(sent)).toBe(1);
  }, 400_000);

  test("every referral that was confirmed in the midst of sending is delivered once; the others can be sent again", async () => {
    const knownBefore = (await listReferrals(hub.place, "lokalis.worker", "sentReferrals")).map(
      ({ id }) => id,
    );
    const confirmed = new Map<string, string>();
    const unconfirmed: string[] = [];
    let stopping = false;
    const send = async (): Promise<void> => {
      while (!stopping) {
        const idempotencyKey = randomUUID();
        try {
          confirmed.set(
            idempotencyKey,
            referralIn(await sendReferral(hub.place, { idempotencyKey }), "refer").id,
          );
        } catch {
          unconfirmed.push(idempotencyKey);
          stopping = true;
        }
      }
    };
    const sending = [send(), send(), send()];
    await eventually("some referrals", async () => (confirmed.size >= 15 ? true : undefined), DELIVERY_MS);
    await hub.kill();
    stopping = true;
    await Promise.all(sending);
    await hub.start();

    for (const idempotencyKey of unconfirmed) {
      const answer = await sendReferral(hub.place, { idempotencyKey });
      confirmed.set(idempotencyKey, referralIn(answer, "refer").id);
    }
    const ids = new Set(confirmed.values());
    expect(ids.size).toBe(confirmed.size);
    await untilDelivered();
    const inbox = new Map(
      (await listReferrals(hub.place, "save.voluntary", "referralInbox")).map((one) => [one.id, one]),
    );
    for (const id of ids) {
      const found = inbox.get(id);
      expect(found).toMatchObject({ state: "RECEIVED", owner: "lokalis", delivery: "DELIVERED" });
      expect(found && delivered(found)).toBe(1);
    }
    // None beside them: what was sent again under its key was not made a second time.
    const sentNow = await listReferrals(hub.place, "lokalis.worker", "sentReferrals");
    const known = new Set([...ids, ...knownBefore]);
    expect(sentNow.filter(({ id }) => !known.has(id))).toEqual([]);
  }, 400_000);
});
