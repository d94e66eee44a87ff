// `node main.js` serves referrals; `node main.js work` delivers them and keeps their clocks; `node main.js seed` puts the
// demo in place.

import { start } from "../../shared/kernel/lifecycle";
import { loadRegion } from "../../shared/region/region";
import { runSubgraph } from "../../shared/subgraph-kit/run-subgraph";
import { needs, required } from "../../shared/subgraph-kit/settings";
import { seedReferrals } from "./demo/seed-referrals";
import { definition } from "./schema";
import { startClock } from "./source/deadlines/clock";
import { checkEndpoints, readEndpoints } from "./source/delivery/webhook/endpoint-settings";
import { startDeliveryWorker } from "./source/delivery/worker";
import { openStores } from "./source/open-stores";

void runSubgraph({
  definition,
  open: openStores,
  checks: {
    serve: [needs("DATABASE_URL")],
    seed: [needs("DATABASE_URL")],
    work: [needs("DATABASE_URL"), checkEndpoints],
  },
  commands: {
    seed: ({ settings, log }) =>
      seedReferrals(
        required("DATABASE_URL", settings.DATABASE_URL),
        loadRegion(settings.SCHAKEL_REGION),
        log,
      ),
    work: ({ settings, log }) => {
      const region = loadRegion(settings.SCHAKEL_REGION);
      const endpoints = readEndpoints(region, settings.keysDirectory, process.env);
      const where = {
        databaseUrl: required("DATABASE_URL", settings.DATABASE_URL),
        redisUrl: settings.REDIS_URL,
        log,
      };
      return start([
        {
          name: "clocks",
          start: () => startClock({ ...where, region }),
        },
        {
          // The last: with it the worker says that it is ready, and then all of it is, also for being stopped.
          name: "deliveries",
          start: () =>
            startDeliveryWorker({
              ...where,
              region,
              endpoints,
              host: settings.SCHAKEL_HOST,
              port: settings.workerPort,
            }),
        },
      ]);
    },
  },
});
