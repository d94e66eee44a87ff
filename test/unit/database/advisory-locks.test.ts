// A number of an advisory lock stands for one thing: two that share one would wait for each other.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PROJECT_ROOT = join(__dirname, "../../..");

const locks = ["gateway", "shared", "subgraphs"]
  .flatMap((folder) =>
    readdirSync(join(PROJECT_ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(PROJECT_ROOT, folder, file)),
  )
  .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^const (\w+_LOCK) = ([\d_]+);$/gm)])
  .map(([, name = "", number = ""]) => ({ name, number }));

test("every lock has a number of its own", () => {
  expect(locks.length).toBeGreaterThan(4);
  const shared = locks.filter(({ number }) => locks.filter((one) => one.number === number).length > 1);
  expect(shared).toEqual([]);
});
