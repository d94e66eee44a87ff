// POST /stuf at a port of its own: messages of the chain come in. Who hands them over is checked first; then the message, its
// size and its form; and each answer is one of the standard.

import { randomUUID } from "node:crypto";
import express, { type ErrorRequestHandler, type Request, type Response } from "express";
import { SchakelError, type ErrorCode } from "../../shared/kernel/errors";
import type { Logger } from "../../shared/kernel/logger";
import { peerOf } from "../../shared/mutual-tls/peer";
import type { ChainParty } from "../../shared/region/region-file";
import { writeRefused, writeTaken, type AnswerHeading } from "../../shared/stuf/answers";
import { bodyIn } from "../../shared/stuf/envelope";
import { notConform, StufFault } from "../../shared/stuf/fault";
import { NAMESPACES } from "../../shared/stuf/names";
import { readNotification } from "../../shared/stuf/notification";
import { NotXml, readDocument, textAt, type XmlElement } from "../../shared/stuf/read-xml";
import { listenForMessages, type MessageDoorSettings } from "./listen";
import type { Receiver } from "./receivers";
import { takeNotification, type TakeDeps } from "./take-notification";

/** What the door stands on. */
export interface MessageDoorDeps extends TakeDeps {
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** OINs of the organisations that ask for inquiries: a message for anybody else is not for this hub. */
  readonly senders: ReadonlyMap<string, ChainParty>;
  /** A message that was taken turned out to be none that can be dealt with (Fo01). */
  readonly bury: (receiver: string, reference: string, fault: string) => Promise<boolean>;
  /** Puts on record that somebody was refused at the door. */
  readonly refuseStranger: (error: SchakelError, origin: string) => Promise<void>;
  readonly log: Logger;
}

const PATH = "/stuf";
/** A notification has some thousand signs. */
const BODY_LIMIT = 256 * 1024;
const TEXT_LIMIT = 16 * 1024;
const CONTENT_TYPE = /^\s*(text|application)\/(soap\+)?xml\b/i;
const REFERENCE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A refusal, and the heading of its answer as far as it is known. */
interface Refusal {
  readonly status: number;
  readonly fault: StufFault;
  readonly heading?: AnswerHeading | undefined;
}

const answer = (response: Response, status: number, text: string): void => {
  response.status(status).set("cache-control", "no-store").type("text/xml; charset=utf-8").send(text);
};

/** Starts the door; resolves with where it is and what closes it. */
export async function openMessageDoor(
  deps: MessageDoorDeps,
  settings: MessageDoorSettings,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const app = express();
  app.disable("x-powered-by");
  app.post(
    PATH,
    async (request, _response, next) => {
      await checkHeaders(deps, settings, request);
      next();
    },
    express.text({ type: () => true, limit: BODY_LIMIT, defaultCharset: "utf-8" }),
    (request, response, next) => {
      takeMessage(deps, settings, request)
        .then((text) => answer(response, 200, text))
        .then(undefined, next);
    },
  );
  app.use((request, response, next) => {
    refuseElsewhere(deps, settings, request, response).then(undefined, next);
  });
  app.use((async (error: unknown, request, response, _next) => {
    const { status, fault, heading } = await refusalOf(deps, error, request);
    answer(response, status, writeRefused(fault, heading, new Date()));
  }) satisfies ErrorRequestHandler);
  return listenForMessages(app, settings, {
    log: deps.log,
    onUnread: (origin) => deps.refuseStranger(new SchakelError("REQUEST_MALFORMED"), origin),
  });
}

/** Thrown with a refusal that is an answer. */
class Refused extends Error {
  override name = "Refused";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.fault.message);
    this.refusal = refusal;
  }
}

/** An error that says the status of what a client did wrong: of whoever read the body. */
const isOfBody = (error: unknown): error is { readonly status: number } => {
  const { status } = error as { status?: unknown };
  return !(error instanceof SchakelError) && typeof status === "number" && status >= 400 && status < 500;
};

/** The answer to what could not be taken; never rejects. A body that could not be read is put on record here. */
async function refusalOf(deps: MessageDoorDeps, error: unknown, request: Request): Promise<Refusal> {
  if (error instanceof Refused) return error.refusal;
  try {
    if (!isOfBody(error)) throw error;
    const code = error.status === 413 ? "REQUEST_TOO_LARGE" : "REQUEST_MALFORMED";
    await deps.refuseStranger(new SchakelError(code), originOf(request));
    return { status: error.status, fault: notConform(code) };
  } catch (untaken) {
    deps.log.error({ error: untaken }, "a message could not be dealt with, or its refusal not recorded");
    const isUnavailable = untaken instanceof SchakelError && untaken.status === 503;
    return { status: isUnavailable ? 503 : 500, fault: new StufFault("StUF058", "TRY_AGAIN") };
  }
}

const originOf = (request: Request): string => request.socket.remoteAddress ?? "unknown";

/** Refuses somebody of whom it is not known who it is; rejects with what answers that, once it is on record. */
async function refuseStranger(
  deps: MessageDoorDeps,
  request: Request,
  { code, status, detail = code }: { code: ErrorCode; status: 400 | 403 | 404 | 405; detail?: string },
): Promise<never> {
  await deps.refuseStranger(new SchakelError(code), originOf(request));
  const fault = status === 403 ? new StufFault("StUF058", detail) : notConform(detail);
  throw new Refused({ status, fault });
}

const NOT_ALLOWED = { code: "CLIENT_NOT_ALLOWED", status: 403 } as const;
const MALFORMED = { code: "REQUEST_MALFORMED", status: 400 } as const;

/** Who hands it over, where that is known by a certificate. */
async function checkPeer(
  deps: MessageDoorDeps,
  { tls }: MessageDoorSettings,
  request: Request,
): Promise<void> {
  if (tls && peerOf(request.socket)?.isNow(tls.peer) !== true)
    await refuseStranger(deps, request, NOT_ALLOWED);
}

/** Who hands it over, and what it says to be: looked at before anything of the body is read. */
async function checkHeaders(
  deps: MessageDoorDeps,
  settings: MessageDoorSettings,
  request: Request,
): Promise<void> {
  await checkPeer(deps, settings, request);
  if (!CONTENT_TYPE.test(request.header("content-type") ?? ""))
    await refuseStranger(deps, request, MALFORMED);
}

/** There is one path here, and one method: whatever else is asked is refused as a message is, and on record. */
async function refuseElsewhere(
  deps: MessageDoorDeps,
  settings: MessageDoorSettings,
  request: Request,
  response: Response,
): Promise<never> {
  await checkPeer(deps, settings, request);
  const isHere = request.path === PATH;
  if (isHere) response.set("allow", "POST");
  return refuseStranger(deps, request, { ...MALFORMED, status: isHere ? 405 : 404 });
}

/** Deals with one message and gives the text of its acknowledgement. */
async function takeMessage(
  deps: MessageDoorDeps,
  { user }: MessageDoorSettings,
  request: Request,
): Promise<string> {
  const origin = originOf(request);
  const document = read(request.body);
  if (typeof document === "string") return refuseStranger(deps, request, { ...MALFORMED, detail: document });
  const message = bodyIn(document);
  const receiver = message && receiverOf(deps, message);
  if (!message || !receiver) return refuseStranger(deps, request, { ...MALFORMED, detail: "zender" });
  const { organisation } = receiver;
  if (user && !user.isFrom(organisation.chain.oin, document))
    return refuseStranger(deps, request, NOT_ALLOWED);

  const heading = headingOf(deps, receiver, message);
  try {
    if (isAnswer(message)) await takeAnswer(deps, receiver, message, origin);
    else {
      const notification = await conform(deps, receiver, origin, () => readNotification(message));
      if (!deps.senders.has(notification.receiver.organisation)) {
        await deps.refuse(receiver, new SchakelError("REFERRAL_NOT_FOUND"), origin);
        throw new StufFault("StUF064", "ontvanger");
      }
      await takeNotification(deps, receiver, notification, origin);
    }
  } catch (error) {
    if (error instanceof StufFault) throw new Refused({ status: 500, fault: error, heading });
    throw error;
  }
  return writeTaken(heading, new Date());
}

function read(body: unknown): XmlElement | string {
  try {
    return readDocument(typeof body === "string" ? body : "", TEXT_LIMIT);
  } catch (error) {
    if (error instanceof NotXml) return error.fault;
    throw error;
  }
}

const partOf = (message: XmlElement, ...names: readonly string[]): string => {
  const stuurgegevens = message.children.find(({ name }) => name === "stuurgegevens");
  return textAt(stuurgegevens, NAMESPACES.StUF, ...names) ?? "";
};

/** Whose message it is, by the OIN in it: who hands it over is checked apart. */
function receiverOf({ receivers }: MessageDoorDeps, message: XmlElement): Receiver | undefined {
  const oin = partOf(message, "zender", "organisatie");
  return [...receivers.values()].find(({ organisation }) => organisation.chain.oin === oin);
}

function headingOf(deps: MessageDoorDeps, { organisation }: Receiver, message: XmlElement): AnswerHeading {
  const { oin, application } = organisation.chain;
  const to = deps.senders.get(partOf(message, "ontvanger", "organisatie"));
  return {
    sender: { organisation: to?.oin ?? oin, application: to?.application ?? application },
    receiver: { organisation: oin, application },
    reference: randomUUID(),
    crossReference: partOf(message, "referentienummer").slice(0, 40),
  };
}

/** What is not as the standard has it is on record as refused. */
async function conform<T>(
  deps: MessageDoorDeps,
  receiver: Receiver,
  origin: string,
  work: () => T,
): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof StufFault)
      await deps.refuse(receiver, new SchakelError("REQUEST_MALFORMED"), origin);
    throw error;
  }
}

const isAnswer = ({ namespace, name }: XmlElement): boolean =>
  namespace === NAMESPACES.StUF && (name === "Bv01Bericht" || name === "Fo01Bericht");

/** Bv01: the request was dealt with. Fo01: it cannot be, so somebody at its sender has to call. */
async function takeAnswer(
  deps: MessageDoorDeps,
  receiver: Receiver,
  message: XmlElement,
  origin: string,
): Promise<void> {
  const about = partOf(message, "crossRefnummer");
  if (message.name === "Bv01Bericht") return;
  const code = textAt(message, NAMESPACES.StUF, "body", "code") ?? "";
  const fault = /^StUF\d{3}$/.test(code) ? `FO01_${code.toUpperCase()}` : "FO01";
  if (REFERENCE.test(about) && (await deps.bury(receiver.organisation.code, about, fault))) return;
  await deps.refuse(receiver, new SchakelError("REFERRAL_NOT_FOUND"), origin);
  throw new StufFault("StUF064", "crossRefnummer");
}
