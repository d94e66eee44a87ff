// The queue command: an operator sees how deliveries are and tries dead letters anew, and learns nothing about whom.

import { toOrganisationCode } from "../../../shared/kernel/ids";
import { runQueueCommand } from "../../../subgraphs/referrals/source/command/queue-command";
import { registerEndpoints } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-state";
import type { ReferralStores } from "../../../subgraphs/referrals/source/move-referral";
import { withDatabase } from "../../kit/database";
import { arrangeFamily, arrangeReceived, REGION } from "./arrange";

const database = withDatabase();
const stores = (): ReferralStores => ({ pool: database.pool, region: REGION });
const SAVE = toOrganisationCode("save");

interface Result {
  readonly code: number;
  readonly out: string;
  readonly rows: readonly Record<string, unknown>[];
}

async function queue(...args: string[]): Promise<Result> {
  let out = "";
  const code = await runQueueCommand(
    args,
    { DATABASE_URL: database.workingUrl },
    {
      print: (text) => {
        out += text;
      },
      say: () => undefined,
    },
  );
  return { code, out, rows: args.includes("--json") ? (JSON.parse(out) as Result["rows"]) : [] };
}

let familyId = "";
let referralId = "";
beforeAll(async () => {
  await registerEndpoints(database.pool, [SAVE]);
  familyId = await arrangeFamily(database.pool);
  referralId = (await arrangeReceived(stores(), { familyId })).id;
});
const kill = async (): Promise<void> => {
  await database.owner.query(
    `update hub.referral_delivery set state = 'DEAD', ended_at = now(), attempts = 26, fault = 'TIMEOUT'
     where kind = 'WEBHOOK' and state = 'PENDING'`,
  );
};

test("says how it is, and with its exit code whether somebody is needed", async () => {
  expect(await queue("status")).toMatchObject({ code: 0 });
  await kill();
  const { code, rows } = await queue("status", "--json");
  expect(code).toBe(1);
  expect(rows).toEqual([
    expect.objectContaining({ what: "all", pending: 0, dead: 1, endpointsOff: 0 }),
    expect.objectContaining({ what: "WEBHOOK", dead: 1 }),
  ]);
});

/** What the access log says of what was done. */
const onRecord = async (): Promise<unknown[]> =>
  (
    await database.owner.query(
      `select operation, outcome, worker, relied_on as relied from access_log.entry
       where act = 'CONFIGURE' order by position`,
    )
  ).rows;

test("tries a dead letter anew, once, on record", async () => {
  await kill();
  const [letter] = (await queue("dead", "--json")).rows;
  const id = String(letter?.["id"]);
  expect(letter).toMatchObject({
    organisation: "save",
    owner: "save",
    event: "referral.received",
    fault: "TIMEOUT",
  });
  expect((await queue("replay", id, "--by", "someone")).code).toBe(0);
  expect((await queue("replay", id)).code).toBe(1);
  const { rows } = await database.owner.query(
    "select state, attempts from hub.referral_delivery where id = $1",
    [id],
  );
  expect(rows).toEqual([{ state: "PENDING", attempts: 0 }]);
  expect((await queue("record", "--json")).rows).toEqual([
    expect.objectContaining({ act: "REPLAYED", delivery: id, operator: "someone" }),
  ]);
  const relied = ["OPERATOR:TRUST", `OBJECT:${id}`];
  expect(await onRecord()).toEqual([
    { operation: "replayDelivery", outcome: "DELIVERED", worker: "someone", relied },
    // There was nothing to replay any more.
    { operation: "replayDelivery", outcome: "DELIVERED", worker: "hub.operator", relied },
    { operation: "replayDelivery", outcome: "FAILED", worker: "hub.operator", relied },
  ]);
});

test("switches an endpoint off and on, and has it tested, each on record", async () => {
  expect((await queue("enable", "save")).code).toBe(1);
  expect((await queue("disable", "save", "--by", "someone")).code).toBe(0);
  expect((await queue("endpoints", "--json")).rows).toEqual([
    expect.objectContaining({ organisation: "save", state: "OFF", reason: "BY_OPERATOR" }),
  ]);
  expect((await queue("status")).code).toBe(1);
  expect((await queue("test", "save")).code).toBe(0);
  expect((await queue("enable", "save")).code).toBe(0);
  expect((await queue("disable", "nobody")).code).toBe(1);
  const { rows: acts } = await queue("record", "--json");
  expect(acts.slice(0, 3).map((one) => one["act"])).toEqual(["SWITCHED_ON", "TEST_ASKED", "SWITCHED_OFF"]);
});

test("shows nothing about whom", async () => {
  await kill();
  for (const command of ["status", "dead", "endpoints", "record"]) {
    for (const options of [[], ["--json"]]) {
      const { out } = await queue(command, ...options);
      expect(out).not.toContain(familyId);
      expect(out).not.toContain(referralId);
    }
  }
});

test("explains itself, and what it does not understand", async () => {
  expect(await queue("--help")).toMatchObject({ code: 0, out: expect.stringContaining("replay ID") });
  for (const args of [
    [],
    ["other"],
    ["replay"],
    ["replay", "x"],
    ["dead", "x"],
    ["status", "--by", "a b"],
    ["enable", "a b"],
  ]) {
    expect((await queue(...args)).code).toBe(2);
  }
});
