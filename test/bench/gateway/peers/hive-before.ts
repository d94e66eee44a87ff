// Runs before Hive Gateway in its process: says where it answers once it does, and what it has used. It changes nothing of
// the gateway itself.

import { setTimeout } from "node:timers/promises";
import { usageNow } from "../../kit/child";

const url = process.env["BENCH_URL"] ?? "";
const AGAIN_MS = 100;

async function untilAnswered(): Promise<void> {
  for (;;) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: "{ __typename }" }),
      });
      await answer.text();
      if (answer.ok) return;
    } catch {
      // It does not listen yet.
    }
    await setTimeout(AGAIN_MS);
  }
}

process.on("message", (question) => {
  process.send?.(question === "usage" ? usageNow() : null);
});
// It ends by itself once it has stopped, although it can be asked.
process.channel?.unref();
// Whoever measures is gone: so is what is measured.
process.on("disconnect", () => process.exit());
void untilAnswered().then(() => process.send?.(url));
