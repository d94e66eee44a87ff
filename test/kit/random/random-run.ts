// Runs random operations, each of which follows from the seed and its number alone, and tells in full of the first that
// shows a fault: the smallest operation, who asked, and the family's facts.

import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import { today } from "../../../shared/kernel/plain-date";
import type { Fault } from "../../oracle/compare-answer";
import type { Purpose } from "../../../shared/kernel/codes";
import { HUB } from "../../oracle/contract";
import { Register } from "../../oracle/household";
import { Judge } from "../../oracle/judge";
import type { Asker, World, WorldRows } from "../../oracle/world";
import type { RunningGateway } from "../../../gateway/gateway";
import type { TestDatabase } from "../database";
import { UTRECHT } from "../requesters";
import { chanceOf } from "./chance";
import { chooseAsker } from "./choose-asker";
import { composeOperation } from "./compose-operation";
import { examine, type Case, type Examined, type Setting } from "./examine";
import { makeWorld, type MadeWorld } from "./make-world";
import { tokenOf } from "./random-hub";
import { shrink } from "./shrink";
import { writeWorld } from "./write-world";

/** Operations that are asked of one world before the next is made. */
export const OPERATIONS_PER_WORLD = 400;
/** Faults that are shown. */
const MOST_FAULTS = 8;
/** Operations that are under way at once. */
const AT_ONCE = 3;

/** What a run came to. */
export interface Tally {
  operations: number;
  requests: number;
  /** Verdicts by outcome. */
  readonly outcomes: Map<string, number>;
  /** Verdicts by the row that gave them. */
  readonly rows: Map<string, number>;
}

/** A fault, with all that is needed to see it again. */
export interface Found {
  readonly number: number;
  readonly faults: readonly Fault[];
  readonly story: string;
}

/** The schema as clients see it, asked at the door. */
export async function schemaOf(gateway: RunningGateway): Promise<GraphQLSchema> {
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

interface Prepared {
  readonly made: readonly MadeWorld[];
  /** All that stands in the database: an inbox shows what was referred to an organisation in any of the worlds. */
  readonly register: Register;
}

/** All rows of these worlds as one. */
function together(worlds: readonly World[], day: string, now: Date): World {
  const names = new Set(worlds.flatMap(({ rows }) => Object.keys(rows) as (keyof WorldRows)[]));
  const rows = Object.fromEntries(
    [...names].map((name) => [name, worlds.flatMap((one): readonly object[] => one.rows[name])]),
  ) as unknown as WorldRows;
  return { rows, day, now: now.toISOString() };
}

/** The worlds that so many operations of one seed ask about, written into a database before the first of them. */
export class Worlds {
  readonly #seed: string;
  readonly #database: TestDatabase;
  readonly #count: number;
  #prepared: Promise<Prepared> | undefined;

  constructor(seed: string, database: TestDatabase, operations: number) {
    this.#seed = seed;
    this.#database = database;
    this.#count = Math.ceil(operations / OPERATIONS_PER_WORLD);
  }

  async #prepare(): Promise<Prepared> {
    const present = { day: today(), now: new Date() };
    const made = Array.from({ length: this.#count }, (_, number) =>
      makeWorld(this.#seed, number, present, UTRECHT.organisations),
    );
    for (const { world } of made) await writeWorld(this.#database.owner, world);
    const all = together(
      made.map(({ world }) => world),
      present.day,
      present.now,
    );
    return { made, register: new Register(all) };
  }

  /** Operation number `number`. */
  async caseOf(number: number, schema: GraphQLSchema): Promise<Case> {
    this.#prepared ??= this.#prepare();
    const { made: worlds, register } = await this.#prepared;
    const made = worlds[Math.floor(number / OPERATIONS_PER_WORLD)];
    if (!made) throw new Error(`There are no families for operation ${number}: SCHAKEL_RANDOM_OPERATIONS.`);
    const chance = chanceOf(`${this.#seed}/operation/${number}`);
    const isOpen = (who: Asker, what: Purpose, id: string): boolean =>
      new Judge(register, who, what).judge({ type: "Family", id }, HUB, "HOUSEHOLD").outcome === "PERMIT";
    const { asker, purpose, ids } = chooseAsker(chance.part("asker"), made, isOpen);
    const operation = composeOperation(chance.part("operation"), {
      schema,
      ids,
      asksForSelf: asker.kind === "FAMILY",
    });
    return { register, asker, purpose, ...operation };
  }
}

/** The result of an operation whose world was still of today when it ended; otherwise undefined. */
async function examineToday(setting: Setting, one: Case): Promise<Examined | undefined> {
  const examined = await examine(setting, one);
  return one.register.world.day === today() ? examined : undefined;
}

/** Runs operations from `first` on until a fault shows or `count` are done; adds to the tally what they came to. */
export async function runOperations(
  setting: Setting,
  worlds: Worlds,
  { first, count }: { readonly first: number; readonly count: number },
  tally: Tally,
): Promise<Found | undefined> {
  let next = first;
  let found: Found | undefined;
  const work = async (): Promise<void> => {
    while (next < first + count && !found) {
      const number = next++;
      const one = await worlds.caseOf(number, setting.schema);
      const examined = await examineToday(setting, one);
      if (!examined) continue;
      add(tally, examined);
      if (examined.faults.length > 0) found ??= await tell(setting, number, one, examined.faults);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

/** An empty tally. */
export const newTally = (): Tally => ({ operations: 0, requests: 0, outcomes: new Map(), rows: new Map() });

function add(tally: Tally, { judged, requests }: Examined): void {
  tally.operations += 1;
  tally.requests += requests;
  for (const { verdict } of judged) {
    tally.outcomes.set(verdict.outcome, (tally.outcomes.get(verdict.outcome) ?? 0) + 1);
    const row = `${verdict.row} ${verdict.outcome}`;
    tally.rows.set(row, (tally.rows.get(row) ?? 0) + 1);
  }
}

/** The story of a fault: what to set to see it again, the smallest operation, and the facts of the families in it. */
async function tell(setting: Setting, number: number, one: Case, faults: readonly Fault[]): Promise<Found> {
  const kinds = new Set(faults.map((fault) => fault.split(":")[0]));
  const small = await shrink(setting.schema, one, async (smaller) => {
    const examined = await examine(setting, { ...one, ...smaller });
    return examined.faults.some((fault) => kinds.has(fault.split(":")[0]));
  });
  const { faults: left } = await examine(setting, { ...one, ...small });
  const story = [
    `Operation ${number} (of the seed that is printed above; SCHAKEL_RANDOM_ONLY=${number} runs it alone):`,
    small.query,
    `variables ${JSON.stringify(one.variables)}`,
    `asked by ${JSON.stringify(one.asker)} for ${one.purpose}`,
    ...left.slice(0, MOST_FAULTS),
    "as it was composed:",
    ...faults.slice(0, MOST_FAULTS),
    ...factsIn(one, `${small.query} ${JSON.stringify(one.variables)} ${left.join(" ")}`),
  ].join("\n");
  return { number, faults, story };
}

/** The households that a text names, with everything on record about them. */
function factsIn({ register, asker }: Case, text: string): string[] {
  const names = new Set([...text.matchAll(/RND-\d+-\d{3}/g)].map(([name]) => name));
  const households = [...names].flatMap((id) => register.household(id) ?? []);
  const { rows } = register.world;
  return [
    ...households.flatMap((household) =>
      Object.entries(household)
        .filter(([, list]) => list.length > 0)
        .map(([table, list]) => `${household.id} ${table}: ${JSON.stringify(list)}`),
    ),
    `teams of the one who asks: ${JSON.stringify(rows.teamMember.filter((one) => one.workerId === asker.worker))}`,
    `emergencies: ${JSON.stringify(rows.emergency.filter((one) => one.workerId === asker.worker))}`,
  ];
}
