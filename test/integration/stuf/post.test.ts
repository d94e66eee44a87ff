// A request for inquiry leaves as vtoDi01: through the rules, on record first, under one number, until it is taken or dead.

import { setTimeout } from "node:timers/promises";
import type { Pool } from "pg";
import { NAMESPACES } from "../../../shared/stuf/names";
import { textAt, type XmlElement } from "../../../shared/stuf/read-xml";
import { readAnswer } from "../../../shared/stuf/answers";
import { postOnce } from "../../../gateway/stuf/post";
import { readDeliveries } from "../../../shared/subgraph-kit/deliveries/read-deliveries";
import { compareSides } from "../../../subgraphs/access-log/source/reconcile/compare";
import { readLogged } from "../../../subgraphs/access-log/source/reconcile/read-logged";
import { withDatabase } from "../../kit/database";
import { nodeAnswer } from "../../kit/stuf/inquiries";
import { schemaFaults } from "../../kit/stuf/schema";
import type { SystemAnswer } from "../../kit/test-system";
import {
  arrangeRequested,
  CHILD_BSN,
  deliveryOf,
  messageIn,
  postLater,
  referenceIn,
  startAfresh,
  tasksAbout,
  withChain,
} from "./arrange";

const database = withDatabase();
const chain = withChain(database);
const { ZKN } = NAMESPACES;

const TAKEN: SystemAnswer = { body: nodeAnswer("Bv03") };
const REFUSED: SystemAnswer = { status: 500, body: nodeAnswer("Fo03", "StUF055") };

const personsIn = (message: XmlElement): string[] =>
  message.children[1]!.children.filter(({ name }) =>
    /^(heeftBetrekkingOp|heeftAlsBelanghebbende)$/.test(name),
  ).map(({ name }) => name);
const entriesOf = async () =>
  (
    await database.owner.query<Record<string, unknown>>(
      `select act, outcome, organisation, worker, purpose, source, categories_delivered as delivered,
         categories_withheld as withheld
       from access_log.entry where operation = 'vtoDi01' order by position`,
    )
  ).rows;

beforeEach(() => startAfresh(database, chain));

test("leaves once, as the standard has it, with the number that its sender alone has", async () => {
  const { id } = await arrangeRequested(database, chain);
  await postOnce(chain.deps);
  await postLater(database, chain);
  expect(chain.node.asked).toHaveLength(1);
  const [{ body, headers }] = chain.node.asked as [(typeof chain.node.asked)[0]];
  expect(headers["soapaction"]).toBe('"http://www.stufstandaarden.nl/koppelvlak/jz0100/vtoDi01"');
  const message = messageIn(body);
  expect(schemaFaults(message)).toEqual([]);
  expect(personsIn(message)).toEqual(["heeftBetrekkingOp", "heeftAlsBelanghebbende"]);
  expect(body).toContain(`<BG:inp.bsn>${CHILD_BSN}</BG:inp.bsn>`);
  expect(textAt(message.children[1], ZKN, "identificatie")).toBe(`0344${id.replaceAll("-", "")}`);
  const made = await deliveryOf(database, id);
  expect(made).toMatchObject({ state: "DELIVERED", attempts: 1, fault: null });
  expect(referenceIn(body)).toBe(made?.id);
});

test("is on record as given to the board before it leaves", async () => {
  const before = (await entriesOf()).length;
  const { persons, familyId } = await arrangeRequested(database, chain);
  const seen: ReturnType<typeof entriesOf>[] = [];
  chain.node.answerWith(() => {
    // Asked for while the node holds the message, and has not said that it takes it.
    seen.push(entriesOf());
    return { ...TAKEN, after: 100 };
  });
  await postOnce(chain.deps);
  const atNode = ((await seen[0]) ?? []).slice(before);
  expect(atNode).toHaveLength(persons.length + 1);
  for (const entry of atNode) {
    expect(entry).toMatchObject({
      act: "EXPORT",
      outcome: "DELIVERED",
      organisation: "rvdk",
      worker: "client:stuf-jeugdzorg",
      purpose: "REFERRAL",
      source: "lokalis",
    });
  }
  expect(atNode[0]?.["delivered"]).toEqual(["CARE_PLAN", "HOUSEHOLD", "IDENTITY", "INVOLVEMENT", "SAFETY"]);
  expect(familyId).toBeTruthy();
});

test("leaves with the work that follows from it, once over all attempts", async () => {
  const { familyId } = await arrangeRequested(database, chain);
  chain.node.answerWith(() => REFUSED);
  await postOnce(chain.deps);
  await postLater(database, chain);
  expect(chain.node.asked).toHaveLength(2);
  expect(await tasksAbout(database, familyId)).toEqual([
    { obligation: "INFORM_FAMILY", about: "lokalis", organisation: "rvdk" },
  ]);
});

test("does not leave where the work that follows from it cannot be written down", async () => {
  const { id, familyId } = await arrangeRequested(database, chain);
  chain.tasksFail = true;
  const before = (await entriesOf()).length;
  await postOnce(chain.deps);
  expect(chain.node.asked).toEqual([]);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "PENDING", fault: "RECORD_UNAVAILABLE" });
  const entries = (await entriesOf()).slice(before);
  expect(entries).toHaveLength(3);
  for (const entry of entries) expect(entry).toMatchObject({ outcome: "FAILED", delivered: [] });
  chain.tasksFail = false;
  await postLater(database, chain);
  expect(await tasksAbout(database, familyId)).toHaveLength(1);
});

test("is on record as not given where a child is unknown to its sender", async () => {
  const { id, persons } = await arrangeRequested(database, chain);
  await database.owner.query("delete from hub.person_pseudonym where person_id = $1", [persons[1]]);
  const before = (await entriesOf()).length;
  await postOnce(chain.deps);
  expect(await deliveryOf(database, id)).toMatchObject({ fault: "NOT_PERMITTED" });
  const entries = (await entriesOf()).slice(before);
  expect(entries).toHaveLength(3);
  for (const entry of entries) expect(entry).toMatchObject({ outcome: "UNAVAILABLE", delivered: [] });
});

test("what its sender kept out by rules of its own is put on record beside what was given", async () => {
  const { id, familyId, persons } = await arrangeRequested(database, chain);
  const [, child = ""] = persons;
  const refused = [
    { type: "Person", id: child, categories: ["SAFETY", "PARENT_HEALTH"] },
    { type: "Person", id: familyId, categories: ["CARE_PLAN"] },
    { type: "Family", id: "of another", categories: ["CARE_PLAN"] },
  ];
  const order = async () => ({ body: { said: "TAKEN", refused } });
  const before = (await entriesOf()).length;
  await postOnce({ ...chain.deps, client: { ...chain.deps.client, order } });
  expect(await deliveryOf(database, id)).toMatchObject({ state: "DELIVERED" });
  const closing = (await entriesOf()).slice(before + 3);
  // Of whom and of what nothing was given there is nothing to take back.
  expect(closing).toEqual([
    expect.objectContaining({ act: "EXPORT", outcome: "WITHHELD", delivered: [], withheld: ["SAFETY"] }),
  ]);
});

test("has what was selected and nothing else", async () => {
  const { id, familyId, persons } = await arrangeRequested(database, chain, () => ({ content: [] }));
  await postOnce(chain.deps);
  expect(chain.node.asked).toEqual([]);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "PENDING", fault: "NOT_PERMITTED" });
  expect(await tasksAbout(database, familyId)).toEqual([]);
  expect(persons).toHaveLength(2);
});

test("has the child alone when nothing else was selected", async () => {
  await arrangeRequested(database, chain, ([, child = ""]) => ({
    content: [{ personId: child, categories: ["IDENTITY"] }],
  }));
  await postOnce(chain.deps);
  const [{ body }] = chain.node.asked as [(typeof chain.node.asked)[0]];
  expect(personsIn(messageIn(body))).toEqual(["heeftBetrekkingOp"]);
  const documents = messageIn(body).children[1]!.children.filter(({ name }) => name === "heeftRelevant");
  expect(documents).toHaveLength(1);
  const text = Buffer.from(body.match(/<ZKN:inhoud [^>]*>([^<]*)</)![1]!, "base64").toString("latin1");
  for (const word of chain.words) expect(text).not.toContain(word);
});

test.each<[string, SystemAnswer, string]>([
  ["that refuses it", REFUSED, "REFUSED_STUF055"],
  ["that is too slow", { ...TAKEN, after: 800 }, "TIMEOUT"],
  ["that cuts the connection", { ...TAKEN, cut: true }, "NO_CONNECTION"],
  ["that says something else", { body: "<html/>" }, "UNCLEAR"],
  ["that is another one", { status: 404, body: "Kind van der Test 999990019" }, "UNCLEAR"],
])("is sent again under the same number to a node %s", async (_name, first, fault) => {
  const { id } = await arrangeRequested(database, chain);
  chain.node.answerWith(() => first);
  await postOnce(chain.deps);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "PENDING", attempts: 1, fault });
  // Nothing is sent before its pause is over.
  await postOnce(chain.deps);
  expect(chain.node.asked).toHaveLength(1);
  chain.node.answerWith(() => TAKEN);
  await postLater(database, chain);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "DELIVERED", attempts: 2, fault: null });
  const [one, other] = chain.node.asked.map(({ body }) => body.replace(/tijdstipBericht>\d+</, ""));
  expect(one).toBe(other);
});

test("waits for a source that is away, and names it without its words", async () => {
  const { id } = await arrangeRequested(database, chain);
  chain.sourceFails = true;
  await postOnce(chain.deps);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "PENDING", fault: "SOURCE_UNAVAILABLE" });
  expect(chain.node.asked).toEqual([]);
  chain.sourceFails = false;
  await postLater(database, chain);
  expect(await deliveryOf(database, id)).toMatchObject({ state: "DELIVERED" });
});

test("what left its sender is on the record of both, also where nothing came of it", async () => {
  await setTimeout(5);
  const from = new Date().toISOString();
  await arrangeRequested(database, chain);
  await postOnce(chain.deps);
  chain.sourceFails = true;
  await arrangeRequested(database, chain);
  await postOnce(chain.deps);
  const to = new Date(Date.now() + 1_000).toISOString();
  const lines = [];
  for await (const line of readDeliveries(chain.deliveries, "lokalis", { from, to }))
    if (line) lines.push(line);
  const entries = await readLogged(database.owner, "lokalis", { from, to });
  const range = { from, to };
  const { counts, differences } = compareSides({
    source: "lokalis",
    lines,
    entries,
    range,
    now: Date.now() + 3_600_000,
  });
  expect(differences).toEqual([]);
  expect(counts).toMatchObject({ lines: 6, entries: 6, equal: 3, sourceFailed: 3 });
});

test("another kind of referral, and one to who gets no messages, leaves as none", async () => {
  const { region } = chain;
  expect(region.organisations.filter(({ delivery }) => delivery).map(({ code }) => code)).toEqual(["rvdk"]);
  const { id } = await arrangeRequested(database, chain, () => ({
    type: "GUIDANCE",
    receiver: "save",
    consentBasis: "CONSENT_GIVEN",
    reasonCode: "EXPERTISE_NEEDED",
  }));
  await postOnce(chain.deps);
  expect(await deliveryOf(database, id)).toBeUndefined();
});

test("nothing of a message is in the hub", async () => {
  const { rows } = await database.owner.query<{ row: string }>(
    "select d::text as row from hub.referral_delivery d union all select e::text from access_log.entry e",
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const { row } of rows) for (const word of chain.words) expect(row).not.toContain(word);
  expect(readAnswer(nodeAnswer("Bv03"), "x")).toEqual({ said: "TAKEN" });
});

test("a round that fails ends when every message that is under way was dealt with", async () => {
  const ids = [(await arrangeRequested(database, chain)).id, (await arrangeRequested(database, chain)).id];
  let recording = 0;
  /** The first attempt cannot be recorded; any other takes its time for it. */
  const query = async (statement: { name: string; text: string; values: unknown[] }) => {
    if (statement.name === "record-inquiry") {
      if (++recording === 1) throw new Error("The database is away.");
      await setTimeout(200);
    }
    return database.pool.query(statement);
  };
  const connect = async () => database.pool.connect();
  const pool = { query, connect } as unknown as Pool;
  await expect(postOnce({ ...chain.deps, pool })).rejects.toThrow("The database is away.");
  const states = await Promise.all(ids.map(async (id) => (await deliveryOf(database, id))?.state));
  expect(states).toEqual(expect.arrayContaining(["DELIVERED", "PENDING"]));
});
