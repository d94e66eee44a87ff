// Runs random operations, each of which follows from the seed and its number alone, and tells in full of the first that
// shows a fault: the smallest operation, who asked, and the family's facts.

import type { GraphQLSchema } from "graphql";
import { today } from "../../../shared/kernel/plain-date";
import type { Purpose } from "../../../shared/kernel/codes";
import type { Fault } from "../../oracle/compare-answer";
import { HUB } from "../../oracle/contract";
import { Judge } from "../../oracle/judge";
import type { Asker } from "../../oracle/world";
import { chanceOf } from "./chance";
import { chooseAsker } from "./choose-asker";
import { composeOperation } from "./compose-operation";
import { examine, type Case, type Examined, type Setting } from "./examine";
import type { OpenWorld, Worlds } from "./open-worlds";
import type { Planted } from "./random-hub";
import { shrink } from "./shrink";

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
  /** Makes the operation small and tells all about it; takes a while. */
  readonly tell: () => Promise<string>;
}

/** Operation number `number` of a seed. */
export function caseOf(
  seed: string,
  number: number,
  { made, register }: OpenWorld,
  schema: GraphQLSchema,
): Case {
  const chance = chanceOf(`${seed}/operation/${number}`);
  const isOpen = (who: Asker, what: Purpose, id: string): boolean =>
    new Judge(register, who, what).judge({ type: "Family", id }, HUB, "HOUSEHOLD").outcome === "PERMIT";
  const { asker, purpose, ids } = chooseAsker(chance.part("asker"), made, isOpen);
  const asksForSelf = asker.kind === "FAMILY";
  const operation = composeOperation(chance.part("operation"), { schema, ids, asksForSelf });
  return { register, asker, purpose, ...operation };
}

/**
 * Runs `count` operations from number `first` on, at gateways that are real or have a fault planted, until a fault
 * shows; adds to the tally what they came to.
 */
export async function runOperations(
  worlds: Worlds,
  {
    first,
    count,
    planted = {},
  }: { readonly first: number; readonly count: number; readonly planted?: Planted },
  tally: Tally,
): Promise<Found | undefined> {
  const worldOf = (number: number): number => Math.floor(number / OPERATIONS_PER_WORLD);
  for (let world = worldOf(first); world <= worldOf(first + count - 1); world++) {
    const from = Math.max(first, world * OPERATIONS_PER_WORLD);
    const until = Math.min(first + count, (world + 1) * OPERATIONS_PER_WORLD);
    const found = await runInWorld(worlds, world, { from, until, planted }, tally);
    if (found) return found;
    await worlds.leave(world);
  }
  return undefined;
}

async function runInWorld(
  worlds: Worlds,
  number: number,
  { from, until, planted }: { readonly from: number; readonly until: number; readonly planted: Planted },
  tally: Tally,
): Promise<Found | undefined> {
  const open = await worlds.enter(number);
  const setting = await worlds.settingIn(open, planted);
  let next = from;
  let found: Found | undefined;
  const work = async (): Promise<void> => {
    while (next < until && !found) {
      const operation = next++;
      const one = caseOf(worlds.seed, operation, open, setting.schema);
      const examined = await examineToday(setting, one);
      if (!examined) continue;
      add(tally, examined);
      const { faults } = examined;
      if (faults.length > 0) {
        found ??= { number: operation, faults, tell: async () => tell(setting, operation, one, faults) };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

/** The result of an operation whose world was still of today when it ended; otherwise undefined. */
async function examineToday(setting: Setting, one: Case): Promise<Examined | undefined> {
  const examined = await examine(setting, one);
  return one.register.world.day === today() ? examined : undefined;
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
async function tell(setting: Setting, number: number, one: Case, faults: readonly Fault[]): Promise<string> {
  const kinds = new Set(faults.map((fault) => fault.split(":")[0]));
  const small = await shrink(setting.schema, one, async (smaller) => {
    const examined = await examine(setting, { ...one, ...smaller });
    return examined.faults.some((fault) => kinds.has(fault.split(":")[0]));
  });
  const { faults: left } = await examine(setting, { ...one, ...small });
  return [
    `Operation ${number} (of the seed that is printed above; SCHAKEL_RANDOM_ONLY=${number} runs it alone):`,
    small.query,
    `variables ${JSON.stringify(one.variables)}`,
    `asked by ${JSON.stringify(one.asker)} for ${one.purpose}`,
    ...left.slice(0, MOST_FAULTS),
    "as it was composed:",
    ...faults.slice(0, MOST_FAULTS),
    ...factsIn(one, `${small.query} ${JSON.stringify(one.variables)} ${left.join(" ")}`),
  ].join("\n");
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
