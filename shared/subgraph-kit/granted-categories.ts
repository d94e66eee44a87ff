// The second lock: a dossier gives only the categories of its grant, whatever is asked of it.

import { MapperKind, getDirective, mapSchema } from "@graphql-tools/utils";
import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import { isCode, Category } from "../kernel/codes";
import { SchakelError } from "../kernel/errors";

const GRANTED = Symbol("granted categories");

/** Ties the granted categories to a dossier. */
export function grantCategories<T extends object>(dossier: T, categories: readonly Category[]): T {
  Object.defineProperty(dossier, GRANTED, { value: new Set(categories) });
  return dossier;
}

const grantedTo = (dossier: unknown): ReadonlySet<Category> | undefined =>
  (dossier as { [GRANTED]?: ReadonlySet<Category> })[GRANTED];

/** Returns the schema with a guard on every categorised dossier field: outside the grant it throws GRANT_INVALID. */
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
          if (!grantedTo(source)?.has(category)) {
            throw new SchakelError("GRANT_INVALID", { reason: "category not granted" });
          }
          return resolve(source, args, context, info);
        },
      };
    },
  });
}
