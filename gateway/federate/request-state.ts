// The state of one request: who asks for what, the records of the subjects (one query for all), and the decisions.

import DataLoader from "dataloader";
import type { FamilyRecord, FamilyRecordKeys } from "../../shared/database/family-records";
import type { Category, Purpose } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import type { OrganisationCode, TraceId } from "../../shared/kernel/ids";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../shared/kernel/requester";
import type { Decider } from "../privacy/decide";
import { decideSubject } from "../privacy/decide-subject";
import type { Decision } from "../privacy/explain";
import type { Holder } from "../privacy/reduce-facts";
import { Ledger, type LedgerSubject } from "../record/ledger";
import type { UnavailableCause } from "./unavailable";

/** A subject of a decision, before it is known whether it exists. */
export interface SubjectKey {
  readonly type: "Family" | "Person";
  readonly id: string;
}

/** What stays the same over all requests. */
export interface StateDeps {
  readonly loadRecords: (keys: FamilyRecordKeys) => Promise<readonly FamilyRecord[]>;
  readonly decider: Decider;
  /** Source (subgraph) name -> who holds its data. */
  readonly holders: ReadonlyMap<string, Holder>;
}

/** Who asks, as the door established it. */
export interface Asking {
  readonly requester: Requester;
  readonly purpose: Purpose;
  readonly traceId: TraceId;
  /** Network address that the request came from. */
  readonly origin: string;
  readonly today: PlainDate;
}

const keyOf = (subject: SubjectKey): string => `${subject.type}:${subject.id}`;

/** The state of one request; made by the door, shared by all fetches of the request. */
export class RequestState {
  readonly asking: Asking;
  readonly ledger = new Ledger();
  /** Sources that did not answer. */
  readonly unavailable = new Map<string, UnavailableCause>();
  readonly #deps: StateDeps;
  readonly #records: DataLoader<string, FamilyRecord | undefined>;
  readonly #loaded = new Map<string, FamilyRecord | undefined>();
  readonly #decisions = new Map<string, Decision>();

  constructor(asking: Asking, deps: StateDeps) {
    this.asking = asking;
    this.#deps = deps;
    this.#records = new DataLoader(async (keys) => this.#loadBatch(keys));
  }

  async #loadBatch(keys: readonly string[]): Promise<(FamilyRecord | undefined)[]> {
    // PostgreSQL knows no text with a null character, so nobody has such an id.
    const possible = keys.filter((key) => !key.includes("\0"));
    const idsOf = (type: SubjectKey["type"]): string[] =>
      possible.flatMap((key) => (key.startsWith(`${type}:`) ? [key.slice(type.length + 1)] : []));
    const records = await this.#deps
      .loadRecords({ familyIds: idsOf("Family"), personIds: idsOf("Person") })
      .catch((cause: unknown) => {
        throw new SchakelError("RECORD_UNAVAILABLE", {}, { cause });
      });
    for (const record of records) {
      this.#loaded.set(`Family:${record.id}`, record);
      for (const member of record.members) this.#loaded.set(`Person:${member.id}`, record);
    }
    return keys.map((key) => this.#loaded.get(key));
  }

  /**
   * Loads the records of these subjects; subjects of one tick share one query.
   * Rejects with RECORD_UNAVAILABLE when the hub's database cannot be read.
   */
  async load(subjects: readonly SubjectKey[]): Promise<void> {
    const missing = subjects.map(keyOf).filter((key) => !this.#loaded.has(key));
    const found = await Promise.all(missing.map(async (key) => this.#records.load(key)));
    for (const [index, key] of missing.entries()) this.#loaded.set(key, found[index]);
  }

  /** The record of a loaded subject; undefined when there is no such family or person. */
  recordOf(subject: SubjectKey): FamilyRecord | undefined {
    const key = keyOf(subject);
    if (!this.#loaded.has(key)) throw new SchakelError("ENFORCEMENT_FAILED", { reason: "not loaded" });
    return this.#loaded.get(key);
  }

  /** The decision about one category of a loaded subject at a source; the same one for the whole request. */
  decide(subject: SubjectKey, source: string, category: Category): Decision {
    const key = `${keyOf(subject)}|${source}|${category}`;
    const known = this.#decisions.get(key);
    if (known) return known;
    const holder = this.#deps.holders.get(source);
    if (!holder) throw new SchakelError("ENFORCEMENT_FAILED", { reason: "unknown source" });
    const { requester, purpose, today } = this.asking;
    const decision = decideSubject({
      decider: this.#deps.decider,
      requester,
      purpose,
      today,
      record: this.recordOf(subject),
      subject: subject as Subject,
      holder,
      category,
    });
    this.#decisions.set(key, decision);
    return decision;
  }

  /** Under which key a source finds a subject: its case reference or the person's pseudonym; undefined when unknown. */
  keyAt(subject: SubjectKey, source: string): string | undefined {
    const record = this.recordOf(subject);
    if (!record) return undefined;
    if (this.#deps.holders.get(source)?.kind === "HUB") return subject.id;
    const organisation = source as OrganisationCode;
    if (subject.type === "Family") {
      return record.involvements.find((one) => one.organisation === organisation)?.caseReference;
    }
    return record.members
      .find((member) => member.id === subject.id)
      ?.pseudonyms.find((one) => one.organisation === organisation)?.pseudonym;
  }

  /** The subject as the ledger writes it down. */
  ledgerSubject(subject: SubjectKey): LedgerSubject {
    return { type: subject.type, id: subject.id, familyId: this.recordOf(subject)?.id };
  }

  /** Is this source one of the hub's own registers? */
  isHub(source: string): boolean {
    return this.#deps.holders.get(source)?.kind === "HUB";
  }
}
