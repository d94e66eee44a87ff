// Combinations of facts for tests: any of them, and any that a real request can have.

import * as fc from "fast-check";
import { HOLDER_KINDS, HubResource, isCode, type HolderKind, type Relation } from "../../shared/kernel/codes";
import { FACT_NAMES, FACT_VALUES, type Facts } from "../../gateway/privacy/facts";
import { employs, purposesOpenTo } from "../../gateway/privacy/purposes";

/** Any combination at all. */
export const anyFacts = (fixed: Partial<Facts> = {}): fc.Arbitrary<Facts> =>
  fc
    .record(Object.fromEntries(FACT_NAMES.map((name) => [name, fc.constantFrom(...FACT_VALUES[name])])))
    .map((facts) => ({ ...(facts as unknown as Facts), ...fixed }));

/**
 * A deterministic walk over `count` combinations, each fact chosen by itself, so that no two of them go together more
 * often than others; `fixed` facts are kept.
 */
export function* spreadFacts(count: number, fixed: Partial<Facts> = {}): Generator<Facts> {
  const next = numbersFrom(WALK_START);
  for (let step = 0; step < count; step += 1) {
    const facts = Object.fromEntries(
      FACT_NAMES.map((name) => {
        const values: readonly unknown[] = FACT_VALUES[name];
        return [name, values[next() % values.length]];
      }),
    );
    yield { ...(facts as unknown as Facts), ...fixed };
  }
}

const WALK_START = 20_260_101;

/** Numbers from 0 to 2^31 - 1 that look drawn by lot and are the same each time (Marsaglia's xorshift). */
function numbersFrom(start: number): () => number {
  let state = start;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 1;
  };
}

/** The relations that go with a function: a family's own, a duo's, and those of who works with families. */
const OF_THE_FAMILY: readonly Relation[] = [
  "SELF",
  "PARENT_WITH_AUTHORITY",
  "PARENT_WITHOUT_AUTHORITY",
  "RELATIVE",
];
const OF_WORKERS: readonly Relation[] = ["ASSIGNED", "STAND_IN", "REFERRED"];

function relationsOf({ requesterKind, requesterFunction, purpose, emergency }: Facts): readonly Relation[] {
  if (requesterKind === "FAMILY") return OF_THE_FAMILY;
  if (requesterFunction === "DUO_MEMBER") return ["DUO"];
  if (purpose === "OVERSIGHT") return ["NONE"];
  return purpose === "ACUTE_SAFETY" && emergency.startsWith("DECLARED")
    ? [...OF_WORKERS, "EMERGENCY"]
    : OF_WORKERS;
}

/**
 * The same combination with a function that its employer can have, an open purpose, a relation that goes with both, and
 * a holder that can be; `pick` chooses among them.
 */
export function plausible(facts: Facts, pick: number): Facts {
  const functions = FACT_VALUES.requesterFunction.filter((one) => employs(facts.requesterKind, one));
  const requesterFunction = functions[pick % functions.length] ?? facts.requesterFunction;
  const purposes = purposesOpenTo(requesterFunction);
  const purpose = purposes[Math.floor(pick / 11) % purposes.length] ?? facts.purpose;
  const relations = relationsOf({ ...facts, requesterFunction, purpose });
  return {
    ...facts,
    requesterFunction,
    purpose,
    relation: relations[Math.floor(pick / 131) % relations.length] ?? facts.relation,
    ...holderOf(facts),
  };
}

/** Whose log it is stands in `sameOrganisation`, though the hub holds it; other things of the hub are nobody's own. */
function holderOf(facts: Facts): Pick<Facts, "holderKind" | "sameOrganisation"> {
  const { category, requesterKind } = facts;
  const holds = HOLDER_KINDS.find((kind): kind is HolderKind => kind === requesterKind);
  const sameOrganisation = facts.sameOrganisation && holds !== undefined;
  if (category === "ACCESS_LOG") return { holderKind: "HUB", sameOrganisation };
  if (category === "ANONYMOUS_QUESTION") return { holderKind: facts.holderKind, sameOrganisation: false };
  if (isCode(HubResource, category)) return { holderKind: "HUB", sameOrganisation: false };
  return { holderKind: sameOrganisation && holds ? holds : facts.holderKind, sameOrganisation };
}
