// POST /stuf of an organisation: it sends a request for inquiry, out of its own source, with the numbers that it alone has.

import express, { type Express } from "express";
import { SchakelError } from "../../kernel/errors";
import type { Logger } from "../../kernel/logger";
import { peerOf } from "../../mutual-tls/peer";
import type { Region } from "../../region/region";
import type { OrganisationSource } from "../../sources/organisation-source";
import { VTO } from "../../stuf/names";
import { writeVto } from "../../stuf/vto";
import type { Xml } from "../../stuf/write-xml";
import type { NewDeliveryLine } from "../deliveries/delivery-line";
import { RequestDeliveries } from "../deliveries/request-deliveries";
import type { SourceDeliveries } from "../deliveries/source-deliveries";
import type { GrantVerifier } from "../grant";
import { applyLocalRules, type LocalRule } from "../local-rules";
import { buildInquiry, ChildUnknown } from "./build-inquiry";
import { InquiryOrder, SEND_INQUIRY, type InquiryResult, type Refused } from "./inquiry-order";
import type { MessageSender } from "./message-sender";

/** An order with the grant of a household. */
const BODY_LIMIT = "256kb";

/** What sends messages of an organisation. */
export interface InquirySending {
  /** Code of the organisation that sends. */
  readonly organisation: string;
  readonly region: Region;
  /** Undefined where no address is set. */
  readonly sender: MessageSender | undefined;
}

/** What the route stands on. */
export interface InquiryRouteDeps extends InquirySending {
  readonly source: OrganisationSource;
  readonly verifyGrant: GrantVerifier;
  readonly localRules: readonly LocalRule[];
  /** The organisation's record of what leaves. */
  readonly deliveries: SourceDeliveries;
  readonly log: Logger;
}

/** Adds the route. It answers what came of it; a grant that does not hold is answered 401, and is on record. */
export function addInquiryRoute(app: Express, deps: InquiryRouteDeps): void {
  app.post("/stuf", express.json({ limit: BODY_LIMIT }), (request, response, next) => {
    const { query, variables, extensions } = (request.body ?? {}) as Partial<Record<string, unknown>>;
    const { grant } = (extensions ?? {}) as { grant?: unknown };
    const certificate = peerOf(request.socket)?.thumbprint;
    sendInquiry(deps, { query, variables, grant, certificate })
      .then(
        (result) => response.set("cache-control", "no-store").json(result),
        (error: unknown) => {
          if (!(error instanceof SchakelError)) throw error;
          deps.deliveries.refused(error.code, request.header("traceparent"));
          const { message, code } = error;
          return response.status(error.status).json({ errors: [{ message, extensions: { code } }] });
        },
      )
      .then(undefined, next);
  });
}

interface Asked {
  readonly query: unknown;
  readonly variables: unknown;
  readonly grant: unknown;
  readonly certificate: string | undefined;
}

const notTaken = (why: Extract<InquiryResult, { said: "NOT_TAKEN" }>["why"]): InquiryResult => ({
  said: "NOT_TAKEN",
  why,
});

async function sendInquiry(
  deps: InquiryRouteDeps,
  { grant: token, ...asked }: Asked,
): Promise<InquiryResult> {
  const grant = await deps.verifyGrant(token, asked);
  const read = InquiryOrder.safeParse(asked.variables);
  if (asked.query !== SEND_INQUIRY || !read.success) throw new SchakelError("REQUEST_MALFORMED");
  const { data: order } = read;
  // The grant is in the name of who receives the message; an order for anybody else goes beyond it.
  if (grant.purpose !== "REFERRAL" || (grant.requester.organisation as string) !== order.receiver) {
    throw new SchakelError("GRANT_INVALID", { reason: "receiver" });
  }
  const organisationOf = (code: string) => deps.region.organisations.find((one) => one.code === code);
  const [sender, receiver] = [organisationOf(deps.organisation), organisationOf(order.receiver)];
  const taken = new RequestDeliveries();
  const ruling = applyLocalRules(deps.localRules, grant, deps.log);
  const { traceId } = grant;
  const write = async (): Promise<boolean> =>
    deps.deliveries.write(taken.linesFor(grant)).then(
      () => true,
      (error: unknown) => {
        deps.log.error({ error, traceId }, "the delivery record could not be written; nothing left");
        return false;
      },
    );
  // The hub has it on record as given: the organisation's record says that nothing came of it.
  const nothingLeft = async (): Promise<boolean> => {
    for (const subject of grant.subjects) taken.failed(subject);
    return write();
  };
  if (!deps.sender || !sender?.chain || !receiver?.chain) {
    await nothingLeft();
    return notTaken("NO_ADDRESS");
  }
  let message: Xml;
  try {
    const inquiry = await buildInquiry({ ...deps, order, grant, ruling, taken, sender, receiver });
    message = writeVto(inquiry, new Date());
  } catch (error) {
    await nothingLeft();
    if (error instanceof ChildUnknown) return notTaken("CHILD_UNKNOWN");
    deps.log.warn({ error, traceId }, "the source did not give what a message is made of");
    return notTaken("SOURCE_UNAVAILABLE");
  }
  // On record first: once it was sent, nothing brings it back.
  if (!(await write())) return notTaken("LOG_UNAVAILABLE");
  const result = await deps.sender.send(VTO, message, order.reference);
  const refused = refusedOf(taken.linesFor(grant));
  return refused.length > 0 ? { ...result, refused } : result;
}

/** What the organisation's own rules kept out, so that the hub's log need not say that it left. */
const refusedOf = (lines: readonly NewDeliveryLine[]): Refused =>
  lines.flatMap(({ subjectType, subjectId, refused }) =>
    subjectId === null || refused.length === 0
      ? []
      : [{ type: subjectType === "FAMILY" ? "Family" : "Person", id: subjectId, categories: [...refused] }],
  );
