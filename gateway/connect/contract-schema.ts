// The schema that an organisation's subgraph serves, written out for who makes one in any language.

import {
  Kind,
  parse,
  print,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type StringValueNode,
} from "graphql";
import { typePrefix, type Organisation } from "../../shared/region/region";
import { inSentence } from "./in-sentence";

/** A subgraph of the region whose schema stands for the contract: all organisations' are alike but for their names. */
export interface Example {
  readonly organisation: Organisation;
  readonly sdl: string;
}

/** What Federation defines by itself when it builds a subgraph. */
const isOfFederation = (one: DefinitionNode): boolean =>
  (one.kind === Kind.DIRECTIVE_DEFINITION && one.name.value !== "category") ||
  one.kind === Kind.SCHEMA_DEFINITION ||
  ((one.kind === Kind.SCALAR_TYPE_DEFINITION || one.kind === Kind.ENUM_TYPE_DEFINITION) &&
    /^(federation|link)__|^_Any$/.test(one.name.value)) ||
  (one.kind === Kind.OBJECT_TYPE_DEFINITION && /^_Service$|^Query$/.test(one.name.value)) ||
  (one.kind === Kind.UNION_TYPE_DEFINITION && one.name.value === "_Entity");

const described = (value: string): StringValueNode => ({ kind: Kind.STRING, value, block: true });

/** The whole schema for this organisation, after the example of another. */
export function contractSchema({ organisation: other, sdl }: Example, organisation: Organisation): string {
  const [from, to] = [typePrefix(other.code), typePrefix(organisation.code)];
  const rename = (name: string): string =>
    name === `${from}FamilyDossier` || name === `${from}PersonDossier` ? to + name.slice(from.length) : name;
  const document: DocumentNode = parse(sdl);
  const renamed = visit(
    { ...document, definitions: document.definitions.filter((one) => !isOfFederation(one)) },
    {
      NamedType: (node) => ({ ...node, name: { ...node.name, value: rename(node.name.value) } }),
      ObjectTypeDefinition: (node) => {
        const name = rename(node.name.value);
        if (name === node.name.value) return undefined;
        const about = name.endsWith("FamilyDossier") ? "a household (gezin)" : "one person (betrokkene)";
        return {
          ...node,
          name: { ...node.name, value: name },
          description: described(`What ${inSentence(organisation.name)} holds about ${about}.`),
        };
      },
      FieldDefinition: (node) =>
        node.name.value === other.field
          ? {
              ...node,
              name: { ...node.name, value: organisation.field },
              description: described(`What ${inSentence(organisation.name)} holds (dossier).`),
            }
          : undefined,
    },
  );
  return `${print(renamed)}\n`;
}
