// @category: the kind of information that a field gives. It travels into the supergraph, where the gateway reads it.

import { DirectiveLocation, GraphQLDirective, GraphQLEnumType, GraphQLNonNull } from "graphql";
import { Directive } from "type-graphql";
import { Category } from "../kernel/codes";

/** The GraphQL enum behind the argument of @category. */
export const CategoryEnum = new GraphQLEnumType({
  name: "Category",
  description: "Kind of information (gegevenscategorie).",
  values: Object.fromEntries(Object.keys(Category).map((key) => [key, { value: key }])),
});

/** The directive as it stands in every subgraph's schema. */
export const categoryDirective = new GraphQLDirective({
  name: "category",
  description: "The kind of information that this field gives; the privacy rules decide by it.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { of: { type: new GraphQLNonNull(CategoryEnum) } },
});

/** Marks a field with its category: `@InCategory("CARE_PLAN")`. */
export function InCategory(category: Category): PropertyDecorator & MethodDecorator {
  return Directive(`@category(of: ${category})`);
}
