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

/** A validation rule that refuses a document with a name that is the gateway's own (QUERY_INVALID). */
export function ownNamesRule(context: ValidationContext): ASTVisitor {
  return {
    Name: (node) => {
      if (node.value.startsWith(OWN_PREFIX)) {
        const reason = `Names that start with ${OWN_PREFIX} are reserved.`;
        context.reportError(toGraphQLError(new SchakelError("QUERY_INVALID", { reason })));
      }
    },
  };
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
