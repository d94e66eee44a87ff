// What was used is remembered as long as it could be used again, and the memory has an end.

import * as fc from "fast-check";
import { createReplayMemory } from "../../../shared/subgraph-kit/replay-memory";

test("is never fooled within its time, and never grows beyond its bound", () => {
  const uses = fc.array(
    fc.record({ id: fc.integer({ min: 0, max: 8 }), after: fc.integer({ min: 0, max: 30 }) }),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(uses, fc.integer({ min: 1, max: 6 }), (steps, capacity) => {
      let moment = 0;
      const holdMs = 50;
      const memory = createReplayMemory({ holdMs, capacity, now: () => moment });
      const taken = new Map<string, number>();
      for (const { id, after } of steps) {
        moment += after;
        const name = String(id);
        const since = taken.get(name);
        const isHeld = since !== undefined && moment - since < holdMs;
        const held = [...taken.values()].filter((one) => moment - one < holdMs).length;
        expect(held).toBeLessThanOrEqual(capacity);
        const outcome = memory.use(name);
        expect(outcome).toBe(isHeld ? "SEEN" : held >= capacity ? "FULL" : "FRESH");
        if (outcome === "FRESH") taken.set(name, moment);
      }
    }),
  );
});
