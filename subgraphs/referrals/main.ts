// `node main.js` serves referrals; `node main.js work` delivers them and keeps their clocks; `node main.js seed` puts the
// demo in place.

import { start } from "../../shared/kernel/lifecycle";
import { loadRegion } from "../../shared/region/region";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { required } from "../../shared/subgraph-kit/settings";
import { seedReferrals } from "./demo/seed-referrals";
import { definition } from "./schema";
import { startClock } from "./source/deadlines/clock";
import { readEndpoints } from "./source/delivery/webhook/endpoint-settings";
import { startDeliveryWorker } from "./source/delivery/worker";
import { openStores } from "./source/open-stores";

void runSubgraph({
  definition,
  open: openStores,
  commands: {
    seed: ({ settings, log }) => seedReferrals(required("DATABASE_URL", settings.DATABASE_URL), log),
    work: ({ settings, log }) => {
      const region = loadRegion(settings.SCHAKEL_REGION);
      const where = {
        databaseUrl: required("DATABASE_URL", settings.DATABASE_URL),
        redisUrl: settings.REDIS_URL,
        log,
      };
      return start([
        {
          name: "deliveries",
          start: () =>
            startDeliveryWorker({
              ...where,
              endpoints: readEndpoints(region, settings.keysDirectory, process.env),
              host: settings.SCHAKEL_HOST,
              port: settings.workerPort,
            }),
        },
        {
          name: "clocks",
          start: () => startClock({ ...where, region }),
        },
      ]);
    },
  },
});
