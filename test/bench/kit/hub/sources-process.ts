// The five organisations, in one process beside the gateways. Says where each answers when all do; answers what was
// asked of them since the last time.

import { loadRegion } from "../../../../shared/region/region";
import { talkToParent } from "../child";
import { startFixedSource } from "../fixed-source";

async function run(): Promise<void> {
  const { organisations } = loadRegion(process.env["SCHAKEL_REGION"] ?? "utrecht");
  const sources = await Promise.all(
    organisations.map(async ({ code }) => ({ code, source: await startFixedSource(code) })),
  );
  talkToParent(
    Object.fromEntries(sources.map(({ code, source }) => [code, source.url])),
    { asked: () => sources.flatMap(({ source }) => source.takeAsked()) },
    async () => {
      await Promise.all(sources.map(async ({ source }) => source.stop()));
    },
  );
}

void run();
