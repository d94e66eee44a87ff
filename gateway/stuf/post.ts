// Sends requests for inquiry as messages of the chain: at least once, under one number, until they are taken or are a dead letter.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { SchakelError, type ErrorCode } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";
import { caseNumberOf } from "../../shared/stuf/case-number";
import { InquiryResult, SEND_INQUIRY, type InquiryOrder } from "../../shared/subgraph-kit/stuf/inquiry-order";
import { MESSAGE_TIMEOUT_MS } from "../../shared/subgraph-kit/stuf/message-sender";
import type { Region } from "../../shared/region/region";
import type { SubgraphClient } from "../federate/subgraph-client";
import { decideInquiry, type DecideDeps } from "./decide-inquiry";
import { claimInquiry, findInquiries, recordAttempt, registerReceivers, type DueInquiry } from "./outbox";
import type { Receiver } from "./receivers";

/** What sending stands on. */
export interface PostDeps extends DecideDeps {
  readonly pool: Pool;
  readonly client: SubgraphClient;
  readonly region: Region;
  readonly receivers: ReadonlyMap<string, Receiver>;
  readonly log: Logger;
}

/** How long what is new waits at most before it is looked for. */
const INTERVAL_MS = 1_000;
/** Messages that one gateway sends at the same time: a node that hangs holds up as many. */
const LANES = 4;
/** The sender's source and the node of the chain have their own deadlines, which are shorter. */
const ORDER_DEADLINE_MS = MESSAGE_TIMEOUT_MS + 10_000;

/** Sends one, and returns the code of what went wrong; undefined when it was taken. */
export async function sendInquiry(deps: PostDeps, inquiry: DueInquiry): Promise<string | undefined> {
  const receiver = deps.receivers.get(inquiry.receiver);
  const sender = deps.region.organisations.find(({ code }) => code === inquiry.sender);
  if (!receiver || !sender?.chain || !deps.client.order) return "NO_ADDRESS";
  try {
    const decided = await decideInquiry(deps, inquiry, receiver.requester);
    if (!decided) return "NOT_PERMITTED";
    const { grant } = decided;
    const variables: InquiryOrder = {
      reference: inquiry.id,
      caseNumber: caseNumberOf(sender.chain.caseCode, inquiry.referralId),
      receiver: inquiry.receiver,
      family: inquiry.familyId,
      children: [...inquiry.children],
      sentOn: inquiry.sentOn,
      urgent: inquiry.urgency === "URGENT",
      informed: inquiry.informed !== "NOT_YET_UNSAFE",
      reason: inquiry.reason,
    };
    const order = { path: "/stuf", deadlineMs: ORDER_DEADLINE_MS, query: SEND_INQUIRY, variables, grant };
    const answer = await deps.client.order(inquiry.sender, order);
    const result = InquiryResult.safeParse("body" in answer ? answer.body : undefined);
    if (!result.success) return "SENDER_UNAVAILABLE";
    const { data } = result;
    // Whatever comes of this, the message is where it is: sent again it would be no better on record.
    await decided.close(data.refused ?? []).catch((error: unknown) => {
      deps.log.error({ delivery: inquiry.id, error }, "what a sender kept out could not be put on record");
    });
    switch (data.said) {
      case "TAKEN":
        return undefined;
      case "REFUSED":
        return `REFUSED_${data.code.toUpperCase()}`;
      case "NOT_TAKEN":
        return data.why;
      default: {
        const never: never = data;
        return never;
      }
    }
  } catch (error) {
    if (error instanceof SchakelError) return error.code;
    throw error;
  }
}

/** Sends what is due, one after the other, until nothing is. */
async function sendDue(deps: PostDeps, stopping: AbortSignal): Promise<void> {
  const codes = [...deps.receivers.keys()];
  while (!stopping.aborted) {
    const claimed = await claimInquiry(deps.pool, codes);
    switch (claimed.took) {
      case "NONE":
        return;
      case "CANCELLED":
        continue;
      case "DEAD":
        deps.log.error({ delivery: claimed.id }, "a request for inquiry was not taken: dead letter");
        continue;
      case "ONE": {
        const { id, sender, receiver } = claimed.inquiry;
        const fault = await sendInquiry(deps, claimed.inquiry).catch((error: unknown): ErrorCode => {
          // Counted with its pause as any other: left to its lease it would be dead within half an hour.
          deps.log.error({ delivery: id, error }, "a request for inquiry could not be dealt with");
          return "INTERNAL";
        });
        await recordAttempt(deps.pool, id, fault);
        if (fault === undefined)
          deps.log.info({ delivery: id, sender, receiver }, "request for inquiry taken");
        else
          deps.log.warn(
            { delivery: id, sender, receiver, fault },
            "request for inquiry not taken; trying again",
          );
      }
    }
  }
}

/** One look for what is new and due. Resolves when nothing is due any more; rejects with the first fault, when every lane ended. */
export async function postOnce(
  deps: PostDeps,
  stopping: AbortSignal = new AbortController().signal,
): Promise<void> {
  await findInquiries(deps.pool, [...deps.receivers.keys()]);
  const ended = await Promise.allSettled(Array.from({ length: LANES }, async () => sendDue(deps, stopping)));
  // Not before all of them ended: the next round would run beside what is still under way.
  const failed = ended.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

/** Starts sending and returns what stops it. An outage of the database is said in the log once, and outlived. */
export function startPost(deps: PostDeps): () => Promise<void> {
  const stopping = new AbortController();
  let failing = false;
  let registered = false;
  const round = async (): Promise<void> => {
    try {
      if (!registered) await registerReceivers(deps.pool, [...deps.receivers.keys()]);
      registered = true;
      await postOnce(deps, stopping.signal);
      if (failing) deps.log.info("sending messages of the chain again");
      failing = false;
    } catch (error) {
      if (!failing) deps.log.error({ error }, "cannot send messages of the chain; trying on");
      failing = true;
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await round();
      await sleep(INTERVAL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
