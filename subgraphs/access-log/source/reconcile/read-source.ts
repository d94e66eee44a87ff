// The source's side: the delivery record of an organisation, out of a folder or asked of the organisation itself.

import { createInterface } from "node:readline";
import { request } from "undici";
import type { Signer } from "../../../../shared/access-log/checkpoint";
import type { Connections } from "../../../../shared/mutual-tls/connections";
import { signDeliveriesRequest } from "../../../../shared/subgraph-kit/deliveries/deliveries-request";
import {
  readDeliveryLine,
  type DeliveryLine,
} from "../../../../shared/subgraph-kit/deliveries/delivery-line";
import { END_OF_DELIVERIES } from "../../../../shared/subgraph-kit/deliveries/deliveries-route";
import {
  readDeliveries,
  type DeliveryRange,
} from "../../../../shared/subgraph-kit/deliveries/read-deliveries";

/** A range of a record that could not be read; the message says why, in words of ours. */
export class SourceUnread extends Error {
  override name = "SourceUnread";
}

/** Lines of a range, with the number of those that cannot be read. */
export interface ReadLines {
  readonly lines: readonly DeliveryLine[];
  readonly unreadable: number;
}

/** The record of one organisation. */
export interface RecordedSource {
  readonly organisation: string;
  /** The lines of a range. Rejects with SourceUnread. */
  read(range: DeliveryRange): Promise<ReadLines>;
}

/** An organisation that does not send the next part in time is down. */
const PATIENCE_MS = 30_000;
/** Lines of one answer: far more than an hour of a region holds; more is no record but an attack. */
const MOST_LINES = 2_000_000;

/** The record in a folder that has a folder for each organisation. */
export const sourceInFolder = (directory: string, organisation: string): RecordedSource => ({
  organisation,
  read: async (range) => {
    try {
      return await gather(readDeliveries(directory, organisation, range));
    } catch (cause) {
      throw cause instanceof SourceUnread ? cause : new SourceUnread("its files cannot be read", { cause });
    }
  },
});

/** How an organisation is asked for its record. */
export interface AskedSource {
  readonly url: URL;
  readonly signer: Signer;
  readonly connections: Connections;
}

/** The record that the organisation hands over when it is asked. */
export const sourceThatIsAsked = (organisation: string, asked: AskedSource): RecordedSource => ({
  organisation,
  read: async (range) => {
    try {
      return await gather(askedLines(asked, organisation, range));
    } catch (cause) {
      throw cause instanceof SourceUnread ? cause : new SourceUnread("it did not answer", { cause });
    }
  },
});

async function gather(found: AsyncIterable<DeliveryLine | null>): Promise<ReadLines> {
  const lines: DeliveryLine[] = [];
  let unreadable = 0;
  for await (const line of found) {
    if (line === null) unreadable += 1;
    else lines.push(line);
    if (lines.length + unreadable > MOST_LINES) throw new SourceUnread("its record has no end");
  }
  return { lines, unreadable };
}

async function* askedLines(
  { url, signer, connections }: AskedSource,
  organisation: string,
  range: DeliveryRange,
): AsyncGenerator<DeliveryLine | null> {
  const { dispatcher } = await connections.current();
  const { statusCode, body } = await request(url, {
    dispatcher,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(signDeliveriesRequest(organisation, range, signer)),
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  });
  if (statusCode !== 200) {
    await body.dump();
    throw new SourceUnread(`it refused (${statusCode})`);
  }
  const end = JSON.stringify(END_OF_DELIVERIES);
  let ended = false;
  for await (const text of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (ended) throw new SourceUnread("its answer goes on after its end");
    if (text === end) ended = true;
    else yield readDeliveryLine(text) ?? null;
  }
  if (!ended) throw new SourceUnread("its answer broke off");
}
