// `node main.js` serves referrals; `node main.js work` delivers them; `node main.js seed` puts the demo in place.

import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { required } from "../../shared/subgraph-kit/settings";
import { seedReferrals } from "./demo/seed-referrals";
import { definition } from "./schema";
import { startDeliveryWorker } from "./source/delivery/worker";
import { openStores } from "./source/open-stores";

void runSubgraph({
  definition,
  open: openStores,
  commands: {
    seed: ({ settings, log }) => seedReferrals(required("DATABASE_URL", settings.DATABASE_URL), log),
    work: ({ settings, log }) =>
      startDeliveryWorker({
        databaseUrl: required("DATABASE_URL", settings.DATABASE_URL),
        redisUrl: settings.REDIS_URL,
        host: settings.SCHAKEL_HOST,
        port: settings.workerPort,
        log,
      }),
  },
});
