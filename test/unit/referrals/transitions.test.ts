// The table of transitions, walked at random: what must hold of a referral holds after every step of every walk.

import * as fc from "fast-check";
import type { OrganisationCode } from "../../../shared/kernel/ids";
import { Party, ReferralState } from "../../../subgraphs/referrals/source/referral-codes";
import {
  ACTIONS,
  allows,
  openSteps,
  responsibleNow,
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
  objected: false,
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
const walk = fc.array(fc.tuple(step, fc.constantFrom(...Object.values(Party))), { maxLength: 40 });

/** Each action, alone and with every assignment of owners. */
const STEPS: readonly Step[] = ACTIONS.flatMap((action) => [
  { action },
  ...ORGANISATIONS.flatMap((owner) =>
    [null, ...ORGANISATIONS].map((coOwner) => ({ action, assigned: { owner, coOwner } })),
  ),
]);

/** Every position that a walk passes through, the first included, with the step that led there. */
function positionsOf(steps: readonly (readonly [Step, Party])[]): { position: Position; step?: Step }[] {
  const passed: { position: Position; step?: Step }[] = [{ position: SUBMITTED }];
  for (const [one, party] of steps) {
    const next = take(passed.at(-1)!.position, one, party);
    if (next) passed.push({ position: next, step: one });
  }
  return passed;
}

interface Passed {
  readonly position: Position;
  readonly step?: Step | undefined;
  readonly before?: Position | undefined;
}

/** Whether something holds of every position on 10,000 random walks. */
const always = (holds: (passed: Passed, all: readonly Passed[]) => boolean): void => {
  fc.assert(
    fc.property(walk, (steps) => {
      const passed = positionsOf(steps);
      return passed.every((one, index) => holds({ ...one, before: passed[index - 1]?.position }, passed));
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

  test("allow a step to the parties of its row and to nobody else", () => {
    for (const action of ACTIONS) {
      for (const party of Object.values(Party)) {
        for (const state of Object.values(ReferralState)) {
          const { from, by } = TRANSITIONS[action];
          expect(allows({ ...SUBMITTED, state }, action, party)).toBe(
            from.includes(state) && by.includes(party),
          );
        }
      }
    }
  });

  test("give the receiver no second objection", () => {
    const objected: Position = { ...SUBMITTED, state: "RECEIVED", objected: true };
    expect(take(objected, { action: "object" }, "RECEIVER")).toBeUndefined();
    expect(openSteps(objected, "RECEIVER")).not.toContain("object");
  });
});
