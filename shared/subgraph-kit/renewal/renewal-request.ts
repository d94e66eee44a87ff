// How the hub asks an organisation what its pseudonyms are under the newest version of its key. The hub has no citizen's
// number, so it cannot tell for itself. The question names nobody whom the organisation does not know under that name already.

import { createHash } from "node:crypto";
import { z } from "zod";
import type { Signer } from "../../access-log/checkpoint";
import { HUB_QUESTION, signQuestion, type QuestionKind } from "../hub-question";

/** Pseudonyms in one question. */
export const MOST_AT_ONCE = 1_000;

const Pseudonym = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A signed question. */
export const RenewalRequest = z.strictObject({
  ...HUB_QUESTION,
  pseudonyms: z.array(Pseudonym).max(MOST_AT_ONCE),
});
export type RenewalRequest = z.infer<typeof RenewalRequest>;

/** The answer: which version is the newest at the organisation, and the pseudonyms under it; the unknown are absent. */
export const RenewalAnswer = z.strictObject({
  version: z.number().int().min(1),
  pseudonyms: z.record(Pseudonym, Pseudonym),
});
export type RenewalAnswer = z.infer<typeof RenewalAnswer>;

/** For these pseudonyms under the newest version. */
export const RENEWAL_QUESTION: QuestionKind<Pick<RenewalRequest, "pseudonyms">> = {
  name: "pseudonyms/2",
  fieldsOf: ({ pseudonyms }) => [createHash("sha256").update(pseudonyms.join("\n")).digest("hex")],
};

/** A question in the name of the hub. */
export function signRenewalRequest(
  organisation: string,
  pseudonyms: readonly string[],
  signer: Signer,
  now?: Date,
): RenewalRequest {
  const asked = { pseudonyms: [...pseudonyms] };
  return {
    ...asked,
    ...signQuestion(RENEWAL_QUESTION, organisation, asked, { signer, ...(now && { now }) }),
  };
}
