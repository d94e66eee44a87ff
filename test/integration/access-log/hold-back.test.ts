// Leaving an access out of the report of the family: proposed with a ground and a last day, confirmed by the privacy officer,
// and then gone without a trace until that day is over.

import { randomUUID } from "node:crypto";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aRequester } from "../../kit/requesters";
import { askRegister, officer } from "./arrange-questions";
import { aMember, MOTHER, putLooks, readReport, traceOf } from "./arrange-report";

const database = withDatabase();
const worker = aRequester("lokalis.worker", "WORKER");
const colleague = aRequester("lokalis.colleague", "WORKER");
const DAY_MS = 86_400_000;
const inDays = (days: number): string =>
  new Date(Date.parse(today()) + days * DAY_MS).toISOString().slice(0, 10);

beforeAll(async () => {
  await seedDemoRegister(database.pool);
  await putLooks(
    database,
    Array.from({ length: 6 }, (_, n) => ({
      trace: n + 1,
      hoursAgo: 30 - 2 * n,
      household: { categoriesDelivered: ["SAFETY"] },
    })),
  );
  await putLooks(database, [
    {
      trace: 50,
      hoursAgo: 3,
      change: {
        organisation: "wss" as never,
        worker: "wss.voluntary" as never,
        workerFunction: "VOLUNTARY_WORKER",
      },
    },
  ]);
});

interface Outcome {
  readonly result: Record<string, unknown> | null;
  readonly codes: readonly unknown[];
}
async function change(
  field: string,
  by: Requester,
  input: string,
  purpose: "CARE" | "OVERSIGHT",
): Promise<Outcome> {
  const { data, errors } = await askRegister(
    database.pool,
    `mutation { ${field}(input: { ${input} }) { id state ground until proposedBy confirmedBy endedBy entry { worker } } }`,
    by,
    purpose,
  );
  return {
    result: ((data as Record<string, unknown> | null)?.[field] ?? null) as Outcome["result"],
    codes: errors.map(({ originalError }) => (originalError as { code?: string } | undefined)?.code),
  };
}
const key = (): string => `idempotencyKey: "${randomUUID()}"`;
const propose = (which: string, by = worker, until = inDays(30), once = key()) =>
  change("holdBackEntry", by, `${which}, ground: SAFETY_OF_PERSON, until: "${until}", ${once}`, "CARE");
const confirm = (id: unknown, by = officer, once = key()) =>
  change("confirmHoldBack", by, `holdBackId: "${String(id)}", ${once}`, "OVERSIGHT");
const end = (id: unknown, by = officer) =>
  change("endHoldBack", by, `holdBackId: "${String(id)}", ${key()}`, "OVERSIGHT");

const report = async (reader = MOTHER) => (await readReport(database, reader, "first: 100")).report;
const hoursOf = async (): Promise<number> => (await report())?.edges.length ?? 0;
const entryOf = async (trace: number, source = "save"): Promise<string> => {
  const { rows } = await database.owner.query<{ id: string }>(
    "select id from access_log.entry where trace_id = $1 and source = $2 and subject_type = 'PERSON'",
    [traceOf(trace), source],
  );
  return rows[0]?.id ?? "";
};

describe("proposing", () => {
  test("changes nothing in the report yet", async () => {
    const before = await report();
    const { result, codes } = await propose(`entryId: "${await entryOf(1)}"`);
    expect(codes).toEqual([]);
    expect(result).toMatchObject({
      state: "PROPOSED",
      ground: "SAFETY_OF_PERSON",
      until: inDays(30),
      proposedBy: "lokalis.worker",
      confirmedBy: null,
      entry: null,
    });
    expect(await report()).toEqual(before);
  });

  test("goes by the trace id of one's own request too, and not of a colleague's", async () => {
    expect((await propose(`traceId: "${traceOf(1)}"`)).codes).toEqual([]);
    expect((await propose(`traceId: "${traceOf(1)}"`, colleague)).codes).toEqual(["ENTRY_NOT_FOUND"]);
  });

  test("again under the same key is the same proposal", async () => {
    const [entry, once] = [`entryId: "${await entryOf(2)}"`, key()];
    const first = await propose(entry, worker, inDays(10), once);
    const second = await propose(entry, worker, inDays(10), once);
    expect(second).toEqual(first);
    expect((await propose(entry, worker, inDays(11), once)).codes).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
  });

  test.each([
    ["an entry of another organisation", async () => `entryId: "${await entryOf(50)}"`, "ENTRY_NOT_FOUND"],
    ["an entry that is not there", async () => `entryId: "${randomUUID()}"`, "ENTRY_NOT_FOUND"],
    ["what is no id", async () => `entryId: "Jan"`, "ENTRY_NOT_FOUND"],
    ["what is no trace", async () => `traceId: "1"`, "ENTRY_NOT_FOUND"],
    ["nothing", async () => "", "INPUT_INVALID"],
    [
      "an entry and a trace",
      async () => `entryId: "${await entryOf(1)}", traceId: "${traceOf(1)}"`,
      "INPUT_INVALID",
    ],
  ])("refuses %s", async (_what, which, code) => {
    const named = await which();
    expect(await propose(named === "" ? "" : named)).toEqual({ result: null, codes: [code] });
  });

  test("is for six months at most, and not for the past", async () => {
    const which = `entryId: "${await entryOf(1)}"`;
    const { rows } = await database.owner.query<{ last: string; after: string }>(
      `select ($1::date + interval '6 months')::date::text as last, (($1::date + interval '6 months')::date + 1)::text as after`,
      [today()],
    );
    expect((await propose(which, worker, rows[0]?.last)).codes).toEqual([]);
    expect((await propose(which, worker, rows[0]?.after)).codes).toEqual(["INPUT_INVALID"]);
    expect((await propose(which, worker, inDays(-1))).codes).toEqual(["INPUT_INVALID"]);
  });

  test.each([
    ["a privacy officer", officer],
    ["a member of the family", MOTHER],
  ])("is not for %s", async (_who, by) => {
    expect(await propose(`entryId: "${await entryOf(1)}"`, by)).toEqual({
      result: null,
      codes: ["ACCESS_DENIED"],
    });
  });
});

describe("what is confirmed", () => {
  test("is left out for every member of the family, with all of its request, and leaves no trace", async () => {
    const girl = aMember("OVV-06-4", "YOUNG_PERSON");
    const [before, girlBefore] = [await report(), await report(girl)];
    const { result } = await propose(`entryId: "${await entryOf(3)}"`);
    const confirmed = await confirm(result?.["id"]);
    expect(confirmed).toEqual({
      result: expect.objectContaining({
        state: "CONFIRMED",
        confirmedBy: "lokalis.privacy-officer",
        entry: { worker: "lokalis.worker" },
      }) as unknown,
      codes: [],
    });
    const after = await report();
    expect(after?.edges).toHaveLength((before?.edges.length ?? 0) - 1);
    // The very report that there would be without the request: also in its pages.
    const held = before?.edges[4]?.node;
    expect(after).toEqual({
      ...before,
      edges: before?.edges.filter(({ node }) => node !== held),
      pageInfo: before?.pageInfo,
    });
    const page = async () => (await readReport(database, MOTHER, "first: 6")).report;
    expect((await page())?.pageInfo.hasNextPage).toBe(false);
    expect((await report(girl))?.edges).toHaveLength((girlBefore?.edges.length ?? 0) - 1);
  });

  test("shows again the day after its last day", async () => {
    const before = await hoursOf();
    const { result } = await propose(`entryId: "${await entryOf(4)}"`, worker, today());
    await confirm(result?.["id"]);
    expect(await hoursOf()).toBe(before - 1);
    await database.owner.query("update access_log.held_back set until_on = $2 where id = $1", [
      result?.["id"],
      inDays(-1),
    ]);
    expect(await hoursOf()).toBe(before);
  });

  test("shows again when the officer ends it, and cannot be confirmed after that", async () => {
    const before = await hoursOf();
    const { result } = await propose(`entryId: "${await entryOf(5)}"`);
    await confirm(result?.["id"]);
    expect(await hoursOf()).toBe(before - 1);
    expect((await end(result?.["id"])).result).toMatchObject({
      state: "ENDED",
      endedBy: "lokalis.privacy-officer",
    });
    expect(await hoursOf()).toBe(before);
    expect((await confirm(result?.["id"])).codes).toEqual(["HOLD_BACK_NOT_POSSIBLE"]);
    expect((await end(result?.["id"])).codes).toEqual(["HOLD_BACK_NOT_POSSIBLE"]);
  });
});

describe("confirming", () => {
  let id: unknown;
  beforeAll(async () => {
    id = (await propose(`entryId: "${await entryOf(6)}"`)).result?.["id"];
  });

  test.each([
    ["the worker who proposed it", worker, "ACCESS_DENIED"],
    [
      "the officer of another organisation",
      aRequester("save.privacy-officer", "PRIVACY_OFFICER"),
      "HOLD_BACK_NOT_FOUND",
    ],
    ["an officer without a second factor", { ...officer, secondFactor: false }, "SECOND_FACTOR_REQUIRED"],
    [
      "an officer who proposed it as a worker",
      { ...officer, worker: worker.worker },
      "HOLD_BACK_NOT_POSSIBLE",
    ],
    ["a member of the family", MOTHER, "ACCESS_DENIED"],
  ])("is not for %s", async (_who, by, code) => {
    expect((await confirm(id, by)).codes).toEqual([code]);
    expect(
      (await database.owner.query("select state from access_log.held_back where id = $1", [id])).rows,
    ).toEqual([{ state: "PROPOSED" }]);
  });

  test("does not revive what is past its last day, or what is no id", async () => {
    await database.owner.query("update access_log.held_back set until_on = $2 where id = $1", [
      id,
      inDays(-1),
    ]);
    expect((await confirm(id)).codes).toEqual(["HOLD_BACK_NOT_POSSIBLE"]);
    expect((await confirm("Jan")).codes).toEqual(["HOLD_BACK_NOT_FOUND"]);
  });
});

test("the officer sees what is proposed and held back by the own organisation, a page at a time", async () => {
  const list = async (args: string, by = officer) => {
    const { data, errors } = await askRegister(
      database.pool,
      `{ holdBacks(${args}) { totalCount edges { cursor node { id state entry { operation } } } pageInfo { hasNextPage endCursor } } }`,
      by,
    );
    expect(errors).toEqual([]);
    return (
      data as {
        holdBacks: {
          totalCount: number;
          edges: { node: { id: string; state: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      }
    ).holdBacks;
  };
  const all = await list("first: 100");
  expect(all.totalCount).toBe(all.edges.length);
  const one = await list("first: 2");
  const two = await list(`first: 100, after: "${one.pageInfo.endCursor}"`);
  expect([...one.edges, ...two.edges].map(({ node }) => node.id)).toEqual(
    all.edges.map(({ node }) => node.id),
  );
  const confirmed = await list("first: 100, state: CONFIRMED");
  expect(new Set(confirmed.edges.map(({ node }) => node.state))).toEqual(new Set(["CONFIRMED"]));
  expect((await list("first: 100", aRequester("save.privacy-officer", "PRIVACY_OFFICER"))).totalCount).toBe(
    0,
  );
});

test("what was held back stays on record, whoever would rather not", async () => {
  await expect(database.pool.query("delete from access_log.held_back")).rejects.toThrow();
  await expect(database.owner.query("delete from access_log.held_back")).rejects.toThrow(/stays on record/);
  await expect(
    database.pool.query("update access_log.held_back set until_on = until_on + 1"),
  ).rejects.toThrow();
});
