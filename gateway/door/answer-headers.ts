// Headers of every answer: nothing of it is kept, shown in a frame, or taken for something else. They are always the same, so
// helmet says once what they are.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import helmet from "helmet";

/** Name and value of each. Source: OWASP HTTP Headers Cheat Sheet. */
function headersSaid(): ReadonlyMap<string, string> {
  const said = new Map([["cache-control", "no-store"]]);
  const say = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    xFrameOptions: { action: "deny" },
  });
  const response = {
    setHeader: (name: string, value: string) => said.set(name, value),
    removeHeader: () => undefined,
  };
  say({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error !== undefined) throw new Error("The headers of answers are not to be had.", { cause: error });
  });
  return said;
}

/** The handler that sets them. */
export function answerHeaders(): RequestHandler[] {
  const said = headersSaid();
  return [
    (_request, response, next) => {
      for (const [name, value] of said) response.setHeader(name, value);
      next();
    },
  ];
}
