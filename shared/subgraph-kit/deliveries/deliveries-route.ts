// POST /deliveries of an organisation: the hub asks what the source wrote down of a range, to compare it with its own log.

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express, { type Express } from "express";
import type { SigningKeys } from "../../access-log/checkpoint";
import type { Logger } from "../../kernel/logger";
import { createQuestionJudge } from "../hub-question";
import { DELIVERIES_QUESTION, DeliveriesRequest } from "./deliveries-request";
import { readDeliveries } from "./read-deliveries";

const BODY_LIMIT = "4kb";
/** Stands at the end of a whole answer: one that breaks off is told from one that ended. */
export const END_OF_DELIVERIES = "END";

/** Whose record, where it lies, and who may ask for it. */
export interface DeliveriesRouteDeps {
  readonly organisation: string;
  readonly directory: string;
  /** Public keys of the hub. */
  readonly hub: SigningKeys;
  readonly log: Logger;
}

/** Adds the route: lines of JSON, null for one that cannot be read, and a last one that says that this is all. */
export function addDeliveriesRoute(app: Express, deps: DeliveriesRouteDeps): void {
  const { organisation, directory, hub, log } = deps;
  const judge = createQuestionJudge(DELIVERIES_QUESTION, organisation, hub);
  app.post("/deliveries", express.json({ limit: BODY_LIMIT }), (request, response) => {
    const asked = DeliveriesRequest.safeParse(request.body);
    if (!asked.success) {
      response.status(400).json({ refused: "MALFORMED" });
      return;
    }
    const refused = judge(asked.data);
    if (refused) {
      log.warn({ refused }, "a question for the delivery record was not taken");
      response.status(401).json({ refused });
      return;
    }
    response.setHeader("content-type", "application/x-ndjson");
    response.setHeader("cache-control", "no-store");
    const lines = Readable.from(textOf(directory, organisation, asked.data));
    pipeline(lines, response).catch((error: unknown) => {
      log.error({ error }, "the delivery record could not be read");
      response.destroy();
    });
  });
}

async function* textOf(
  directory: string,
  organisation: string,
  range: DeliveriesRequest,
): AsyncGenerator<string> {
  for await (const line of readDeliveries(directory, organisation, range)) yield `${JSON.stringify(line)}\n`;
  yield `${JSON.stringify(END_OF_DELIVERIES)}\n`;
}
