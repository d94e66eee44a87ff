// The second lock: a dossier gives only the categories of its grant, whatever is asked of it, and of those none that the
// organisation's own rules refuse.

import { MapperKind, getDirective, mapSchema } from "@graphql-tools/utils";
import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import { isCode, Category } from "../kernel/codes";
import { SchakelError } from "../kernel/errors";
import type { Refusals } from "./local-rules";

const TIED = Symbol("what may leave of a dossier");

/** What may leave of a dossier. */
interface Tied {
  readonly granted: ReadonlySet<Category>;
  /** Granted categories that the organisation's own rules refuse. */
  readonly refused: Refusals;
  /** It stands for no record: what is not refused is null. */
  readonly isEmpty: boolean;
}

/** Ties to a dossier what the gateway grants and what the organisation's own rules refuse of it. */
export function tieDossier<T extends object>(
  dossier: T,
  categories: readonly Category[],
  refused: Refusals = new Map(),
  isEmpty = false,
): T {
  const tied: Tied = { granted: new Set(categories), refused, isEmpty };
  Object.defineProperty(dossier, TIED, { value: tied });
  return dossier;
}

const tiedTo = (dossier: unknown): Tied | undefined => (dossier as { [TIED]?: Tied })[TIED];

/**
 * Returns the schema with a guard on every categorised dossier field: outside the grant it throws GRANT_INVALID, and
 * SOURCE_REFUSED where the organisation's own rules refuse.
 */
export function guardCategories(schema: GraphQLSchema, dossierInterfaces: readonly string[]): GraphQLSchema {
  const guarded = new Set(
    dossierInterfaces.flatMap((name) => {
      const type = schema.getType(name);
      return type && "getFields" in type && "getInterfaces" in type
        ? schema
            .getPossibleTypes(type as Parameters<GraphQLSchema["getPossibleTypes"]>[0])
            .map((one) => one.name)
        : [];
    }),
  );
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, _name, typeName) => {
      if (!guarded.has(typeName)) return field;
      const category: unknown = getDirective(schema, field, "category")?.[0]?.["of"];
      if (!isCode(Category, category)) throw new Error(`${typeName}.${_name} has no @category.`);
      const resolve = field.resolve ?? defaultFieldResolver;
      return {
        ...field,
        resolve: (source, args, context, info) => {
          const tied = tiedTo(source);
          if (!tied?.granted.has(category)) {
            throw new SchakelError("GRANT_INVALID", { reason: "category not granted" });
          }
          const reason = tied.refused.get(category);
          if (reason !== undefined) throw new SchakelError("SOURCE_REFUSED", { reason });
          if (tied.isEmpty) return null;
          return resolve(source, args, context, info);
        },
      };
    },
  });
}
