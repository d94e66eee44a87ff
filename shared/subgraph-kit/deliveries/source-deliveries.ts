// What an organisation's server needs to keep its delivery record: the plugin that writes it, a place for requests that
// were refused before, and the route by which the hub may read it.

import type { ApolloServerPlugin } from "@apollo/server";
import type { Express } from "express";
import type { SigningKeys } from "../../access-log/checkpoint";
import type { ErrorCode } from "../../kernel/errors";
import type { Logger } from "../../kernel/logger";
import type { SubgraphContext } from "../context";
import { addDeliveriesRoute } from "./deliveries-route";
import type { NewDeliveryLine } from "./delivery-line";
import { openDeliveryRecord } from "./delivery-record";
import { deliveryRecordPlugin } from "./record-plugin";
import { gatherRefusals } from "./refusals-without-grant";

/** The delivery record of a running server. */
export interface SourceDeliveries {
  plugin<Stores>(): ApolloServerPlugin<SubgraphContext<Stores>>;
  /** Writes lines down; rejects when they are not on disk. */
  write(lines: readonly NewDeliveryLine[]): Promise<void>;
  /** Notes a request that had no grant that holds; `traceparent` is what its header says. */
  refused(code: ErrorCode, traceparent: string | undefined): void;
  addRoute(app: Express): void;
  close(): Promise<void>;
}

/** Whose record, and where. */
export interface SourceDeliveriesOptions {
  readonly directory: string;
  readonly organisation: string;
  /** Public keys of the hub. */
  readonly hub: SigningKeys;
  readonly log: Logger;
}

const TRACE_PARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Opens it; rejects when the folder cannot be made or read. */
export async function openSourceDeliveries(options: SourceDeliveriesOptions): Promise<SourceDeliveries> {
  const { log } = options;
  const record = await openDeliveryRecord(options);
  const refusals = gatherRefusals((line) => {
    record.append([line]).catch((error: unknown) => {
      log.error({ error }, "a refused request could not be written down");
    });
  });
  return {
    plugin: () => deliveryRecordPlugin(record, log),
    write: (lines) => record.append(lines),
    refused: (code, traceparent) => {
      refusals.note(code, TRACE_PARENT.exec(traceparent ?? "")?.[1] ?? null);
    },
    addRoute: (app) => {
      addDeliveriesRoute(app, options);
    },
    close: async () => {
      refusals.close();
      await record.close();
    },
  };
}
