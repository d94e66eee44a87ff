// POST /checkpoints of an organisation: the hub hands over a checkpoint of its access log and gets the organisation's word.

import express, { type Express } from "express";
import type { Logger } from "../kernel/logger";
import { CheckpointRefused, type CheckpointCopies, type CheckpointRefusal } from "./checkpoint-copies";

/** A checkpoint is less than a kilobyte. */
const BODY_LIMIT = "8kb";

const STATUSES: Readonly<Record<CheckpointRefusal, number>> = {
  MALFORMED: 400,
  NOT_SIGNED: 401,
  CONTRADICTS_COPY: 409,
};

/** Adds the route. What the hub signed needs no further credential: without its key nothing is taken. */
export function addCheckpointRoute(app: Express, copies: CheckpointCopies, log: Logger): void {
  app.post("/checkpoints", express.json({ limit: BODY_LIMIT }), (request, response) => {
    copies.keep(request.body).then(
      (word) => response.json(word),
      (error: unknown) => {
        if (error instanceof CheckpointRefused) {
          // The organisation's own people should hear of a hub that tells two stories.
          if (error.reason === "CONTRADICTS_COPY") log.error("a checkpoint contradicts what is kept");
          response.status(STATUSES[error.reason]).json({ refused: error.reason });
          return;
        }
        log.error({ error }, "a checkpoint could not be kept");
        response.status(503).json({ refused: "NOT_KEPT" });
      },
    );
  });
}
