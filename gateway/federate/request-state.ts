// The state of one request: who asks for what, the records of the subjects (one query for all), and the decisions.

import DataLoader from "dataloader";
import type { FamilyRecord, FamilyRecordKeys } from "../../shared/database/family-records";
import {
  NOTHING_BEFORE,
  type RequesterRecord,
  type RequesterRecordKeys,
} from "../../shared/database/requester-records";
import type { Category, HubResource, Purpose, Relation } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import type { OrganisationCode, TraceId } from "../../shared/kernel/ids";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../shared/kernel/requester";
import type { TeamsOf } from "../identify/confirm-team";
import type { Decider } from "../privacy/decide";
import { decideForStranger, decideSubject, type ReducedPeople } from "../privacy/decide-subject";
import type { Decision } from "../privacy/explain";
import { distanceOf, relationOf } from "../privacy/involvement-facts";
import { HUB_HOLDER, holderOn, type Holder } from "../privacy/reduce-facts";
import { Ledger, type LedgerSubject } from "../record/ledger";
import { SourceRefusals } from "./source-refusals";
import type { Absence } from "./unavailable";

/** A subject of a decision, before it is known whether it exists. */
export interface SubjectKey {
  readonly type: "Family" | "Person";
  readonly id: string;
}

/** What stays the same over all requests. */
export interface StateDeps {
  readonly loadRecords: (keys: FamilyRecordKeys) => Promise<readonly FamilyRecord[]>;
  readonly loadRequester: (keys: RequesterRecordKeys) => Promise<RequesterRecord>;
  /** The teams that a worker belongs to now. */
  readonly loadTeams: TeamsOf;
  readonly decider: Decider;
  /** Source (subgraph) name -> who holds its data. */
  readonly holders: ReadonlyMap<string, Holder>;
}

/** Who asks, as the door established it. */
export interface Asking {
  readonly requester: Requester;
  /** Only when an organisation's own system asks: the mutations that are its own; nothing else is open to it. */
  readonly mutations?: readonly string[];
  readonly purpose: Purpose;
  readonly traceId: TraceId;
  /** Network address that the request came from. */
  readonly origin: string;
  readonly today: PlainDate;
  /** When the request came, milliseconds since 1970. */
  readonly startedAt?: number;
  /** Span of the caller, when the caller traces (W3C Trace Context). */
  readonly callerSpanId?: string;
}

/** A subject at a source, with what was decided on it. */
interface Matter {
  readonly subject: SubjectKey;
  readonly source: string;
  readonly decisions: Map<Category | HubResource, Decision>;
}

const isSame = (one: SubjectKey, other: SubjectKey): boolean =>
  one.id === other.id && one.type === other.type;

const keyOf = (subject: SubjectKey): string => `${subject.type}:${subject.id}`;

/** The keys of a family and of all who live in it. */
const keysOf = (record: FamilyRecord): string[] => [
  `Family:${record.id}`,
  ...record.members.map((one) => `Person:${one.id}`),
];

/** The state of one request; made by the door, shared by all fetches of the request. */
export class RequestState {
  readonly asking: Asking;
  readonly ledger = new Ledger();
  /** Sources that gave nothing. */
  readonly unavailable = new Map<string, Absence>();
  /** What sources refused by rules of their own. */
  readonly refusals = new SourceRefusals();
  readonly #deps: StateDeps;
  readonly #records: DataLoader<string, readonly FamilyRecord[]>;
  readonly #loaded = new Map<string, readonly FamilyRecord[]>();
  readonly #readBefore = new Set<string>();
  #unreviewedEmergency = false;
  /** By subject, then by source. */
  readonly #matters = new Map<string, Map<string, Matter>>();
  /** The same is mostly asked many times on end. */
  #latest: Matter | undefined;
  /** The same; undefined as soon as more is loaded. */
  #latestFound: { readonly subject: SubjectKey; readonly record: FamilyRecord | undefined } | undefined;
  #reduced: ReducedPeople = new WeakMap();

  constructor(asking: Asking, deps: StateDeps) {
    this.asking = asking;
    this.#deps = deps;
    this.#records = new DataLoader(async (keys) => this.#loadBatch(keys));
  }

  async #loadBatch(keys: readonly string[]): Promise<(readonly FamilyRecord[])[]> {
    // PostgreSQL knows no text with a null character, so nobody has such an id.
    const possible = keys.filter((key) => !key.includes("\0"));
    const idsOf = (type: SubjectKey["type"]): string[] =>
      possible.flatMap((key) => (key.startsWith(`${type}:`) ? [key.slice(type.length + 1)] : []));
    const { requester, purpose, today } = this.asking;
    try {
      const records = await this.#deps.loadRecords({
        familyIds: idsOf("Family"),
        personIds: idsOf("Person"),
        asker: { recipient: requester.organisation, purpose, today },
      });
      await this.#loadRequester(records);
      this.#keep(records, new Set(possible));
    } catch (cause) {
      throw new SchakelError("RECORD_UNAVAILABLE", {}, { cause });
    }
    return keys.map((key) => this.#loaded.get(key) ?? []);
  }

  /** Only a reviewer's past, and an emergency that waits for its review, play a part in a decision. */
  async #loadRequester(records: readonly FamilyRecord[]): Promise<void> {
    const { requester, purpose } = this.asking;
    const matters = requester.workerFunction === "REVIEWER" || purpose === "ACUTE_SAFETY";
    const { worker, organisation } = requester;
    const { unreviewedEmergency, readBefore } = matters
      ? await this.#deps.loadRequester({ worker, organisation, familyIds: records.map((one) => one.id) })
      : NOTHING_BEFORE;
    this.#unreviewedEmergency ||= unreviewedEmergency;
    for (const id of readBefore) this.#readBefore.add(id);
    // What was reduced may rest on what was not known before.
    this.#reduced = new WeakMap();
  }

  /** Of who lives in a family that was asked for, all households are there; of others, in those households, they may not be. */
  #keep(records: readonly FamilyRecord[], asked: ReadonlySet<string>): void {
    const complete = new Set(
      records.map(keysOf).flatMap((keys) => (keys.some((key) => asked.has(key)) ? keys : [])),
    );
    for (const record of records) {
      for (const key of keysOf(record)) {
        const known = this.#loaded.get(key) ?? [];
        const isNew = known.every((one) => one.id !== record.id);
        if (isNew && complete.has(key)) this.#loaded.set(key, [...known, record]);
      }
    }
    this.#latestFound = undefined;
  }

  /**
   * Loads the records of these subjects; subjects of one tick share one query.
   * Rejects with RECORD_UNAVAILABLE when the hub's database cannot be read.
   */
  async load(subjects: readonly SubjectKey[]): Promise<void> {
    const missing = subjects.map(keyOf).filter((key) => !this.#loaded.has(key));
    const found = await Promise.all(missing.map(async (key) => this.#records.load(key)));
    for (const [index, key] of missing.entries()) this.#loaded.set(key, found[index] ?? []);
    this.#latestFound = undefined;
  }

  /**
   * The record of a loaded subject; undefined when there is no such family or person. Of a child with two households
   * it is the one to which the requester has the closest relation; its own where both are as close.
   */
  recordOf(subject: SubjectKey): FamilyRecord | undefined {
    const latest = this.#latestFound;
    if (latest && isSame(latest.subject, subject)) return latest.record;
    const record = this.#closestOf(subject);
    this.#latestFound = { subject, record };
    return record;
  }

  #closestOf(subject: SubjectKey): FamilyRecord | undefined {
    const records = this.#loaded.get(keyOf(subject));
    if (!records) throw new SchakelError("ENFORCEMENT_FAILED", { reason: "not loaded" });
    const [first] = records;
    if (records.length < 2) return first;
    const { requester, purpose, today } = this.asking;
    const [closest] = records
      .flatMap((record) => {
        const person = record.members.find((one) => one.id === subject.id);
        if (!person) return [];
        const relation = relationOf(record, person, requester, purpose, today);
        const distance = distanceOf(relation, requester.workerFunction);
        return [{ record, distance, isOther: Number(person.householdId !== record.id) }];
      })
      .toSorted((one, other) => one.distance - other.distance || one.isOther - other.isOther);
    return closest?.record;
  }

  /** The record of a subject that the request came across, as far as it was loaded. */
  knownRecord(subject: SubjectKey): FamilyRecord | undefined {
    return this.#loaded.has(keyOf(subject)) ? this.recordOf(subject) : undefined;
  }

  /** The decision about one category (or something of the hub) of a loaded subject at a source; the same one for the whole request. */
  decide(subject: SubjectKey, source: string, category: Category | HubResource): Decision {
    const { decisions } = this.#matterOf(subject, source);
    const known = decisions.get(category);
    if (known) return known;
    const held = this.#deps.holders.get(source);
    if (!held) throw new SchakelError("ENFORCEMENT_FAILED", { reason: "unknown source" });
    const { requester, purpose, today, mutations } = this.asking;
    const holder = holderOn(held, today);
    const record = this.recordOf(subject);
    const decision = mutations
      ? this.#decideForSystem(holder, category)
      : decideSubject({
          decider: this.#deps.decider,
          requester,
          purpose,
          today,
          record,
          unreviewedEmergency: this.#unreviewedEmergency,
          readBefore: record !== undefined && this.#readBefore.has(record.id),
          subject: subject as Subject,
          holder,
          category,
          reduced: this.#reduced,
        });
    decisions.set(category, decision);
    return decision;
  }

  /** A subject at a source. */
  #matterOf(subject: SubjectKey, source: string): Matter {
    const latest = this.#latest;
    if (latest?.source === source && isSame(latest.subject, subject)) return latest;
    const key = keyOf(subject);
    const sources = this.#matters.get(key) ?? new Map<string, Matter>();
    this.#matters.set(key, sources);
    const matter = sources.get(source) ?? { subject, source, decisions: new Map() };
    sources.set(source, matter);
    this.#latest = matter;
    return matter;
  }

  /** An organisation's own system reads nothing: it is decided on as who has no relation, and even then nothing opens. */
  #decideForSystem(holder: Holder, category: Category | HubResource): Decision {
    const { requester, purpose } = this.asking;
    const decision = decideForStranger(this.#deps.decider, { requester, purpose, holder, category });
    if (decision.outcome === "PERMIT") {
      throw new SchakelError("ENFORCEMENT_FAILED", { reason: "a system would read" });
    }
    return decision;
  }

  /** The decision about something of the hub itself, which is about nobody in particular; `own`: of the requester's own organisation. */
  decideResource(resource: HubResource, own: boolean): Decision {
    const { requester, purpose } = this.asking;
    const { organisation: code, legalEntity } = requester;
    const holder: Holder = own ? { code, kind: "HUB", legalEntity } : HUB_HOLDER;
    return decideForStranger(this.#deps.decider, { requester, purpose, holder, category: resource });
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

  /** The requester's relation to a loaded subject; for a worker it is the one to the family. */
  relationTo(subject: SubjectKey): Relation {
    const record = this.recordOf(subject);
    const person = record?.members.find((one) => one.id === subject.id) ?? record?.members[0];
    const { requester, purpose, today } = this.asking;
    return record && person ? relationOf(record, person, requester, purpose, today) : "NONE";
  }

  /** Is there an organisation of the region under this code? */
  isOrganisation(source: string): boolean {
    const holder = this.#deps.holders.get(source);
    return holder !== undefined && holder.kind !== "HUB";
  }

  /** Is this source one of the hub's own registers? */
  isHub(source: string): boolean {
    return this.#deps.holders.get(source)?.kind === "HUB";
  }
}
