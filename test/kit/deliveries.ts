// Delivery records of sources for tests: lines, and an organisation that hands its record over when it is asked.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type { SigningKeys } from "../../shared/access-log/checkpoint";
import { createLogger } from "../../shared/kernel/logger";
import { addDeliveriesRoute } from "../../shared/subgraph-kit/deliveries/deliveries-route";
import type { NewDeliveryLine } from "../../shared/subgraph-kit/deliveries/delivery-line";

/** A line of lokalis.worker who was given the care plan of OVV-06; `change` says what is different. */
export const aLine = (traceId: string, change: Partial<NewDeliveryLine> = {}): NewDeliveryLine => ({
  outcome: "DELIVERED",
  traceId,
  subjectType: "FAMILY",
  subjectId: "OVV-06",
  delivered: ["CARE_PLAN"],
  refused: [],
  worker: "lokalis.worker",
  organisation: "lokalis",
  workerFunction: "WORKER",
  purpose: "CARE",
  code: null,
  times: 1,
  ...change,
});

/** Serves the record of an organisation to the hub with these public keys. */
export async function serveDeliveries(
  directory: string,
  organisation: string,
  hub: SigningKeys,
): Promise<{ readonly url: URL; readonly stop: () => void }> {
  const app = express();
  addDeliveriesRoute(app, { organisation, directory, hub, log: createLogger("test", "silent") });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/deliveries`),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
