// How the hub asks an organisation's process something that is not for a gateway: the question is signed with the key of the log,
// is for one organisation, holds for less than a minute, and is answered once.

import { randomBytes, verify } from "node:crypto";
import { z } from "zod";
import type { Signer, SigningKeys } from "../access-log/checkpoint";
import { createReplayMemory } from "./replay-memory";

/** Seconds that a question holds, before and after the moment that it names: clocks differ a little. */
const HOLDS_S = 29;
/** Milliseconds after which a question that was answered cannot be valid any more. */
const IS_OVER_MS = 2 * (HOLDS_S + 1) * 1_000;
/** Bytes of a question's own id: no two questions share one. */
const ID_BYTES = 16;

/** A moment as `toISOString` writes it. */
export const moment = () => z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** What every question carries beside what it asks. */
export const HUB_QUESTION = {
  organisation: z.string().min(1).max(100),
  askedAt: moment(),
  id: z.string().regex(/^[\w-]{22}$/),
  keyId: z.string().min(1).max(100),
  /** Ed25519, hexadecimal. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
} as const;

const HubQuestion = z.object(HUB_QUESTION);
export type HubQuestion = z.infer<typeof HubQuestion>;

/** A kind of question: its name with its version, and what it asks as texts without line ends, each in its place. */
export interface QuestionKind<Asked> {
  readonly name: string;
  readonly fieldsOf: (asked: Asked) => readonly string[];
}

const textOf = <Asked>(
  kind: QuestionKind<Asked>,
  asked: Asked,
  { organisation, askedAt, id }: Omit<HubQuestion, "keyId" | "signature">,
): string => [kind.name, organisation, ...kind.fieldsOf(asked), askedAt, id].join("\n");

/** Signs a question in the name of the hub. */
export function signQuestion<Asked>(
  kind: QuestionKind<Asked>,
  organisation: string,
  asked: Asked,
  { signer, now = new Date() }: { readonly signer: Signer; readonly now?: Date },
): HubQuestion {
  const question = {
    organisation,
    askedAt: now.toISOString(),
    id: randomBytes(ID_BYTES).toString("base64url"),
  };
  return { ...question, keyId: signer.keyId, signature: signer.sign(textOf(kind, asked, question)) };
}

/** Why a question is not answered; undefined for one that is, now, and not again. */
export type QuestionRefusal = "NOT_SIGNED" | "REPLAYED" | undefined;

/** Judges questions of one kind to one organisation, of the hub that these keys are of, in one process. */
export function createQuestionJudge<Asked>(
  kind: QuestionKind<Asked>,
  organisation: string,
  hub: SigningKeys,
): (question: HubQuestion & Asked) => QuestionRefusal {
  const answered = createReplayMemory({ holdMs: IS_OVER_MS });
  // What was answered before this process began is not remembered, so no question of that time is.
  const beganAt = new Date().toISOString();
  const isSigned = (question: HubQuestion & Asked): boolean => {
    const key = hub.get(question.keyId);
    return (
      key !== undefined &&
      question.organisation === organisation &&
      Math.abs(Date.now() - Date.parse(question.askedAt)) <= HOLDS_S * 1_000 &&
      verify(null, Buffer.from(textOf(kind, question, question)), key, Buffer.from(question.signature, "hex"))
    );
  };
  return (question) => {
    if (!isSigned(question)) return "NOT_SIGNED";
    const isFirst = question.askedAt >= beganAt && answered.use(question.id) === "FRESH";
    return isFirst ? undefined : "REPLAYED";
  };
}
