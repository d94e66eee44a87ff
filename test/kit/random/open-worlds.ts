// The worlds of a seed, each with a hub and a database of its own: what organisations see of all their families (an inbox,
// a list of tasks) would mix worlds up.

import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import type { RunningGateway } from "../../../gateway/gateway";
import { today } from "../../../shared/kernel/plain-date";
import type { Contract } from "../../oracle/contract";
import { Register } from "../../oracle/household";
import { createTestDatabase } from "../database";
import { UTRECHT } from "../requesters";
import type { Setting } from "./examine";
import { makeWorld, type MadeWorld } from "./make-world";
import { startRandomHub, tokenOf, type Planted, type RandomHub } from "./random-hub";
import { writeWorld } from "./write-world";

/** A world that can be asked about. */
export interface OpenWorld {
  readonly made: MadeWorld;
  readonly register: Register;
  readonly hub: RandomHub;
  readonly gateways: RunningGateway[];
  close(): Promise<void>;
}

/** The schema as clients see it, asked at the door. */
async function schemaOf(gateway: RunningGateway): Promise<GraphQLSchema> {
  const operator = {
    worker: "hub.operator",
    organisation: "hub",
    kind: "HUB",
    legalEntity: "hub",
    workerFunction: "OPERATOR",
  } as const;
  const response = await fetch(gateway.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${tokenOf(operator)}`,
      purpose: "OVERSIGHT",
    },
    body: JSON.stringify({ query: getIntrospectionQuery({ descriptions: false }) }),
  });
  const { data } = (await response.json()) as { data: IntrospectionQuery };
  return buildClientSchema(data);
}

/** The worlds of one seed, opened as they are needed. */
export class Worlds {
  readonly seed: string;
  readonly #contract: Contract;
  readonly #open = new Map<number, OpenWorld>();
  #schema: GraphQLSchema | undefined;

  constructor(seed: string, contract: Contract) {
    this.seed = seed;
    this.#contract = contract;
  }

  /** Opens a world, made for today. */
  async enter(number: number): Promise<OpenWorld> {
    const known = this.#open.get(number);
    if (known && known.register.world.day === today()) return known;
    await known?.close();
    const made = makeWorld(this.seed, number, { day: today(), now: new Date() }, UTRECHT.organisations);
    const database = await createTestDatabase();
    await writeWorld(database.owner, made.world);
    const hub = await startRandomHub(database);
    const gateways: RunningGateway[] = [];
    const open: OpenWorld = {
      made,
      register: new Register(made.world),
      hub,
      gateways,
      close: async () => {
        await Promise.all(gateways.map(async (one) => one.stop()));
        await hub.stop();
        await database.drop();
      },
    };
    this.#open.set(number, open);
    return open;
  }

  /** Starts a gateway in a world. */
  async settingIn({ hub, gateways }: OpenWorld, planted: Planted): Promise<Setting> {
    const gateway = await hub.startGateway(planted);
    gateways.push(gateway);
    this.#schema ??= await schemaOf(gateway);
    return { hub, gateway, schema: this.#schema, contract: this.#contract };
  }

  /** Closes a world; the first one stays, it is asked more than once. */
  async leave(number: number): Promise<void> {
    if (number === 0) return;
    const open = this.#open.get(number);
    this.#open.delete(number);
    await open?.close();
  }

  /** Closes all worlds. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(async (one) => one.close()));
  }
}
