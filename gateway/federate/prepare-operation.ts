// Adds to an operation what the gateway needs to explain its answer: the id of every subject, under a name of its own.

import {
  GraphQLError,
  Kind,
  TypeInfo,
  getNamedType,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from "graphql";
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

/** Throws a GraphQLError (QUERY_INVALID) when the document uses a name that is the gateway's own. */
export function refuseOwnNames(document: DocumentNode): void {
  visit(document, {
    Name: (node) => {
      if (node.value.startsWith(OWN_PREFIX)) {
        throw new GraphQLError("Names that start with _schakel are reserved.", {
          extensions: { code: "QUERY_INVALID" },
        });
      }
    },
  });
}

/** The document with `_schakel_<Type>: id` in every selection on a subject. The given document is left as it was. */
export function prepareOperation(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  refuseOwnNames(document);
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
