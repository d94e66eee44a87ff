// However a subject, a condition or a name is written down in a query, it is decided on what is really asked.

import { ask, post, tokenOf, type Answer } from "../../kit/hub";
import { startRecordingProxy, type RecordingProxy } from "../../kit/recording-proxy";
import { startSecondGateway } from "../../kit/second-gateway";
import { subgraphPortOf } from "../../kit/hub-place";
import { sharedHub } from "../../kit/shared-hub";
import { askTraced, linesOf, type LoggedEntry } from "../../kit/traced";
import { withheldOf } from "../../kit/view";

const hub = sharedHub();
const worker = { persona: "lokalis.worker", purpose: "CARE" } as const;
/** A family that the worker works with, and one of others. */
const OWN = "OVV-06";
const OTHERS = "OVV-15";

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);
const asked = async (
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<{ answer: Answer; entries: LoggedEntry[] }> => askTraced(hub, { ...worker, query, variables });

describe("a family is found by its id", () => {
  const ways = (id: string): [string, string, Record<string, unknown>][] => [
    ["in the text", `{ family(id: "${id}") { id } }`, {}],
    ["in the text, with an escape", `{ family(id: "${id.replace("O", "\\u004f")}") { id } }`, {}],
    ["in a block of text", `{ family(id: """${id}""") { id } }`, {}],
    ["in a variable", "query ($id: ID!) { family(id: $id) { id } }", { id }],
    ["in the default of a variable", `query ($id: ID! = "${id}") { family(id: $id) { id } }`, {}],
    [
      "in a variable over another default",
      `query ($id: ID! = "${id === OWN ? OTHERS : OWN}") { family(id: $id) { id } }`,
      { id },
    ],
    [
      "in a variable named toString",
      "query ($toString: ID!) { family(id: $toString) { id } }",
      { toString: id },
    ],
  ];

  test.each(ways(OWN))("%s", async (_way, query, variables) => {
    const { answer, entries } = await asked(query, variables);
    expect([answer.body.data, answer.body.errors]).toEqual([{ family: { id: OWN } }, undefined]);
    expect(linesOf(entries)).toEqual([`READ DELIVERED family ${OWN} families [] [] -`]);
  });

  test.each(ways(OTHERS))("%s, and refused when it is that of others", async (_way, query, variables) => {
    const { answer, entries } = await asked(query, variables);
    expect([answer.body.data, codesOf(answer)]).toEqual([{ family: null }, ["FAMILY_NOT_FOUND"]]);
    expect(linesOf(entries)).toEqual([
      `READ REFUSED family ${OTHERS} families [] [HOUSEHOLD] FAMILY_NOT_FOUND`,
    ]);
  });

  test("no default takes the place of an explicit null", async () => {
    const query = `query ($id: ID = "${OWN}") { family(id: $id) { id } }`;
    const { answer } = await asked(query, { id: null });
    expect(answer.body.data).toEqual({ family: null });
  });
});

describe("a change is decided on the subject that it names", () => {
  const input = { workerId: "lokalis.colleague", relation: "ASSIGNED", idempotencyKey: "attack-1" };
  const fields = 'workerId: "lokalis.colleague", relation: ASSIGNED, idempotencyKey: "attack-1"';

  test.each([
    ["in the text", `mutation { assignWorker(input: { familyId: "${OTHERS}", ${fields} }) { id } }`, {}],
    [
      "in a variable inside an object",
      `mutation ($f: ID!) { assignWorker(input: { familyId: $f, ${fields} }) { id } }`,
      { f: OTHERS },
    ],
    [
      "in the default of a variable inside an object",
      `mutation ($f: ID! = "${OTHERS}") { assignWorker(input: { familyId: $f, ${fields} }) { id } }`,
      {},
    ],
    [
      "in a whole object",
      "mutation ($input: AssignWorkerInput!) { assignWorker(input: $input) { id } }",
      { input: { ...input, familyId: OTHERS } },
    ],
    [
      "in the default of a whole object",
      `mutation ($input: AssignWorkerInput! = { familyId: "${OTHERS}", ${fields} }) { assignWorker(input: $input) { id } }`,
      {},
    ],
  ])("%s", async (_way, query, variables) => {
    const { answer, entries } = await asked(query, variables);
    expect(codesOf(answer)).toEqual(["FAMILY_NOT_FOUND"]);
    expect(linesOf(entries)).toEqual([
      `UPDATE REFUSED assignWorker ${OTHERS} families [] [HOUSEHOLD] FAMILY_NOT_FOUND`,
    ]);
  });
});

describe("an id that nobody has", () => {
  let unknown: Answer;
  beforeAll(async () => {
    unknown = (await asked('{ family(id: "OVV-99") { id } }')).answer;
  });

  test.each([
    ["a null character", "OVV-06\u0000"],
    ["half a character", "OVV-\ud800"],
    ["another alphabet that looks alike", "\u041eVV-06"],
    ["wide letters", "\uff2f\uff36\uff36-06"],
    ["a space at the end", "OVV-06 "],
    ["small letters", "ovv-06"],
    ["something long", "OVV-06".repeat(5_000)],
    ["SQL", "OVV-06' or '1'='1"],
    ["a pattern", "OVV-%"],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["nothing", ""],
    ["a number", 6],
    ["a number too large to be exact", 1e300],
  ])("with %s is refused like any unknown one", async (_what, id) => {
    const { answer, entries } = await asked("query ($id: ID!) { family(id: $id) { id } }", { id });
    expect([answer.status, answer.body.data, answer.body.errors]).toEqual([
      200,
      unknown.body.data,
      unknown.body.errors,
    ]);
    expect(entries).toMatchObject([{ outcome: "REFUSED", family: null }]);
  });

  test("with more digits than can be calculated with is not the nearest number that can", async () => {
    const { answer, entries } = await asked("{ family(id: 123456789012345678901) { id } }");
    expect(codesOf(answer)).toEqual(["FAMILY_NOT_FOUND"]);
    expect(entries).toMatchObject([{ outcome: "REFUSED", subject: "(not an id)", family: null }]);
  });
});

describe("what is left out by a condition", () => {
  test.each([
    ["a literal", `{ me { worker } family(id: "${OTHERS}") @include(if: false) { id } }`, {}],
    [
      "a variable",
      `query ($x: Boolean!) { me { worker } family(id: "${OTHERS}") @include(if: $x) { id } }`,
      { x: false },
    ],
    [
      "a default",
      `query ($x: Boolean = true) { me { worker } family(id: "${OTHERS}") @skip(if: $x) { id } }`,
      {},
    ],
    [
      "a fragment",
      `query ($x: Boolean!) { me { worker } ... @include(if: $x) { family(id: "${OTHERS}") { id } } }`,
      { x: false },
    ],
    [
      "a fragment in a fragment",
      `query ($x: Boolean!) { me { worker } ...F @include(if: $x) }
       fragment F on Query { ... @skip(if: false) { family(id: "${OTHERS}") { id } } }`,
      { x: false },
    ],
  ])("at the root, with %s, is not asked, not refused and not on record", async (_how, query, variables) => {
    const { answer, entries } = await asked(query, variables);
    expect(answer.body).toMatchObject({ data: { me: { worker: "lokalis.worker" } } });
    expect([answer.body.errors, answer.body.data]).toEqual([undefined, { me: { worker: "lokalis.worker" } }]);
    expect(entries).toEqual([]);
  });

  test("at the root, is asked when the condition holds, once, with all that is asked of it", async () => {
    const query = `query ($x: Boolean!) { family(id: "${OWN}") { id } ... @include(if: $x) { me { worker } family(id: "${OWN}") { status } } }`;
    const { answer } = await asked(query, { x: true });
    expect(answer.body.data).toEqual({
      family: { id: OWN, status: "OPEN" },
      me: { worker: "lokalis.worker" },
    });
    const refused = await asked(query.replaceAll(OWN, OTHERS), { x: true });
    expect(codesOf(refused.answer)).toEqual(["FAMILY_NOT_FOUND"]);
  });

  test("is neither given nor explained, whatever would have been withheld", async () => {
    const { answer } = await asked(
      `query ($no: Boolean = false, $yes: Boolean = true) { family(id: "${OWN}") {
        lokalis { reporters @include(if: $no) { name } a: reporters @skip(if: $yes) { name } b: reporters @include(if: $yes) @skip(if: $no) { name } }
      } }`,
    );
    expect(answer.body.data).toEqual({ family: { lokalis: { b: null } } });
    expect(withheldOf(answer).map(({ path }) => path.join("."))).toEqual(["family.lokalis.b"]);
  });

  test("cannot be left open with a null", async () => {
    const query = `query ($x: Boolean = false) { family(id: "${OWN}") { id lokalis @include(if: $x) { __typename } } }`;
    const { answer } = await asked(query, { x: null });
    expect([answer.status, codesOf(answer)]).toEqual([400, ["INPUT_INVALID"]]);
  });
});

describe("names that have a meaning of their own", () => {
  test.each([
    ["an alias at the root", `{ __proto__: family(id: "${OWN}") { id } }`],
    ["an alias on a family", `{ family(id: "${OWN}") { __proto__: lokalis { reporters { name } } } }`],
    ["an alias in a dossier", `{ family(id: "${OWN}") { lokalis { __proto__: reporters { name } } } }`],
    ["an alias named constructor", `{ constructor: me { worker } }`],
    ["an alias named prototype", `{ prototype: me { worker } }`],
    ["an alias named __typename", `{ family(id: "${OWN}") { __typename: status } }`],
    ["a variable", `query ($__proto__: ID!) { family(id: $__proto__) { id } }`],
    ["a variable named constructor", `query ($constructor: ID!) { family(id: $constructor) { id } }`],
    ["an operation", `query __proto__ { me { worker } }`],
    ["a fragment", `{ ...__proto__ } fragment __proto__ on Query { me { worker } }`],
    [
      "the key of a family for something else",
      `{ family(id: "${OWN}") { id: status lokalis { __typename } } }`,
    ],
    [
      "the key of a person for something else",
      `{ family(id: "${OWN}") { members { ...P } } } fragment P on Person { id: role }`,
    ],
  ])("are refused for %s", async (_what, query) => {
    const answer = await ask(hub, { ...worker, query, variables: { constructor: OWN } });
    expect([answer.status, [...new Set(codesOf(answer))], answer.body.data]).toEqual([
      400,
      ["QUERY_INVALID"],
      undefined,
    ]);
  });

  test("of every object mean nothing here", async () => {
    const { answer } = await asked(
      `{ toString: family(id: "${OWN}") { valueOf: id hasOwnProperty: lokalis { isPrototypeOf: reporters { name } } } }`,
    );
    expect(answer.body.data).toEqual({
      toString: { valueOf: OWN, hasOwnProperty: { isPrototypeOf: null } },
    });
    expect(withheldOf(answer)).toHaveLength(1);
  });
});

describe("of several operations in a document", () => {
  const query = `query A { family(id: "${OWN}") { id } } query B { family(id: "${OTHERS}") { id } }`;
  const send = async (operationName?: string): Promise<Answer> =>
    post(hub.port, JSON.stringify({ query, ...(operationName === undefined ? {} : { operationName }) }), {
      authorization: `Bearer ${await tokenOf(hub, worker.persona)}`,
      purpose: worker.purpose,
    });

  test("the named one is decided", async () => {
    for (let round = 0; round < 2; round += 1) {
      expect((await send("A")).body.data).toEqual({ family: { id: OWN } });
      expect(codesOf(await send("B"))).toEqual(["FAMILY_NOT_FOUND"]);
    }
  });

  test.each([undefined, "C", "__proto__"])("one has to be named (%s)", async (name) => {
    const answer = await send(name);
    expect([answer.status, codesOf(answer)]).toEqual([400, ["QUERY_INVALID"]]);
  });
});

describe("what leaves for a register", () => {
  let proxy: RecordingProxy;
  let gateway: { port: number; stop: () => Promise<void> };
  beforeAll(async () => {
    proxy = await startRecordingProxy(`http://127.0.0.1:${subgraphPortOf(hub, "families")}/graphql`);
    gateway = await startSecondGateway(hub, { families: proxy.url });
  });
  afterAll(async () => {
    await gateway.stop();
    await proxy.stop();
  });

  test("does not name a family that was refused", async () => {
    const answer = await ask(
      hub,
      {
        ...worker,
        query:
          "query ($own: ID!, $others: ID!) { a: family(id: $own) { id } b: family(id: $others) { status } }",
        variables: { own: OWN, others: OTHERS },
      },
      gateway.port,
    );
    expect(answer.body.data).toEqual({ a: { id: OWN }, b: null });
    expect(proxy.captured).toHaveLength(1);
    expect(proxy.captured[0]?.variables).toEqual({ own: OWN });
    expect(proxy.captured[0]?.query).not.toContain("status");
  });
});
