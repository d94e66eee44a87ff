// What left a source is written down by the source itself before the answer leaves: what was given, what its own rules
// refused, what failed, and what was asked outside a grant. No record, no answer.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphQLSchema } from "graphql";
import { momentOf } from "../../../shared/access-log/checkpoint";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import type { Category } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import { createLogger } from "../../../shared/kernel/logger";
import type { Grant, GrantedSubject } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { signDeliveriesRequest } from "../../../shared/subgraph-kit/deliveries/deliveries-request";
import type { DeliveryLine } from "../../../shared/subgraph-kit/deliveries/delivery-line";
import { readDeliveries } from "../../../shared/subgraph-kit/deliveries/read-deliveries";
import {
  openSourceDeliveries,
  type SourceDeliveries,
} from "../../../shared/subgraph-kit/deliveries/source-deliveries";
import type { LocalRule } from "../../../shared/subgraph-kit/local-rules";
import { serveSubgraph } from "../../../shared/subgraph-kit/serve";
import { definition } from "../../../subgraphs/save/schema";
import { aKeyPair } from "../../kit/log-keys";
import { aGrant, aRequester } from "../../kit/requesters";

const origin = { organisation: "save", authorRole: null, recordedOn: null };
const RECORD = {
  goals: [{ ...origin, text: "Doel.", status: null }],
  safetyAssessments: [{ ...origin, score: 7, sentence: "Zin.", instrument: null, assessedOn: null }],
};
const QUERY = `query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Person { save { goals { text } safetyAssessments { sentence } } } }
}`;
const ALL = { from: "2000-01-01T00:00:00.000Z", to: "2100-01-01T00:00:00.000Z" };
const hub = aKeyPair("hub-1");
const log = createLogger("save", "silent");

let schema: GraphQLSchema;
let directory: string;
let deliveries: SourceDeliveries;
let server: { url: string; stop: () => Promise<void> };
let grant: Grant;
let isClosed: boolean;
beforeAll(async () => {
  schema = await buildSubgraphSchema(definition);
});

/** Of the people with a name that begins so, the source has a record, refuses, or fails. */
const source = {
  findFamilies: async () => new Map(),
  findPersons: async (keys: readonly string[]) => {
    if (keys.some((key) => key.startsWith("broken"))) throw new Error("The source is down.");
    return new Map(
      keys
        .filter((key) => !key.startsWith("unknown"))
        .map((key) => [
          key,
          {
            ...RECORD,
            marks: key.startsWith("shielded") ? ["AFGESCHERMD"] : [],
          } as unknown as PersonDossierData,
        ]),
    );
  },
  ready: async () => undefined,
  close: async () => undefined,
};
const noSafetyOfShielded: LocalRule = {
  name: "shielded",
  looksAt: "RECORD",
  refuses: ({ category }, marks) =>
    marks.has("AFGESCHERMD") && category !== "CARE_PLAN" ? "SHIELDED_RECORD" : undefined,
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "schakel-deliveries-"));
  deliveries = await openSourceDeliveries({ directory, organisation: "save", hub: hub.keys, log });
  isClosed = false;
  server = await serveSubgraph({
    schema,
    backing: { kind: "organisation", source },
    verifyGrant: async (token) => {
      if (token === undefined) throw new SchakelError("GRANT_REQUIRED");
      return grant;
    },
    localRules: [noSafetyOfShielded],
    deliveries,
    log,
    host: "127.0.0.1",
    port: 0,
  });
});
afterEach(async () => {
  await server.stop();
  await close();
  rmSync(directory, { recursive: true });
});
const close = async (): Promise<void> => {
  if (!isClosed) await deliveries.close();
  isClosed = true;
};

const subject = (id: string, categories: readonly Category[] = ["CARE_PLAN", "SAFETY"]): GrantedSubject => ({
  type: "Person",
  id,
  key: id,
  categories,
});
async function ask(
  subjects: readonly GrantedSubject[],
  asked: readonly string[] = subjects.map(({ id }) => id),
) {
  grant = { ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"), subjects };
  return post({ extensions: { grant: "a grant" } }, asked);
}
async function post(rest: object, asked: readonly string[], headers: Record<string, string> = {}) {
  const variables = { r: asked.map((id) => ({ __typename: "Person", id })) };
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: QUERY, variables, ...rest }),
  });
  return { status: response.status, body: (await response.json()) as { data?: unknown; errors?: unknown[] } };
}
const written = async (): Promise<(DeliveryLine | null)[]> => {
  const lines = [];
  for await (const line of readDeliveries(directory, "save", ALL)) lines.push(line);
  return lines;
};

test("an answer has a line for each subject, with what was given and to whom", async () => {
  const { body } = await ask([
    subject("known-1"),
    subject("known-2", ["CARE_PLAN", "SAFETY", "INVOLVEMENT"]),
  ]);
  expect(body.data).toBeTruthy();
  const requester = {
    worker: "lokalis.worker",
    organisation: "lokalis",
    workerFunction: "WORKER",
    purpose: "CARE",
    traceId: "0af7651916cd43dd8448eb211c80319c",
  };
  expect(await written()).toEqual([
    expect.objectContaining({
      ...requester,
      outcome: "DELIVERED",
      subjectType: "PERSON",
      subjectId: "known-1",
      delivered: ["CARE_PLAN", "SAFETY"],
      refused: [],
    }),
    expect.objectContaining({
      ...requester,
      subjectId: "known-2",
      delivered: ["CARE_PLAN", "INVOLVEMENT", "SAFETY"],
    }),
  ]);
});

test("that there is nothing is an answer too", async () => {
  await ask([subject("unknown-1")]);
  expect(await written()).toMatchObject([
    { outcome: "DELIVERED", subjectId: "unknown-1", delivered: ["CARE_PLAN", "SAFETY"] },
  ]);
});

test("what the organisation's own rules refuse did not leave", async () => {
  await ask([subject("shielded-1"), subject("shielded-2", ["SAFETY"])]);
  expect(await written()).toMatchObject([
    { outcome: "DELIVERED", subjectId: "shielded-1", delivered: ["CARE_PLAN"], refused: ["SAFETY"] },
    { outcome: "REFUSED", subjectId: "shielded-2", delivered: [], refused: ["SAFETY"] },
  ]);
});

test("a source that fails delivered nothing, and the line says that it failed", async () => {
  await ask([subject("broken-1")]);
  expect(await written()).toMatchObject([{ outcome: "FAILED", subjectId: "broken-1", delivered: [] }]);
});

test("what is asked outside the grant is on record as refused, without what was typed", async () => {
  await ask([subject("known-1")], ["known-1", "Jan Verzonnen"]);
  const lines = await written();
  expect(lines).toMatchObject([
    {
      outcome: "REFUSED",
      code: "GRANT_INVALID",
      subjectType: "NONE",
      subjectId: null,
      worker: "lokalis.worker",
    },
    { subjectId: "known-1" },
  ]);
  expect(JSON.stringify(lines)).not.toContain("Verzonnen");
});

test("requests without a grant share a line a minute, and cannot fill the disk", async () => {
  const traceparent = "00-11111111111111111111111111111111-2222222222222222-01";
  for (let n = 0; n < 20; n += 1) {
    expect((await post({}, ["known-1"], { traceparent })).status).toBe(401);
  }
  await close();
  expect(await written()).toMatchObject([
    { outcome: "REFUSED", code: "GRANT_REQUIRED", traceId: "1".repeat(32), worker: null, times: 1 },
    { outcome: "REFUSED", code: "GRANT_REQUIRED", traceId: null, times: 19 },
  ]);
});

test("without a line on disk nothing leaves", async () => {
  rmSync(join(directory, "save"), { recursive: true });
  writeFileSync(join(directory, "save"), "in the way");
  const { status, body } = await ask([subject("known-1")]);
  expect([status, body]).toEqual([
    503,
    { errors: [{ message: expect.any(String) as string, extensions: { code: "LOG_UNAVAILABLE" } }] },
  ]);
});

describe("the hub reads the record", () => {
  const question = (body: object) =>
    fetch(new URL("deliveries", server.url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  test("with a question that it signed, and gets the lines of the range to the end", async () => {
    await ask([subject("known-1")]);
    const response = await question(signDeliveriesRequest("save", ALL, hub.signer));
    const lines = (await response.text()).trimEnd().split("\n");
    expect(lines.map((one) => JSON.parse(one) as unknown)).toEqual([...(await written()), "END"]);
    const none = await question(signDeliveriesRequest("save", { ...ALL, from: ALL.to }, hub.signer));
    expect(await none.text()).toBe('"END"\n');
  });

  test.each([
    ["by somebody else", () => signDeliveriesRequest("save", ALL, aKeyPair("hub-1").signer)],
    ["for another organisation", () => signDeliveriesRequest("lokalis", ALL, hub.signer)],
    ["two minutes ago", () => signDeliveriesRequest("save", ALL, hub.signer, new Date(Date.now() - 120_000))],
    [
      "and then widened",
      () => ({ ...signDeliveriesRequest("save", { ...ALL, to: ALL.from }, hub.signer), to: ALL.to }),
    ],
  ])("and nobody reads it with a question signed %s", async (_which, sign) => {
    await ask([subject("known-1")]);
    const response = await question(sign());
    expect([response.status, await response.json()]).toEqual([401, { refused: "NOT_SIGNED" }]);
  });

  test("and a question that was overheard is not answered a second time", async () => {
    const asked = signDeliveriesRequest("save", ALL, hub.signer);
    expect((await question(asked)).status).toBe(200);
    const again = await question(asked);
    expect([again.status, await again.json()]).toEqual([401, { refused: "REPLAYED" }]);
    expect((await question({ ...asked, id: signDeliveriesRequest("save", ALL, hub.signer).id })).status).toBe(
      401,
    );
    expect((await question(signDeliveriesRequest("save", ALL, hub.signer))).status).toBe(200);
  });

  test("nor one of before the source began to remember", async () => {
    const before = new Date(Date.now() - 20_000);
    const response = await question(signDeliveriesRequest("save", ALL, hub.signer, before));
    expect([response.status, await response.json()]).toEqual([401, { refused: "REPLAYED" }]);
  });

  test("and what is no question is refused", async () => {
    const malformed = { ...signDeliveriesRequest("save", ALL, hub.signer), from: momentOf(new Date()) };
    expect((await question(malformed)).status).toBe(400);
  });
});
