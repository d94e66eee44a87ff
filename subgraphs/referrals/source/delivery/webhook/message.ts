// What an organisation's own system is sent, signed as Standard Webhooks has it: a pointer, never content.

import { createHmac } from "node:crypto";
import type { ReferralId } from "../../../../../shared/kernel/ids";

/** A message; the same one has the same id and body however often it is sent. */
export interface Message {
  /** What a receiver recognises a repeat by (idempotency key). */
  readonly id: string;
  readonly body: string;
}

/** What a message points at. */
export interface Pointer {
  readonly referralId: ReferralId;
  readonly version: number;
  /** Kind of event. */
  readonly event: string;
  /** When it happened, ISO 8601 in UTC. */
  readonly at: string;
}

/** The message of one version of a referral. */
export function messageOf({ referralId, version, event, at }: Pointer): Message {
  return {
    id: `ref-${referralId}-v${version}`,
    body: JSON.stringify({ type: event, timestamp: at, data: { referralId, version } }),
  };
}

/** A message that says nothing, with which an endpoint that is switched off is tried. `at` in seconds. */
export function testMessageAt(at: number): Message {
  return {
    id: `test-${at}`,
    body: JSON.stringify({ type: "endpoint.test", timestamp: new Date(at * 1000).toISOString(), data: {} }),
  };
}

/**
 * The headers that go with a message sent at `at` (seconds, by the clock of the database: a receiver refuses what is
 * minutes off). One signature for each secret, so that a receiver can change to a new one when it likes.
 */
export function headersOf(
  { id, body }: Message,
  at: number,
  secrets: readonly Uint8Array[],
): Record<string, string> {
  const sign = (secret: Uint8Array): string =>
    `v1,${createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest("base64")}`;
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": secrets.map(sign).join(" "),
  };
}
