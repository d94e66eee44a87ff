// The variables of an operation: their defaults, which of them are used, and what @skip and @include make of them.

import {
  Kind,
  valueFromASTUntyped,
  visit,
  type DirectiveNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from "graphql";

/** Values of variables by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** The given values, and the default of each variable that was not given. */
export function withDefaults(operation: OperationDefinitionNode, given: Variables): Variables {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

/** Do these directives let a selection in? `variables` are those with their defaults. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, variables: Variables): boolean {
  return (directives ?? []).every(({ name, arguments: given }) => {
    const condition = given?.find((one) => one.name.value === "if")?.value;
    if (!condition) return true;
    const holds =
      condition.kind === Kind.VARIABLE
        ? variables[condition.name.value] === true
        : condition.kind === Kind.BOOLEAN && condition.value;
    return name.value === "skip" ? !holds : name.value !== "include" || holds;
  });
}

/** Names of the variables used below these nodes. */
export function usedVariables(nodes: readonly SelectionNode[]): Set<string> {
  const used = new Set<string>();
  for (const node of nodes) {
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
  }
  return used;
}

/** The variables with these names: what is not used any more does not travel either. */
export function onlyThese(variables: Variables, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}
