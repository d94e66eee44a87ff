// What a made-up source answers: every value says whose it is, of whom, and which field. So what must stand in an answer
// can be told from the question alone, and a value that strays is seen.

import {
  GraphQLEnumType,
  GraphQLObjectType,
  GraphQLScalarType,
  isListType,
  isNonNullType,
  type GraphQLOutputType,
} from "graphql";
import { fraction } from "./chance";

/** The mark that every text of a source begins with; nothing else does. */
export const MARK = "mark~";

/** Something that a source gives fields of. */
export class Marked {
  /** Organisation, key of the subject, and the way to it. */
  readonly place: string;

  constructor(place: string) {
    this.place = place;
  }
}

/** Does the source hold anything under this key? It knows of most. */
export const holdsRecord = (key: string): boolean => fraction(`held/${key}`) >= 0.15;

/** The dossier under this key. */
export const dossierOf = (organisation: string, key: string): Marked => new Marked(`${organisation}/${key}`);

const EMPTY_SHARE = 0.1;
const MOST_ITEMS = 4;

/** The value of a field of something marked, as this type. */
export function markedField(
  { place }: Marked,
  name: string,
  type: GraphQLOutputType,
  args: Readonly<Record<string, unknown>>,
): unknown {
  return valueAt(`${place}.${name}`, type, args);
}

function valueAt(
  place: string,
  type: GraphQLOutputType,
  args: Readonly<Record<string, unknown>> = {},
): unknown {
  if (isNonNullType(type)) return filled(place, type.ofType as GraphQLOutputType, args);
  return fraction(`empty/${place}`) < EMPTY_SHARE ? null : filled(place, type, args);
}

function filled(place: string, type: GraphQLOutputType, args: Readonly<Record<string, unknown>>): unknown {
  if (isListType(type)) {
    return Array.from({ length: countAt(place) }, (_, index) =>
      valueAt(`${place}.${index}`, type.ofType as GraphQLOutputType),
    );
  }
  if (type instanceof GraphQLObjectType) {
    return type.name.endsWith("Connection") ? pageAt(place, type, args) : new Marked(place);
  }
  if (type instanceof GraphQLEnumType) {
    const values = type.getValues();
    return values[Math.floor(fraction(place) * values.length)]?.value;
  }
  if (type instanceof GraphQLScalarType) return scalarAt(place, type.name);
  throw new Error("A source of marks gives objects, enums and scalars only.");
}

const countAt = (place: string): number => Math.floor(fraction(`count/${place}`) * (MOST_ITEMS + 1));

function scalarAt(place: string, name: string): unknown {
  const share = fraction(place);
  switch (name) {
    case "Int":
      return Math.floor(share * 1_000_000);
    case "Float":
      return Math.floor(share * 1_000_000) / 8;
    case "Boolean":
      return share < 0.5;
    case "LocalDate":
      return new Date(Math.floor(share * 20_000) * 86_400_000).toISOString().slice(0, 10);
    default:
      return `${MARK}${place}`;
  }
}

/** Where a cursor of a made-up list stands. */
export const cursorAt = (index: number): string => `${MARK}cursor-${index}`;

function pageAt(place: string, type: GraphQLObjectType, args: Readonly<Record<string, unknown>>): object {
  const total = countAt(place);
  const { first = total, after } = args as { first?: number; after?: string | null };
  const start = after == null ? 0 : Number(after.slice(cursorAt(0).length - 1)) + 1;
  const edge = (type.getFields()["edges"]?.type ?? type).toString().replaceAll(/[[\]!]/g, "");
  const shown = Array.from(
    { length: Math.max(0, Math.min(first, total - start)) },
    (_, offset) => start + offset,
  );
  return {
    __typename: type.name,
    totalCount: total,
    edges: shown.map((index) => ({
      __typename: edge,
      cursor: cursorAt(index),
      node: new Marked(`${place}.${index}`),
    })),
    pageInfo: {
      hasNextPage: start + shown.length < total,
      endCursor: shown.length > 0 ? cursorAt(shown.at(-1) ?? 0) : null,
    },
  };
}
