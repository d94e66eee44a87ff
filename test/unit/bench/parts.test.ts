// Whatever a benchmark started is stopped again.

import { createParts, type Stoppable } from "../../bench/kit/parts";

function recording() {
  const stopped: string[] = [];
  const part = async (name: string): Promise<Stoppable> => ({
    stop: async () => {
      stopped.push(name);
    },
  });
  return { stopped, part };
}

describe("parts", () => {
  it("are stopped in reverse, once", async () => {
    const { stopped, part } = recording();
    const parts = createParts();
    await parts.keep(part("database"));
    await parts.keepAll([part("one gateway"), part("another gateway")]);
    await parts.stop();
    await parts.stop();
    expect(stopped).toEqual(["another gateway", "one gateway", "database"]);
  });

  it("that started beside one that could not are kept, and stopped", async () => {
    const { stopped, part } = recording();
    const parts = createParts();
    const late = new Promise<Stoppable>((resolve) => {
      setImmediate(() => {
        resolve(part("late"));
      });
    });
    await expect(parts.keepAll([Promise.reject(new Error("no port")), late])).rejects.toThrow("no port");
    await parts.stop();
    expect(stopped).toEqual(["late"]);
  });
});
