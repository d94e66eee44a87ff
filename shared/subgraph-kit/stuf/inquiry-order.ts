// What the gateway asks of an organisation that requests an inquiry: to send the message itself. With it goes a grant in the name
// of who receives the message, about whom and with which categories. Ids and codes; no content, for that is with the organisation.

import { z } from "zod";
import { Category } from "../../kernel/codes";
import { LONGEST_REFERENCE } from "../../stuf/names";

/** Stands in the place of the query, so that the grant is for this and nothing else. */
export const SEND_INQUIRY = "vtoDi01";

const Id = z.string().min(1).max(100);

/** One order. Dates are YYYY-MM-DD. */
export const InquiryOrder = z.strictObject({
  /** Referentienummer of the message: the same at every attempt. */
  reference: z.string().min(1).max(LONGEST_REFERENCE),
  caseNumber: z.string().min(1).max(LONGEST_REFERENCE),
  /** Code of the organisation that the message goes to. */
  receiver: z.string().min(1).max(40),
  family: Id,
  /** The children that it is about; the other persons of the grant are the adults. */
  children: z.array(Id).min(1).max(50),
  sentOn: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  urgent: z.boolean(),
  informed: z.boolean(),
  /** Why it is asked, as a code of referrals. */
  reason: z.string().regex(/^[A-Z_]{1,40}$/),
});
export type InquiryOrder = z.infer<typeof InquiryOrder>;

/** Why a message did not leave, or nobody knows that it arrived. A closed list: nothing of an answer gets anywhere. */
export const NOT_TAKEN = [
  /** No address is set at the sender. */
  "NO_ADDRESS",
  /** The source does not have a child of it, or may not say who that is. */
  "CHILD_UNKNOWN",
  /** The source of the sender did not answer. */
  "SOURCE_UNAVAILABLE",
  /** The sender could not write down what leaves. */
  "LOG_UNAVAILABLE",
  "TIMEOUT",
  "NO_CONNECTION",
  /** An answer that is none of the standard, or is about another message. */
  "UNCLEAR",
] as const;

/** What of the grant the sender's own rules kept out of the message: of whom, and which categories. Ids and codes. */
const Refused = z
  .array(
    z.object({
      type: z.enum(["Family", "Person"]),
      id: Id,
      categories: z.array(z.enum(Category)).min(1),
    }),
  )
  .max(200)
  .optional();
export type Refused = NonNullable<z.infer<typeof Refused>>;

/** What came of an order. */
export const InquiryResult = z.discriminatedUnion("said", [
  z.object({ said: z.literal("TAKEN"), refused: Refused }),
  /** By a foutbericht; the code is that of the standard. */
  z.object({ said: z.literal("REFUSED"), code: z.string().regex(/^StUF(\d{3})?$/), refused: Refused }),
  z.object({ said: z.literal("NOT_TAKEN"), why: z.enum(NOT_TAKEN), refused: Refused }),
]);
export type InquiryResult = z.infer<typeof InquiryResult>;
