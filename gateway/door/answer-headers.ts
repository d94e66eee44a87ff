// Headers of every answer: nothing of it is kept, shown in a frame, or taken for something else.

import type { RequestHandler } from "express";
import helmet from "helmet";

/** The handlers that set them. Source: OWASP HTTP Headers Cheat Sheet. */
export function answerHeaders(): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      },
      xFrameOptions: { action: "deny" },
    }),
    (_request, response, next) => {
      response.set("cache-control", "no-store");
      next();
    },
  ];
}
