// Looks at everything that was asked of the subgraphs for one operation: nothing withheld was asked for, nobody was
// named who may not be asked about, and each organisation saw its own keys alone.

import { isDeepStrictEqual } from "node:util";
import { Kind, parse, type FieldNode, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import type { Category, Purpose } from "../../shared/kernel/codes";
import type { AskedOf } from "../kit/random/random-hub";
import { SUBJECTS, type Contract } from "./contract";
import type { Fault } from "./compare-answer";
import type { About, Register } from "./household";
import type { Judge } from "./judge";
import { keyAt, mayActFor } from "./registers";
import type { Asker } from "./world";

/** What the check stands on. */
export interface AskedContext {
  readonly contract: Contract;
  readonly register: Register;
  readonly judge: Judge;
  readonly asker: Asker;
  readonly purpose: Purpose;
}

/** What of a subject is asked in one request: categories, and whether its dossier is asked as such. */
type AskedCategories = Map<string, Set<Category>>;

/** Everything that is wrong with what was asked. */
export function faultsAsked(asked: readonly AskedOf[], context: AskedContext): Fault[] {
  return asked.flatMap((one) => {
    const { requester, purpose } = one.grant;
    // How they signed in goes along; it is the same for all here.
    const { secondFactor: _signedIn, team, ...told } = requester;
    const who =
      isDeepStrictEqual(told, { ...context.asker }) &&
      purpose === context.purpose &&
      mayActFor(context.register, context.asker, team);
    return [
      ...(who ? [] : [`ASKED: ${one.subgraph} was told of another requester or purpose` as const]),
      ...keysOfOthers(one),
      ...roots(one, context),
      ...entities(one, context),
    ];
  });
}

/** Keys say whose they are. */
function keysOfOthers({ subgraph, query, variables, grant }: AskedOf): Fault[] {
  const seen = JSON.stringify([query, variables, grant]).matchAll(/(?:case|name)~([a-z-]+)~/g);
  return [...seen]
    .filter(([, organisation]) => organisation !== subgraph)
    .map(([key]): Fault => `ASKED: ${subgraph} saw a key of another organisation: ${key}`);
}

function operationIn(query: string): OperationDefinitionNode {
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error("Something else than an operation was asked.");
  return operation;
}

function* fieldsIn(set: SelectionSetNode | undefined): Generator<FieldNode> {
  for (const one of set?.selections ?? []) {
    if (one.kind === Kind.FIELD) yield one;
    else if (one.kind === Kind.INLINE_FRAGMENT) yield* fieldsIn(one.selectionSet);
    else throw new Error("A fragment was left in what is asked.");
  }
}

/** A family is asked of the register by its id only when it is open. */
function roots({ subgraph, query, variables }: AskedOf, { contract, judge }: AskedContext): Fault[] {
  const { selectionSet, variableDefinitions = [] } = operationIn(query);
  return [...fieldsIn(selectionSet)]
    .filter((one) => one.name.value === "family")
    .flatMap((field): Fault[] => {
      const value = field.arguments?.find((one) => one.name.value === "id")?.value;
      const name = value?.kind === Kind.VARIABLE ? value.name.value : undefined;
      const byDefault = variableDefinitions.find((one) => one.variable.name.value === name)?.defaultValue;
      const given = name === undefined ? undefined : variables[name];
      const literal = name === undefined ? value : byDefault;
      const written = literal && "value" in literal ? literal.value : "";
      const id = typeof given === "string" ? given : String(written);
      const { outcome } = judge.judge({ type: "Family", id }, contract.holderOf(subgraph), "HOUSEHOLD");
      return outcome === "PERMIT" ? [] : [`ASKED: ${subgraph} was asked for the family ${id}: ${outcome}`];
    });
}

/** Each subject that is named, with the categories that are asked of it. */
function askedOfSubjects(one: AskedOf, contract: Contract): AskedCategories {
  const asked: AskedCategories = new Map();
  for (const group of fieldsIn(operationIn(one.query).selectionSet)) {
    if (group.name.value !== "_entities") continue;
    const value = group.arguments?.[0]?.value;
    const name = value?.kind === Kind.VARIABLE ? value.name.value : "";
    const list = one.variables[name] as readonly { readonly __typename: string; readonly id: string }[];
    for (const { __typename: type, id } of list) {
      const known = asked.get(`${type}:${id}`) ?? new Set<Category>();
      asked.set(`${type}:${id}`, known);
      for (const fragment of group.selectionSet?.selections ?? []) {
        if (fragment.kind !== Kind.INLINE_FRAGMENT || fragment.typeCondition?.name.value !== type) continue;
        for (const category of categoriesIn(fragment.selectionSet, type, contract)) known.add(category);
      }
    }
  }
  return asked;
}

/** The categories that are asked of a subject: of its own fields, and of those of its dossiers. */
function* categoriesIn(set: SelectionSetNode, type: string, contract: Contract): Generator<Category> {
  // A dossier that is asked twice, under two names, is one dossier.
  const dossiers = new Map<string, FieldNode[]>();
  for (const node of fieldsIn(set)) {
    const field = contract.field(type, node.name.value);
    if (field?.category) yield field.category;
    if (!field?.isDossier) continue;
    const inner = [...fieldsIn(node.selectionSet)].filter((one) => one.name.value !== "__typename");
    dossiers.set(node.name.value, [...(dossiers.get(node.name.value) ?? []), ...inner]);
  }
  for (const inner of dossiers.values()) {
    // With nothing else asked of it, what is learnt of a dossier is that it is there.
    if (inner.length === 0) yield "INVOLVEMENT";
    for (const one of inner) yield* categoryOfDossierField(one.name.value, type, contract);
  }
}

function* categoryOfDossierField(name: string, type: string, contract: Contract): Generator<Category> {
  // Every organisation's dossier gives a field of this name in the same category; the contract's interface says so.
  const category = contract.categoryInDossier(type, name);
  if (!category) throw new Error(`No dossier of a ${type} has a field ${name}.`);
  yield category;
}

function entities(one: AskedOf, { contract, register, judge }: AskedContext): Fault[] {
  const { subgraph, grant } = one;
  const holder = contract.holderOf(subgraph);
  const isOpen = (about: About, category: Category): boolean =>
    judge.judge(about, holder, category).outcome === "PERMIT";
  const faults: Fault[] = [];
  const asked = askedOfSubjects(one, contract);
  for (const [name, categories] of asked) {
    const about = aboutOf(name);
    const granted = grant.subjects.find((given) => given.type === about.type && given.id === about.id);
    const key = holder.kind === "HUB" ? about.id : keyAt(register, about, subgraph);
    if (!granted || key === undefined || granted.key !== key) {
      faults.push(`ASKED: ${subgraph} was asked about ${name}, which it does not know under that key`);
    }
    if (categories.size === 0)
      faults.push(`ASKED: ${subgraph} was asked about ${name} and for nothing of it`);
    for (const category of categories) {
      if (!isOpen(about, category)) faults.push(`ASKED: ${subgraph} was asked ${category} of ${name}`);
    }
  }
  for (const { type, id, categories } of grant.subjects) {
    const about = { type, id };
    if (!asked.has(`${type}:${id}`))
      faults.push(`ASKED: ${subgraph} was told of ${type} ${id} without a question`);
    for (const category of categories) {
      if (!isOpen(about, category))
        faults.push(`ASKED: ${subgraph} was granted ${category} of ${type} ${id}`);
    }
  }
  return faults;
}

function aboutOf(name: string): About {
  const type = SUBJECTS.find((one) => name.startsWith(`${one}:`));
  if (!type) throw new Error(`Something else than a family or a person was asked about: ${name}`);
  return { type, id: name.slice(type.length + 1) };
}
