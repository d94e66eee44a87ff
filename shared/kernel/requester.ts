// Who asks, and for what: the outcome of identifying a request, and what travels to a source in a grant.

import type { Category, OrganisationKind, Purpose, WorkerFunction } from "./codes";
import type { FamilyId, OrganisationCode, PersonId, TraceId, WorkerId } from "./ids";
import type { KnownHereOutcome } from "./known-here";
import type { OwnWord } from "./own-word";

/** A verified requester: the worker, the employer that vouches for them, and the function they act in. */
export interface Requester {
  readonly worker: WorkerId;
  readonly organisation: OrganisationCode;
  readonly kind: OrganisationKind;
  /** Organisations of one legal entity share this code (hard deny H6). */
  readonly legalEntity: string;
  readonly workerFunction: WorkerFunction;
  /** Team that the worker acts for, as the issuer says: a wish, until the register of teams confirms it. */
  readonly team?: string;
  /**
   * Signed in with a second factor, as the issuer vouches; the access log (NEN 7513) and an emergency are open to nobody
   * without.
   */
  readonly secondFactor?: boolean;
  /** Session at the issuer (OpenID Connect `sid`); undefined where the issuer names none, and for a system. */
  readonly session?: string;
}

/** A household or a person: what decisions and log entries are about. */
export type Subject =
  { readonly type: "Family"; readonly id: FamilyId } | { readonly type: "Person"; readonly id: PersonId };

/** What the gateway tells a source about one subject: which of its records, and what may be delivered. */
export interface GrantedSubject {
  readonly type: "Family" | "Person";
  readonly id: string;
  /** The source's own case reference (Family) or the pseudonym of the person at that source (Person). */
  readonly key: string;
  readonly categories: readonly Category[];
  /** The source also says in which of its own cases the person stands (`extensions.cases`), when it knows them. */
  readonly withCase?: boolean | undefined;
  /**
   * Beside the case: when the person was born, and whether they are a child, as far as the source has it. Only asked of the
   * requester's own organisation.
   */
  readonly withBirthDate?: boolean | undefined;
}

/** What a register wants to have asked of organisations about one person, before it does what was asked of it. */
export interface SourceQuestion {
  /** The person as the hub knows them, or an id of this question alone; no family as long as there is none. */
  readonly subject: { readonly personId: string; readonly familyId?: string | undefined };
  /** Organisations with the pseudonym of the person there, which nobody keeps; none when nobody has to be asked. */
  readonly people: readonly { readonly organisation: string; readonly key: string }[];
}

/** What one organisation answered to it; its own word about the person only where it is the requester's. */
export interface SourceAnswer extends OwnWord {
  readonly organisation: string;
  readonly outcome: KnownHereOutcome;
  /** Rule by which it could be asked, or could not; empty for the requester's own organisation. */
  readonly rule: string;
  /** The organisation's own number of the case, when it knows the person. */
  readonly caseReference?: string | undefined;
}

/** A question with its answers: one for each organisation that it names. */
export interface AnsweredQuestion {
  readonly subject: SourceQuestion["subject"];
  readonly answers: readonly SourceAnswer[];
}

/** One category that is held at a source, as the gateway decided it. */
export interface HeldCategory {
  readonly category: Category;
  /** Rule by which it is held. */
  readonly rule: string;
  /** A second professional has to weigh it too (vier ogen). */
  readonly secondProfessional: boolean;
}

/** What a requester may ask a holder to disclose: every category is held there for this purpose. */
export interface HeldQuestion {
  readonly source: string;
  readonly subject: { readonly type: "Family" | "Person"; readonly id: string };
  readonly categories: readonly HeldCategory[];
}

/** What a source may deliver to whom and why; signed by the gateway, verified by the subgraph kit. */
export interface Grant {
  readonly requester: Requester;
  readonly purpose: Purpose;
  readonly traceId: TraceId;
  readonly subjects: readonly GrantedSubject[];
  /** Only with a request for disclosure. */
  readonly held?: HeldQuestion;
  /** Only for a register that had organisations asked about somebody: what they answered. */
  readonly answered?: AnsweredQuestion | undefined;
}
