// A request for inquiry (verzoek tot onderzoek, VTO) as the message has it: what is written down, before it is written.

import type { Party } from "./stuurgegevens";

/** Somebody in it (natuurlijk persoon). */
export interface InquiryPerson {
  /** Citizen's number; null for somebody without one, or of whom the sender does not have it. */
  readonly bsn: string | null;
  readonly name: string | null;
  /** YYYY-MM-DD. */
  readonly birthDate: string | null;
  readonly phone: string | null;
}

/** A child that the inquiry is about (cliënt). */
export interface InquiryChild extends InquiryPerson {
  readonly unborn: boolean;
}

/** Somebody who is concerned (belanghebbende). */
export interface InquiryAdult extends InquiryPerson {
  /** Role of the chain messages (jeugdzorgrol), such as 112. */
  readonly roleCode: string | null;
}

/** A document that goes along, in PDF. */
export interface InquiryDocument {
  readonly kind: keyof typeof DOCUMENT_KINDS;
  readonly content: Buffer;
}

/** Kinds of document: what they are called in the standard, and their kind in general. */
export const DOCUMENT_KINDS = {
  REQUEST: {
    name: "Verzoek tot onderzoek RvdK",
    general: "Onderzoeksverzoek",
    file: "verzoek-tot-onderzoek",
  },
  HELP: { name: "Hulpverleningsrapportage", general: "Rapportage", file: "hulpverleningsrapportage" },
} as const;

/** One request. Dates are YYYY-MM-DD. */
export interface Inquiry {
  readonly sender: Party;
  readonly receiver: Party;
  readonly reference: string;
  /** Number of the case at the sender: comes back in each notification. */
  readonly caseNumber: string;
  readonly sentOn: string;
  readonly urgent: boolean;
  /** Were those who are concerned told of it? */
  readonly informed: boolean;
  readonly children: readonly InquiryChild[];
  readonly adults: readonly InquiryAdult[];
  /** Name of the organisation that asks, and who can be called about it. */
  readonly organisation: string;
  readonly desk: { readonly name: string; readonly phone: string };
  readonly documents: readonly InquiryDocument[];
}
