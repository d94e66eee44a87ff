// The table of transitions, walked at random: what must hold of a referral holds after every step of every walk.

import * as fc from "fast-check";
import type { OrganisationCode } from "../../../shared/kernel/ids";
import { Party, ReferralState } from "../../../subgraphs/referrals/source/referral-codes";
import {
  ACTIONS,
  allows,
  openSteps,
  responsibleNow,
  splitOff,
  take,
  TRANSITIONS,
  type Position,
  type Step,
} from "../../../subgraphs/referrals/source/transitions";

const ORGANISATIONS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"] as OrganisationCode[];
const SUBMITTED: Position = {
  state: "SUBMITTED",
  sender: ORGANISATIONS[0]!,
  receiver: ORGANISATIONS[2]!,
  owner: ORGANISATIONS[0]!,
  coOwner: null,
  coOwnerAccepted: false,
  objected: false,
  termOver: false,
};
const TAKEN = ["ACCEPTED", "IN_PROGRESS", "COMPLETED"];

const organisation = fc.constantFrom(...ORGANISATIONS);
const step: fc.Arbitrary<Step> = fc.record(
  {
    action: fc.constantFrom(...ACTIONS),
    assigned: fc.record({ owner: organisation, coOwner: fc.option(organisation) }),
  },
  { requiredKeys: ["action"] },
);
/** A step by a party; or, now and then, the term of the consultation runs out. */
const TERM_ENDS = "TERM_ENDS";
const walk = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.tuple(step, fc.constantFrom(...Object.values(Party))) },
    { weight: 1, arbitrary: fc.constant(TERM_ENDS) },
  ),
  { maxLength: 40 },
);
type Walk = readonly (readonly [Step, Party] | typeof TERM_ENDS)[];

/** Each action, alone and with every assignment of owners. */
const STEPS: readonly Step[] = ACTIONS.flatMap((action) => [
  { action },
  ...ORGANISATIONS.flatMap((owner) =>
    [null, ...ORGANISATIONS].map((coOwner) => ({ action, assigned: { owner, coOwner } })),
  ),
]);

/** Every position that a walk passes through, the first included, with the step that led there. */
function positionsOf(steps: Walk): Passed[] {
  const passed: Passed[] = [{ position: SUBMITTED }];
  let now = SUBMITTED;
  for (const one of steps) {
    if (one === TERM_ENDS) {
      now = { ...now, termOver: now.state === "IN_CONSULTATION" };
      continue;
    }
    const [taken, by] = one;
    const next = take(now, taken, by);
    if (!next) continue;
    passed.push({ position: next, step: taken, by, before: now });
    now = next;
  }
  return passed;
}

interface Passed {
  readonly position: Position;
  readonly step?: Step;
  readonly by?: Party;
  readonly before?: Position;
}

/** Whether something holds of every position on 10,000 random walks. */
const always = (holds: (passed: Passed, all: readonly Passed[]) => boolean): void => {
  fc.assert(
    fc.property(walk, (steps) => {
      const passed = positionsOf(steps);
      return passed.every((one) => holds(one, passed));
    }),
    { numRuns: 10_000 },
  );
};
const isBy = ({ step: taken }: Passed, ...actions: Step["action"][]): boolean =>
  taken !== undefined && actions.includes(taken.action);

describe("the transitions of a referral", () => {
  test("leave exactly one owner, who sends or receives it", () => {
    always(
      ({ position: { owner, coOwner, sender, receiver } }) =>
        [sender, receiver].includes(owner) && coOwner !== owner && receiver !== sender,
    );
  });

  test("never make the sender the owner again, but by its own withdrawal", () => {
    always((passed) => {
      const { position, before } = passed;
      const left = before !== undefined && before.owner !== before.sender;
      return !left || position.owner !== position.sender || isBy(passed, "withdraw");
    });
  });

  test("accept at most once, and only by the receiver of that moment", () => {
    always(
      ({ position }, all) =>
        all.filter((one) => isBy(one, "accept")).length <= 1 &&
        (!TAKEN.includes(position.state) || position.owner === position.receiver),
    );
  });

  test("know one objection, which leaves the owner as it was", () => {
    always(
      (passed, all) =>
        all.filter((one) => isBy(one, "object")).length <= 1 &&
        (!isBy(passed, "object") || passed.before?.owner === passed.position.owner),
    );
  });

  test("end a consultation with an owner who is not the sender, unless the sender withdraws", () => {
    always((passed) => {
      if (passed.before?.state !== "IN_CONSULTATION" || isBy(passed, "withdraw")) return true;
      const { owner, coOwner, sender } = passed.position;
      return owner !== sender && coOwner !== sender;
    });
  });

  test("keep the sender responsible for the family until someone took a transfer over", () => {
    always(({ position }) => {
      const expected = TAKEN.includes(position.state) ? position.owner : position.sender;
      return (
        responsibleNow(position, "JOIN") === position.sender &&
        responsibleNow(position, "TRANSFER") === expected
      );
    });
  });

  test("reach every state", () => {
    // Every step of everybody from every position that was reached: nothing is left to chance.
    const reached = new Map([[JSON.stringify(SUBMITTED), SUBMITTED]]);
    for (const position of reached.values()) {
      if (position.state === "IN_CONSULTATION") {
        const late = { ...position, termOver: true };
        reached.set(JSON.stringify(late), late);
      }
      for (const one of STEPS) {
        for (const party of Object.values(Party)) {
          const next = take(position, one, party);
          if (next) reached.set(JSON.stringify(next), next);
        }
      }
    }
    const states = new Set([...reached.values()].map(({ state }) => state));
    expect([...states].toSorted()).toEqual(Object.keys(ReferralState).toSorted());
  });

  test("have no state and no step for sending back", () => {
    expect(
      [...Object.keys(ReferralState), ...ACTIONS].filter((name) => /return|reject|refuse|back/i.test(name)),
    ).toEqual([]);
  });

  test("leave no way out of an ended referral, and always one way on out of the others", () => {
    for (const state of Object.values(ReferralState)) {
      const position = { ...SUBMITTED, state };
      const steps = Object.values(Party).flatMap((party) => openSteps(position, party));
      expect(steps.length > 0).toBe(state !== "COMPLETED" && state !== "WITHDRAWN");
    }
  });

  test("allow a step to the parties of its row, at its time, and to nobody else", () => {
    for (const action of ACTIONS) {
      for (const party of Object.values(Party)) {
        for (const state of Object.values(ReferralState)) {
          for (const termOver of [false, true]) {
            const { from, by } = TRANSITIONS[action];
            const inTime =
              action !== "assign" && action !== "merge" ? true : termOver === (party === "CHAIR");
            expect(allows({ ...SUBMITTED, coOwner: ORGANISATIONS[1]!, state, termOver }, action, party)).toBe(
              from.includes(state) && by.includes(party) && inTime,
            );
          }
        }
      }
    }
  });

  test("give the receiver no second objection", () => {
    const objected: Position = { ...SUBMITTED, state: "RECEIVED", objected: true };
    expect(take(objected, { action: "object" }, "RECEIVER")).toBeUndefined();
    expect(openSteps(objected, "RECEIVER")).not.toContain("object");
  });

  test("let the chair decide after the term and nobody else, before it nobody but those at the table", () => {
    always(({ step: taken, by, before }) => {
      if (taken?.action !== "assign" && taken?.action !== "merge") return by !== "CHAIR";
      return before?.termOver === (by === "CHAIR");
    });
  });

  test("let the second owner accept once, and leave owner and state as they are by that", () => {
    always((passed, all) => {
      const { position, by, before } = passed;
      if (all.filter((one) => isBy(one, "acceptTogether")).length > 1) return false;
      if (!isBy(passed, "acceptTogether")) return by !== "CO_OWNER";
      return (
        by === "CO_OWNER" &&
        before?.coOwner !== null &&
        position.coOwnerAccepted &&
        position.owner === before?.owner &&
        position.state === before.state
      );
    });
  });

  test("keep a second owner who accepted: the sender cannot withdraw any more", () => {
    always((passed, all) => {
      const accepted = all.find((one) => isBy(one, "acceptTogether"));
      if (!accepted || all.indexOf(passed) < all.indexOf(accepted)) return true;
      const { coOwner, coOwnerAccepted, state } = passed.position;
      return coOwnerAccepted && coOwner === accepted.position.coOwner && state !== "WITHDRAWN";
    });
  });

  test("let some children go on by themselves only while the receiver has to decide, and as they were", () => {
    always(({ position }) => {
      const rest = splitOff(position);
      const undecided = openSteps(position, "RECEIVER").includes("accept");
      return undecided ? JSON.stringify(rest) === JSON.stringify(position) : rest === undefined;
    });
  });
});
