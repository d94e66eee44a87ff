// How the hub asks an organisation for its delivery record.

import { z } from "zod";
import type { Signer } from "../../access-log/checkpoint";
import { HUB_QUESTION, moment, signQuestion, type QuestionKind } from "../hub-question";
import type { DeliveryRange } from "./read-deliveries";

/** A signed question for the lines of a range. */
export const DeliveriesRequest = z.object({ ...HUB_QUESTION, from: moment(), to: moment() });
export type DeliveriesRequest = z.infer<typeof DeliveriesRequest>;

/** For the lines from one moment to another. */
export const DELIVERIES_QUESTION: QuestionKind<DeliveryRange> = {
  name: "deliveries/2",
  fieldsOf: ({ from, to }) => [from, to],
};

/** A question in the name of the hub. */
export function signDeliveriesRequest(
  organisation: string,
  { from, to }: DeliveryRange,
  signer: Signer,
  now?: Date,
): DeliveriesRequest {
  const range = { from, to };
  return {
    ...range,
    ...signQuestion(DELIVERIES_QUESTION, organisation, range, { signer, ...(now && { now }) }),
  };
}
