// What one request took from a source, subject by subject, while it is being answered; it becomes lines of the delivery
// record.

import type { Category } from "../../kernel/codes";
import type { ErrorCode } from "../../kernel/errors";
import type { Grant, GrantedSubject } from "../../kernel/requester";
import type { NewDeliveryLine } from "./delivery-line";

interface AskedSubject {
  readonly subject: GrantedSubject;
  /** Granted categories that the organisation's own rules refused. */
  readonly refused: Set<Category>;
  /** What left beside the answer. */
  readonly beside: Set<Category>;
  /** The source answered, be it that there is nothing. */
  answered: boolean;
  failed: boolean;
}

/** Notes what happens to each subject of a request. */
export class RequestDeliveries {
  readonly #asked = new Map<string, AskedSubject>();
  #broken = false;

  /** The source answered for this subject; `refused` are the categories that may not leave. */
  answered(subject: GrantedSubject, refused: Iterable<Category>): void {
    const asked = this.#of(subject);
    asked.answered = true;
    for (const category of refused) asked.refused.add(category);
  }

  /** These left too, beside the answer. */
  gaveBeside(subject: GrantedSubject, categories: Iterable<Category>): void {
    const { beside } = this.#of(subject);
    for (const category of categories) beside.add(category);
  }

  /** All that was granted of this subject was refused. */
  refusedWhole(subject: GrantedSubject): void {
    const asked = this.#of(subject);
    for (const category of subject.categories) asked.refused.add(category);
  }

  /** The source could not answer for this subject. */
  failed(subject: GrantedSubject): void {
    this.#of(subject).failed = true;
  }

  /** Something that left may be less than it seems: a part of the answer could not be made. */
  broke(): void {
    this.#broken = true;
  }

  /** The lines, one per subject that was asked about. */
  linesFor({ requester, purpose, traceId }: Grant): NewDeliveryLine[] {
    return [...this.#asked.values()].map(({ subject, refused, beside, answered, failed }) => {
      const given = answered ? subject.categories.filter((category) => !refused.has(category)) : [];
      const delivered = [...new Set([...given, ...beside])];
      const incomplete = failed || this.#broken;
      return {
        outcome: incomplete ? "FAILED" : delivered.length > 0 || refused.size === 0 ? "DELIVERED" : "REFUSED",
        traceId,
        subjectType: subject.type === "Family" ? "FAMILY" : "PERSON",
        subjectId: subject.id,
        delivered: delivered.toSorted(),
        refused: [...refused].toSorted(),
        worker: requester.worker,
        organisation: requester.organisation,
        workerFunction: requester.workerFunction,
        purpose,
        code: null,
        times: 1,
      };
    });
  }

  #of(subject: GrantedSubject): AskedSubject {
    const key = `${subject.type}:${subject.id}`;
    const known = this.#asked.get(key);
    if (known) return known;
    const made: AskedSubject = {
      subject,
      refused: new Set(),
      beside: new Set(),
      answered: false,
      failed: false,
    };
    this.#asked.set(key, made);
    return made;
  }
}

/** The line of a request that had a grant and asked for something outside it. */
export function outsideGrantLine({ requester, purpose, traceId }: Grant, code: ErrorCode): NewDeliveryLine {
  return {
    outcome: "REFUSED",
    traceId,
    subjectType: "NONE",
    subjectId: null,
    delivered: [],
    refused: [],
    worker: requester.worker,
    organisation: requester.organisation,
    workerFunction: requester.workerFunction,
    purpose,
    code,
    times: 1,
  };
}

/** The line of requests without a grant that holds. */
export function withoutGrantLine(code: ErrorCode, traceId: string | null, times: number): NewDeliveryLine {
  return {
    outcome: "REFUSED",
    traceId,
    subjectType: "NONE",
    subjectId: null,
    delivered: [],
    refused: [],
    worker: null,
    organisation: null,
    workerFunction: null,
    purpose: null,
    code,
    times,
  };
}
