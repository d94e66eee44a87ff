// What a mapping file says of a SOAP source, and what its process is told about how to reach it.

import { z } from "zod";
import { CaseShape } from "../case-reader";

const ElementName = z.string().regex(/^[A-Za-z_][\w.-]*$/, "a name of an element");

/** An operation of the service: the element that asks, in the namespace of the service. */
const Operation = z.strictObject({
  /** Local name of the element in the body of the question. */
  question: ElementName,
  /** SOAPAction of the operation. */
  action: z.string(),
  /** Where in the body of the answer the items stand. */
  items: z.string().min(1),
});

/** Section `source` of a mapping file. */
export const SoapSource = z.strictObject({
  kind: z.literal("soap"),
  /** Description of the service beside the mapping file. */
  wsdl: z.string().min(1).optional(),
  namespace: z.string().min(1),
  cases: Operation.extend({
    /** Local name of the element with one reference, of which the question has any number. */
    reference: ElementName,
    perRequest: z.number().int().min(1).max(1_000).default(50),
  }),
  /** Everybody in the system: only what finds a person. */
  identities: Operation.extend({
    reference: z.string().min(1),
    number: z.string().min(1),
    bsn: z.string().min(1),
    /** Of a service that gives everybody in parts: where the answer says how to go on, and the element that asks for it. */
    next: z.strictObject({ answer: z.string().min(1), question: ElementName }).optional(),
  }),
  shape: CaseShape,
});
export type SoapSource = z.infer<typeof SoapSource>;

/** How to reach the service. */
export interface SoapAddress {
  readonly url: string;
  /** WS-Security UsernameToken (OASIS, 1.1); without it no security header is sent. */
  readonly user?: { readonly name: string; readonly password: string } | undefined;
}
