// Record, then answer, on the side of the source as well: what left for whom is on disk before the answer leaves. When it
// cannot be written, nothing leaves.

import type { ApolloServerPlugin } from "@apollo/server";
import { SchakelError } from "../../kernel/errors";
import { schakelErrorIn } from "../../kernel/format-error";
import type { Logger } from "../../kernel/logger";
import type { SubgraphContext } from "../context";
import type { NewDeliveryLine } from "./delivery-line";
import type { DeliveryRecord } from "./delivery-record";
import { outsideGrantLine } from "./request-deliveries";

/** Writes the lines of each answer before it leaves; answers LOG_UNAVAILABLE (503) in its place when they are not on disk. */
export function deliveryRecordPlugin<Stores>(
  record: DeliveryRecord,
  log: Logger,
): ApolloServerPlugin<SubgraphContext<Stores>> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, contextValue, errors = [] }) => {
        const { grant, taken } = contextValue;
        const lines: NewDeliveryLine[] = [];
        for (const error of errors) {
          const known = schakelErrorIn(error);
          if (known?.code === "GRANT_INVALID") lines.push(outsideGrantLine(grant, known.code));
          else if (known?.code !== "SOURCE_REFUSED") taken.broke();
        }
        try {
          await record.append([...lines.slice(0, 1), ...taken.linesFor(grant)]);
        } catch (cause) {
          const error = new SchakelError("LOG_UNAVAILABLE", {}, { cause });
          log.error(
            { error, traceId: grant.traceId },
            "the delivery record could not be written; nothing left",
          );
          const { message, code } = error;
          response.body = { kind: "single", singleResult: { errors: [{ message, extensions: { code } }] } };
          response.http.status = error.status;
        }
      },
    }),
  };
}
