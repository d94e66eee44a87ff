// POST /pseudonyms of an organisation: the hub goes over to the newest version of the organisation's key.

import express, { type Express } from "express";
import type { SigningKeys } from "../../access-log/checkpoint";
import type { Logger } from "../../kernel/logger";
import type { PersonIndex } from "../../sources/person-index";
import { createQuestionJudge } from "../hub-question";
import { RENEWAL_QUESTION, RenewalRequest, type RenewalAnswer } from "./renewal-request";

/** A question of the longest kind. */
const BODY_LIMIT = "128kb";

/** Whose people, and who may ask. */
export interface RenewalRouteDeps {
  readonly organisation: string;
  readonly people: PersonIndex;
  /** Public keys of the hub. */
  readonly hub: SigningKeys;
  readonly log: Logger;
}

/** Adds the route. Whom the organisation does not know is absent from the answer; a number of a citizen is in none. */
export function addRenewalRoute(app: Express, { organisation, people, hub, log }: RenewalRouteDeps): void {
  const judge = createQuestionJudge(RENEWAL_QUESTION, organisation, hub);
  app.post("/pseudonyms", express.json({ limit: BODY_LIMIT }), (request, response) => {
    const asked = RenewalRequest.safeParse(request.body);
    if (!asked.success) {
      response.status(400).json({ refused: "MALFORMED" });
      return;
    }
    const refused = judge(asked.data);
    if (refused) {
      log.warn({ refused }, "a question for other pseudonyms was not taken");
      response.status(401).json({ refused });
      return;
    }
    people.renew(asked.data.pseudonyms).then(
      ({ version, pseudonyms }) =>
        response
          .set("cache-control", "no-store")
          .json({ version, pseudonyms: Object.fromEntries(pseudonyms) } satisfies RenewalAnswer),
      (error: unknown) => {
        log.error({ error }, "pseudonyms could not be renewed");
        response.status(503).json({ refused: "NOT_READ" });
      },
    );
  });
}
