// Random operations over random facts, at the real door of a hub: every leaf of every answer and everything that was
// asked of every subgraph against an oracle that shares no code with the enforcement (test/oracle).
//
// SCHAKEL_RANDOM_OPERATIONS: how many (2000). SCHAKEL_SEED: which (another one each time; it is printed).
// SCHAKEL_RANDOM_ONLY: the number of the one operation that is run, among the families of all of them.

import { randomInt } from "node:crypto";
import type { GraphQLSchema } from "graphql";
import type { RunningGateway } from "../../gateway/gateway";
import { Contract } from "../oracle/contract";
import { withDatabase } from "../kit/database";
import type { Setting } from "../kit/random/examine";
import { readSubgraphSdl } from "../kit/random/marked-source";
import { startRandomHub, type Planted, type RandomHub } from "../kit/random/random-hub";
import { newTally, runOperations, schemaOf, Worlds } from "../kit/random/random-run";
import { UTRECHT } from "../kit/requesters";

const OPERATIONS = Number(process.env["SCHAKEL_RANDOM_OPERATIONS"] ?? 2_000);
const SEED = process.env["SCHAKEL_SEED"] ?? String(randomInt(1_000_000_000));
const ONLY = process.env["SCHAKEL_RANDOM_ONLY"];
/** Far more than an operation takes. */
const MS_PER_OPERATION = 1_000;

const database = withDatabase();
const contract = new Contract(UTRECHT, readSubgraphSdl);
let hub: RandomHub;
let schema: GraphQLSchema;
let worlds: Worlds;
const gateways: RunningGateway[] = [];

beforeAll(async () => {
  hub = await startRandomHub(database);
  worlds = new Worlds(SEED, database, OPERATIONS);
  schema = await schemaOf((await settingWith()).gateway);
});
afterAll(async () => {
  await Promise.all(gateways.map(async (one) => one.stop()));
  await hub.stop();
});

async function settingWith(planted: Planted = {}): Promise<Omit<Setting, "schema">> {
  const gateway = await hub.startGateway(planted);
  gateways.push(gateway);
  return { hub, gateway, contract };
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

test(
  "no answer leaks or withholds, and nothing is asked that may not be asked",
  async () => {
    say(`random operations: SCHAKEL_SEED=${SEED} SCHAKEL_RANDOM_OPERATIONS=${OPERATIONS}`);
    const setting = { ...(await settingWith()), schema };
    const tally = newTally();
    const range = ONLY === undefined ? { first: 0, count: OPERATIONS } : { first: Number(ONLY), count: 1 };
    const began = Date.now();
    const found = await runOperations(setting, worlds, range, tally);
    const seconds = (Date.now() - began) / 1_000;
    say(`${tally.operations} operations in ${seconds.toFixed(1)} s, ${tally.requests} requests to subgraphs`);
    say([...tally.outcomes].map((one) => one.join(" ")).join(", "));
    say(
      [...tally.rows]
        .toSorted(([, a], [, b]) => b - a)
        .map((one) => one.join(": "))
        .join(", "),
    );
    if (found) say(found.story);
    expect(found?.faults ?? []).toEqual([]);
  },
  60_000 + OPERATIONS * MS_PER_OPERATION,
);
