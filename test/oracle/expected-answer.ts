// The answer that an operation must get, worked out from the world and the verdicts. GraphQL's own executor walks the
// operation, so fragments, aliases, directives and variables mean here exactly what the language says.

import {
  execute,
  getNamedType,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { collectSubfields } from "graphql/execution/collectFields";
import type { Category } from "../../shared/kernel/codes";
import { dossierOf, holdsRecord, Marked, markedField } from "../kit/random/marked-values";
import { SUBJECTS, type Contract } from "./contract";
import type { About, Register } from "./household";
import type { Judge, Verdict } from "./judge";
import { bandOf } from "./read-person";
import { caseloadOf, keyAt } from "./registers";
import type { Asker } from "./world";

export type Path = readonly (string | number)[];

/** A field that must be null and explained. */
export interface Gap {
  readonly path: Path;
  readonly subject: About;
  readonly organisation: string;
  readonly category: Category;
  readonly outcome: "HOLD" | "DENY";
}

/** A field on which a verdict was given. */
export interface Judged {
  readonly path: Path;
  readonly verdict: Verdict;
}

/** What must come. */
export interface Expected {
  readonly data: unknown;
  readonly gaps: readonly Gap[];
  /** Families that were asked by their id and are not open: a refusal with a code at each path. */
  readonly refused: readonly { readonly path: Path; readonly id: string; readonly isStranger: boolean }[];
  readonly judged: readonly Judged[];
}

/** An operation with all that its answer depends on. */
export interface Question {
  readonly schema: GraphQLSchema;
  readonly contract: Contract;
  readonly register: Register;
  readonly judge: Judge;
  readonly asker: Asker;
  readonly document: DocumentNode;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What came: registers of which the oracle does not know the content are taken at their word. */
  readonly actual: unknown;
}

/** Under this key an operation asks the id of a subject that the oracle cannot know otherwise. */
export const ID_FOR_ORACLE = "oracleId";

class Subject implements About {
  constructor(
    readonly type: About["type"],
    readonly id: string,
  ) {}
}

class Dossier {
  constructor(
    readonly subject: Subject,
    readonly organisation: string,
    readonly record: Marked | undefined,
  ) {}
}

/** Something that a register gave of which only the permission is known; `within` a field of a subject, or not. */
class Believed {
  constructor(readonly within: boolean) {}
}

function pathOf({ path }: GraphQLResolveInfo): Path {
  const steps: (string | number)[] = [];
  for (let step: GraphQLResolveInfo["path"] | undefined = path; step; step = step.prev)
    steps.unshift(step.key);
  return steps;
}

function at(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  );
}

/** Works out what must come. */
export function expectAnswer(question: Question): Expected {
  const walk = new Walk(question);
  const result = execute({
    schema: question.schema,
    document: question.document,
    operationName: question.operationName,
    variableValues: question.variables,
    rootValue: {},
    fieldResolver: walk.resolve,
  });
  if (result instanceof Promise) throw new Error("The oracle waits for nothing.");
  // Where a register refuses a field that cannot be null, what is around it goes too.
  const fault = (result.errors ?? []).find((one) => !one.message.startsWith("Cannot return null"));
  if (fault) throw fault.originalError ?? fault;
  return {
    data: JSON.parse(JSON.stringify(result.data ?? null)) as unknown,
    gaps: result.data ? walk.gaps : [],
    refused: walk.refused,
    judged: walk.judged,
  };
}

class Walk {
  readonly gaps: Gap[] = [];
  readonly refused: { path: Path; id: string; isStranger: boolean }[] = [];
  readonly judged: Judged[] = [];
  readonly #question: Question;

  constructor(question: Question) {
    this.#question = question;
  }

  readonly resolve: GraphQLFieldResolver<unknown, unknown> = (
    source,
    args: Record<string, unknown>,
    _,
    info,
  ) => {
    if (source instanceof Marked) return markedField(source, info.fieldName, info.returnType, args);
    if (source instanceof Dossier) return this.#ofDossier(source, args, info);
    if (source instanceof Subject) return this.#ofSubject(source, info);
    if (source instanceof Believed) return this.#believe(info, source.within);
    if (info.parentType.name === "Query") return this.#root(args, info);
    if (info.parentType.name === "Me" && info.fieldName === "person") return this.#self();
    if (typeof source === "object" && source !== null && info.fieldName in source) {
      return (source as Record<string, unknown>)[info.fieldName];
    }
    return this.#believe(info);
  };

  #root(args: Record<string, unknown>, info: GraphQLResolveInfo): unknown {
    const { register, asker } = this.#question;
    if (info.fieldName === "family") return this.#family(String(args["id"]), info);
    if (info.fieldName === "me") return { worker: asker.worker, function: asker.workerFunction };
    // A cursor of a list that the oracle does not number itself.
    if (info.fieldName === "caseload" && args["after"] == null) {
      const ids = caseloadOf(register, asker);
      const page = ids.slice(0, Number(args["first"]));
      return {
        totalCount: ids.length,
        edges: page.map((id) => ({ node: new Subject("Family", id) })),
      };
    }
    return this.#believe(info);
  }

  /** Who asks, as a member of a family who may ask. */
  #self(): Subject | null {
    const { asker, judge } = this.#question;
    const self = new Subject("Person", asker.worker);
    return asker.kind === "FAMILY" && judge.hasToDoWith(self) ? self : null;
  }

  #family(id: string, info: GraphQLResolveInfo): unknown {
    const verdict = this.#verdict({ type: "Family", id }, "families", "HOUSEHOLD", info);
    if (verdict.outcome === "PERMIT") return new Subject("Family", id);
    const { register, asker } = this.#question;
    const isStranger = verdict.row === "H1" && !caseloadOf(register, asker).includes(id);
    this.refused.push({ path: pathOf(info), id, isStranger });
    return null;
  }

  #verdict(subject: About, subgraph: string, category: Category, info: GraphQLResolveInfo): Verdict {
    const { judge, contract } = this.#question;
    const verdict = judge.judge(subject, contract.holderOf(subgraph), category);
    this.judged.push({ path: pathOf(info), verdict });
    return verdict;
  }

  /** May it be given? Otherwise the gap is noted. */
  #isOpen(subject: Subject, subgraph: string, category: Category, info: GraphQLResolveInfo): boolean {
    const { outcome } = this.#verdict(subject, subgraph, category, info);
    if (outcome === "PERMIT") return true;
    const { type, id } = subject;
    this.gaps.push({ path: pathOf(info), subject: { type, id }, organisation: subgraph, category, outcome });
    return false;
  }

  #ofSubject(subject: Subject, info: GraphQLResolveInfo): unknown {
    if (info.fieldName === "id") return subject.id;
    const field = this.#question.contract.field(subject.type, info.fieldName);
    if (!field) throw new Error(`The contract has no ${subject.type}.${info.fieldName}.`);
    if (field.isDossier) return this.#dossier(subject, field.subgraph, info);
    if (field.category && !this.#isOpen(subject, field.subgraph, field.category, info)) return null;
    return this.#ofRegister(subject, info);
  }

  /** What the register of families gives; fields that are not listed here are believed. */
  #ofRegister({ type, id }: Subject, info: GraphQLResolveInfo): unknown {
    const { register, judge } = this.#question;
    if (type === "Family" && info.fieldName === "status") {
      return register.world.rows.family.find((one) => one.id === id)?.status;
    }
    if (type === "Family" && info.fieldName === "members") {
      const members = (register.household(id)?.members ?? []).map((one) => new Subject("Person", one.id));
      return members.filter((one) => judge.hasToDoWith(one));
    }
    const person = register.person(id);
    if (type === "Person" && person) {
      if (info.fieldName === "role") return person.role;
      if (info.fieldName === "ageBand") return bandOf(person, register.world.day);
      if (info.fieldName === "family") {
        const family = new Subject("Family", person.familyId);
        return judge.hasToDoWith(family) ? family : null;
      }
      if (info.fieldName === "households") {
        const households = register.householdsOf(id).map((one) => new Subject("Family", one.id));
        return households.filter((one) => judge.hasToDoWith(one));
      }
    }
    return this.#believe(info, true);
  }

  /**
   * Where it may be known whether an organisation knows somebody, a dossier that is not there is null, unless something
   * in it is withheld: a gap needs its place. Where it may not be known, there is a dossier for everybody.
   */
  #dossier(subject: Subject, organisation: string, info: GraphQLResolveInfo): unknown {
    const { judge, contract, register } = this.#question;
    const holder = contract.holderOf(organisation);
    const isOpen = (category: Category): boolean =>
      judge.judge(subject, holder, category).outcome === "PERMIT";
    const key = keyAt(register, subject, organisation);
    const record = key !== undefined && holdsRecord(key) ? dossierOf(organisation, key) : undefined;
    if (isOpen("INVOLVEMENT") && record === undefined) {
      if (key === undefined) return null;
      const asked = [...this.#categoriesIn(info)];
      if (asked.every(isOpen)) return null;
    }
    return new Dossier(subject, organisation, record);
  }

  /** The categories that are asked in the dossier, whatever the way. */
  *#categoriesIn(info: GraphQLResolveInfo): Generator<Category> {
    const type = getNamedType(info.returnType) as GraphQLObjectType;
    const fields = collectSubfields(info.schema, info.fragments, info.variableValues, type, info.fieldNodes);
    for (const [node] of fields.values()) {
      const category = node && this.#question.contract.field(type.name, node.name.value)?.category;
      if (category) yield category;
    }
  }

  #ofDossier(
    { subject, organisation, record }: Dossier,
    args: Record<string, unknown>,
    info: GraphQLResolveInfo,
  ) {
    const category = this.#question.contract.field(info.parentType.name, info.fieldName)?.category;
    if (!category) throw new Error(`${info.parentType.name}.${info.fieldName} has no category.`);
    if (!this.#isOpen(subject, organisation, category, info)) return null;
    return record ? markedField(record, info.fieldName, info.returnType, args) : null;
  }

  /**
   * What came at this place, with the subjects in it put back under the verdicts. Within a field of a subject nobody is
   * named with whom the asker has nothing to do.
   */
  #believe(info: GraphQLResolveInfo, within = false): unknown {
    const type = getNamedType(info.returnType).name;
    const subjectType = SUBJECTS.find((one) => one === type);
    const wrap = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(wrap).filter((one) => one !== undefined);
      if (typeof value !== "object" || value === null) return value;
      if (!subjectType) return new Believed(within);
      const subject = new Subject(subjectType, String((value as Record<string, unknown>)[ID_FOR_ORACLE]));
      return !within || this.#question.judge.hasToDoWith(subject) ? subject : undefined;
    };
    return wrap(at(this.#question.actual, pathOf(info)) ?? null);
  }
}
