// The last look at an answer: every withheld field is null and has exactly one explanation, and nothing is in it that
// was not permitted. If something is, no answer is given at all.

import {
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Category } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import type { Decision } from "../privacy/explain";
import { FieldCollector, fragmentsOf, type Collected } from "./collect-fields";
import { OWN_PREFIX, subjectKeyOf } from "./prepare-operation";
import type { RequestState, SubjectKey } from "./request-state";
import { findField, type FieldIndex, type SchemaIndex } from "./schema-index";
import { withDefaults } from "./variables";

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

/** A step of a path, from its end: few places of an answer need to say where they are. */
interface Step {
  readonly before: Step | undefined;
  readonly key: string | number;
}

function pathTo(step: Step | undefined): Path {
  const path: (string | number)[] = [];
  for (let at = step; at; at = at.before) path.push(at.key);
  return path.toReversed();
}

/** One explained gap: `extensions.withheld` holds one for each field that a rule withheld. */
export interface Withheld {
  readonly path: Path;
  readonly subject: SubjectKey;
  readonly organisation: string;
  readonly category: Category;
  readonly outcome: "HOLD" | "DENY";
  readonly rule: string;
  readonly citation: string;
  readonly certainty: string;
  readonly reason: { readonly nl: string; readonly en: string };
  readonly next: readonly string[];
}

/** An operation with the answer to it. */
export interface Answered {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Changed in place: own names are taken out, withheld fields are set to null. */
  readonly data: Json;
}

/** Where a dossier stands in an answer. */
interface DossierPlace {
  readonly subject: SubjectKey;
  readonly source: string;
  readonly type: string;
  readonly nodes: readonly FieldNode[];
  readonly at: Step;
}

/** A field of a subject that one of the hub's registers gives, and what was decided on it. */
interface RegisterField {
  readonly source: string;
  readonly category: Category;
  readonly decision: Decision;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** All subjects in an answer, by the ids that the prepared operation asked. */
export function subjectsIn(data: unknown, types: readonly string[]): SubjectKey[] {
  const found = new Map<string, SubjectKey>();
  const keys = new Map(types.map((type) => [subjectKeyOf(type), type as SubjectKey["type"]]));
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const one of value as unknown[]) look(one);
      return;
    }
    for (const key of Object.keys(value)) {
      const one = (value as Json)[key];
      if (typeof one === "object") look(one);
      else if (typeof one === "string" && key.startsWith(OWN_PREFIX)) {
        const type = keys.get(key);
        if (type !== undefined) found.set(`${type}:${one}`, { type, id: one });
      }
    }
  };
  look(data);
  return [...found.values()];
}

/** Explains an answer; the records of all its subjects must be loaded. Throws ENFORCEMENT_FAILED on any breach. */
export class AnswerExplainer {
  readonly #index: SchemaIndex;
  readonly #state: RequestState;
  readonly #fields: FieldCollector;
  readonly #withheld: Withheld[] = [];

  constructor(index: SchemaIndex, state: RequestState, answered: Answered) {
    this.#index = index;
    this.#state = state;
    this.#fields = new FieldCollector({
      fragments: fragmentsOf(answered.document),
      variables: withDefaults(answered.operation, answered.variables),
      appliesTo: (condition, type) => index.interfaces.get(type)?.has(condition) ?? false,
    });
  }

  /** Walks the answer and returns its explanations, in the order of the answer. */
  explain(answered: Answered): Withheld[] {
    const root = answered.operation.operation === OperationTypeNode.MUTATION ? "Mutation" : "Query";
    this.#object(answered.data, root, [answered.operation.selectionSet], undefined);
    return this.#withheld;
  }

  #value(value: unknown, type: string, nodes: readonly FieldNode[], at: Step, from?: RegisterField): void {
    if (Array.isArray(value)) {
      for (const [key, one] of value.entries()) this.#value(one, type, nodes, { before: at, key }, from);
    } else if (isObject(value)) {
      this.#object(value, type, selectionSetsOf(nodes), at, from);
    }
  }

  #object(
    value: Json,
    type: string,
    sets: readonly SelectionSetNode[],
    at: Step | undefined,
    from?: RegisterField,
  ): void {
    const subject = this.#takeSubject(value, type);
    // That somebody belongs to a family is on record for that person too, whatever else is asked.
    if (subject && from) this.#deliver(subject, from);
    for (const [key, nodes] of this.#fields.collect(sets, type)) {
      const field = nodes[0] && findField(this.#index, type, nodes[0].name.value);
      if (!field) continue;
      const here: Step = { before: at, key };
      const dossierOwner = this.#index.dossiers.get(field.type);
      if (subject && dossierOwner !== undefined) {
        this.#dossier(value, key, { subject, source: dossierOwner, type: field.type, nodes, at: here });
        continue;
      }
      const by = subject && this.#registerField(subject, field);
      if (subject && by && by.decision.outcome !== "PERMIT") {
        this.#withhold(value, key, subject, by, here);
        continue;
      }
      // What a register that failed did not give, it did not deliver either.
      const missing = (value[key] ?? null) === null && by && this.#state.unavailable.has(by.source);
      if (subject && by && !missing) this.#deliver(subject, by);
      // What lies within a field of a register came with that field, up to the next subject.
      const within = subject ? by : from;
      if (within) value[key] = this.#withoutStrangers(value[key], field.type);
      this.#value(value[key], field.type, nodes, here, within);
    }
  }

  /** A household (or a member of one) that the requester has no relation with is not named beside one that they have. */
  #withoutStrangers(value: unknown, type: string): unknown {
    if (!this.#index.subjects.includes(type)) return value;
    const isStranger = (one: unknown): boolean => {
      const id = isObject(one) ? one[subjectKeyOf(type)] : undefined;
      const subject = { type: type as SubjectKey["type"], id };
      return typeof id === "string" && this.#state.relationTo({ ...subject, id }) === "NONE";
    };
    if (Array.isArray(value)) return value.filter((one) => !isStranger(one));
    return isStranger(value) ? null : value;
  }

  #takeSubject(value: Json, type: string): SubjectKey | undefined {
    if (!this.#index.subjects.includes(type)) return undefined;
    const key = subjectKeyOf(type);
    const id = value[key];
    delete value[key];
    if (typeof id !== "string")
      throw new SchakelError("ENFORCEMENT_FAILED", { reason: "subject without id" });
    return { type: type as SubjectKey["type"], id };
  }

  /** A categorised field of one of the hub's registers, with the decision on it. */
  #registerField(
    subject: SubjectKey,
    { category, sources: [source] }: FieldIndex,
  ): RegisterField | undefined {
    if (source === undefined || !category) return undefined;
    return { source, category, decision: this.#state.decide(subject, source, category) };
  }

  #deliver(subject: SubjectKey, { source, category, decision }: RegisterField): void {
    const { ledger } = this.#state;
    const access = ledger.access(this.#state.ledgerSubject(subject), source, "view");
    ledger.decided(access, category, decision);
    ledger.delivered(access, [category]);
  }

  #withhold(value: Json, key: string, subject: SubjectKey, by: RegisterField, at: Step): void {
    const { ledger } = this.#state;
    const access = ledger.access(this.#state.ledgerSubject(subject), by.source, "view");
    ledger.decided(access, by.category, by.decision);
    value[key] = null;
    this.#note(at, subject, by.source, by.category, by.decision);
  }

  /**
   * Where involvement may be known, a missing dossier says "not known there". Where it may not, an organisation that
   * knows the subject and one that does not must give the same shape; and what is withheld is always explained.
   */
  #mayStayNull({ subject, source, type }: DossierPlace, selected: Collected): boolean {
    if (this.#decide(subject, source, "INVOLVEMENT").outcome !== "PERMIT") return false;
    if (this.#state.keyAt(subject, source) === undefined) return true;
    return [...selected.values()].every((nodes) => {
      const category = nodes[0] && findField(this.#index, type, nodes[0].name.value)?.category;
      return !category || this.#decide(subject, source, category).outcome === "PERMIT";
    });
  }

  /** The decision about a category at an organisation: the hub's, unless the source itself refused. */
  #decide(subject: SubjectKey, source: string, category: Category): Decision {
    const decision = this.#state.decide(subject, source, category);
    return this.#state.refusals.stricter(decision, subject, source, category);
  }

  #dossier(holder: Json, key: string, place: DossierPlace): void {
    const { subject, source, type, at } = place;
    const selected = this.#fields.collect(selectionSetsOf(place.nodes), type);
    if ((holder[key] === null || holder[key] === undefined) && this.#mayStayNull(place, selected)) return;
    if (this.#state.refusals.has(subject, source, "INVOLVEMENT") && !this.#shows(type, selected)) {
      // Nothing is asked but whether there is a dossier, and that is what the source refused.
      holder[key] = null;
      this.#note(at, subject, source, "INVOLVEMENT", this.#decide(subject, source, "INVOLVEMENT"));
      return;
    }
    holder[key] ??= Object.fromEntries(
      [...selected].map(([name, nodes]) => [name, nodes[0]?.name.value === "__typename" ? type : null]),
    );
    const dossier = holder[key];
    if (!isObject(dossier)) throw new SchakelError("ENFORCEMENT_FAILED", { reason: "not a dossier" });
    for (const [name, nodes] of selected) {
      const category = nodes[0] && findField(this.#index, type, nodes[0].name.value)?.category;
      if (!category) continue;
      const decision = this.#decide(subject, source, category);
      if (decision.outcome === "PERMIT") continue;
      if (dossier[name] !== null && dossier[name] !== undefined) {
        throw new SchakelError("ENFORCEMENT_FAILED", { reason: "withheld field with a value" });
      }
      dossier[name] = null;
      this.#note({ before: at, key: name }, subject, source, category, decision);
    }
  }

  /** Is anything of a dossier asked but whether it is there? */
  #shows(type: string, selected: Collected): boolean {
    return [...selected.values()].some(([node]) => node && findField(this.#index, type, node.name.value));
  }

  #note(at: Step, subject: SubjectKey, organisation: string, category: Category, decision: Decision): void {
    const { outcome, rule, citation, certainty, reason, next } = decision;
    if (outcome === "PERMIT") return;
    this.#withheld.push({
      path: pathTo(at),
      subject,
      organisation,
      category,
      outcome,
      rule,
      citation,
      certainty,
      reason,
      next,
    });
  }
}

function selectionSetsOf(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap((node) => node.selectionSet ?? []);
}
