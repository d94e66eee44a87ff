// What the gateway must know of the supergraph to decide: who owns which field, and which category it gives.

import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type TypeNode,
} from "graphql";
import { Category, isCode } from "../../shared/kernel/codes";
import { keepNamesNarrow } from "../../shared/kernel/narrow-text";

/** One field of an object type in the supergraph. */
export interface FieldIndex {
  readonly name: string;
  /** Name of the innermost type. */
  readonly type: string;
  /** The whole type, with its lists and what cannot be null. */
  readonly typeNode: TypeNode;
  readonly nullable: boolean;
  /** For a list of which the operation says how long it is (`first`): how long when it does not. */
  readonly defaultLength?: number;
  /** Subgraphs that resolve it. */
  readonly sources: readonly string[];
  readonly category?: Category;
}

/** The supergraph, as far as enforcement needs it. */
export interface SchemaIndex {
  /** Names of all subgraphs. */
  readonly sources: readonly string[];
  /** Object and interface type -> its fields. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, FieldIndex>>;
  /** Object type -> the interfaces that it implements. */
  readonly interfaces: ReadonlyMap<string, ReadonlySet<string>>;
  /** Dossier type -> the one subgraph that owns it. */
  readonly dossiers: ReadonlyMap<string, string>;
  /** Entities: the subjects of decisions. */
  readonly subjects: readonly string[];
}

/** Interfaces of shared/contract that every dossier implements. */
export const DOSSIER_INTERFACES = ["FamilyDossier", "PersonDossier"];
/** The entities that decisions are about. */
export const SUBJECT_TYPES = ["Family", "Person"];

/** Length of a page of which the contract does not say how long it is. */
const DEFAULT_PAGE = 20;

const directive = (nodes: readonly ConstDirectiveNode[] | undefined, name: string): ConstDirectiveNode[] =>
  (nodes ?? []).filter((one) => one.name.value === name);

function argument(node: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = node?.arguments?.find((one) => one.name.value === name)?.value;
  return value && "value" in value && typeof value.value === "string" ? value.value : undefined;
}

function innermost(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type);
}

/** join__Graph enum value -> subgraph name. */
function graphNames(definitions: readonly DefinitionNode[]): Map<string, string> {
  const graphs = definitions.find(
    (one) => one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === "join__Graph",
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new Error("The supergraph names no subgraphs.");
  return new Map(
    (graphs.values ?? []).map((value) => [
      value.name.value,
      argument(directive(value.directives, "join__graph")[0], "name") ?? value.name.value,
    ]),
  );
}

function indexField(field: FieldDefinitionNode, owners: string[], graphs: Map<string, string>): FieldIndex {
  const joins = directive(field.directives, "join__field");
  if (joins.some((join) => argument(join, "requires"))) {
    throw new Error(`${field.name.value}: @requires is not accepted; what it asks for could not be decided.`);
  }
  const own = joins.flatMap((join) => graphs.get(argument(join, "graph") ?? "") ?? []);
  const category = argument(directive(field.directives, "category")[0], "of");
  if (category !== undefined && !isCode(Category, category)) {
    throw new Error(`${field.name.value}: unknown category ${category}.`);
  }
  return {
    name: field.name.value,
    type: innermost(field.type),
    typeNode: field.type,
    nullable: field.type.kind !== Kind.NON_NULL_TYPE,
    sources: own.length > 0 ? own : owners,
    ...(category === undefined ? {} : { category }),
    ...lengthOf(field),
  };
}

/** How long a page of this field is when nothing is said; empty for a field that is not asked by the page. */
function lengthOf({ arguments: given }: FieldDefinitionNode): Pick<FieldIndex, "defaultLength"> {
  const first = given?.find((one) => one.name.value === "first");
  if (!first) return {};
  const { defaultValue } = first;
  return { defaultLength: defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : DEFAULT_PAGE };
}

/** Reads the index out of a supergraph; throws an Error when a field requires others or has an unknown category. */
export function indexSchema(supergraphSdl: string): SchemaIndex {
  // First of all: the names of what answers hold.
  keepNamesNarrow(supergraphSdl);
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const graphs = graphNames(definitions);
  const fields = new Map<string, Map<string, FieldIndex>>();
  const interfaces = new Map<string, ReadonlySet<string>>();
  const dossiers = new Map<string, string>();
  for (const definition of definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue;
    }
    const owners = directive(definition.directives, "join__type").flatMap(
      (join) => graphs.get(argument(join, "graph") ?? "") ?? [],
    );
    fields.set(
      definition.name.value,
      new Map(
        (definition.fields ?? []).map((field) => [field.name.value, indexField(field, owners, graphs)]),
      ),
    );
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const implemented = new Set((definition.interfaces ?? []).map((one) => one.name.value));
    interfaces.set(definition.name.value, implemented);
    if (DOSSIER_INTERFACES.some((name) => implemented.has(name))) {
      const [owner, ...others] = owners;
      if (!owner || others.length > 0) throw new Error(`${definition.name.value}: a dossier has one owner.`);
      dossiers.set(definition.name.value, owner);
    }
  }
  return { sources: [...graphs.values()], fields, interfaces, dossiers, subjects: SUBJECT_TYPES };
}

/** The field `name` of `type`; undefined for `__typename` and the like. */
export function findField(index: SchemaIndex, type: string, name: string): FieldIndex | undefined {
  return index.fields.get(type)?.get(name);
}
