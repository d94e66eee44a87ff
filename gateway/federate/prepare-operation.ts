// Adds to an operation what the gateway needs to explain its answer: the id of every subject, under a name of its own.

import {
  Kind,
  TypeInfo,
  getNamedType,
  visit,
  visitWithTypeInfo,
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type ValidationContext,
} from "graphql";
import { SchakelError } from "../../shared/kernel/errors";
import { toGraphQLError } from "../../shared/kernel/format-error";
import { SUBJECT_TYPES } from "./schema-index";

/** Names that start so are the gateway's own; an operation may not use them. */
export const OWN_PREFIX = "_schakel";

/** Under which response key a subject of this type carries its id: `_schakel_Family` or `_schakel_Person`. */
export const subjectKeyOf = (type: string): string => `${OWN_PREFIX}_${type}`;

const subjectField = (type: string): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: "id" },
  alias: { kind: Kind.NAME, value: subjectKeyOf(type) },
});

/** Names that objects of the language give a meaning of their own: nothing between here and a source has to cope with them. */
export const MEANINGFUL_NAMES = ["__proto__", "constructor", "prototype"];

/**
 * A validation rule that refuses names which would mean something else to the gateway (QUERY_INVALID): its own ones,
 * those of the language, and the key of a subject or a type name given to another field.
 */
export function reservedNamesRule(context: ValidationContext): ASTVisitor {
  const refuse = (reason: string): void =>
    context.reportError(toGraphQLError(new SchakelError("QUERY_INVALID", { reason })));
  return {
    Name: ({ value }) => {
      if (value.startsWith(OWN_PREFIX)) refuse(`Names that start with ${OWN_PREFIX} are reserved.`);
      else if (MEANINGFUL_NAMES.includes(value)) refuse(`The name ${value} is reserved.`);
    },
    Field: ({ alias, name }) => {
      if (!alias || MEANINGFUL_NAMES.includes(alias.value)) return;
      const parent = context.getParentType()?.name ?? "";
      if (alias.value.startsWith("__")) refuse("Aliases that start with __ are reserved.");
      else if (alias.value === "id" && name.value !== "id" && SUBJECT_TYPES.includes(parent)) {
        refuse(`The id of a ${parent} cannot be the name of another field.`);
      }
    },
  };
}

/** Names of the variables that decide, by @skip or @include, whether something in the document is asked. */
export function conditionVariables(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return names;
}

/** The document with `_schakel_<Type>: id` in every selection on a subject. The given document is left as it was. */
export function prepareOperation(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const info = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(info, {
      SelectionSet: {
        leave: (node) => {
          const type = info.getParentType();
          const name = type ? getNamedType(type).name : "";
          return SUBJECT_TYPES.includes(name)
            ? { ...node, selections: [...node.selections, subjectField(name)] }
            : undefined;
        },
      },
    }),
  );
}
