// Limits on what is asked, counted before anything is planned. Each rule is linear: a fragment is measured once.

import {
  Kind,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type GraphQLError,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";
import { SchakelError, type ErrorCode } from "../../shared/kernel/errors";
import { toGraphQLError } from "../../shared/kernel/format-error";

/** What one operation may be; defaults that hold for the views of the portal with room to spare. */
export interface QueryLimits {
  /** Nesting of fields. */
  readonly depth: number;
  /** Tokens of the document. */
  readonly tokens: number;
  /** Fields after fragments are spread out. */
  readonly fields: number;
}

export const DEFAULT_LIMITS: QueryLimits = { depth: 15, tokens: 2_000, fields: 2_000 };

interface Measure {
  readonly depth: number;
  readonly fields: number;
}

const tooMuch = (code: ErrorCode, details: Readonly<Record<string, number>>): GraphQLError =>
  toGraphQLError(new SchakelError(code, details));

/** A validation rule that refuses operations deeper or wider than the limits (QUERY_TOO_DEEP, QUERY_TOO_LARGE). */
export function limitRule(limits: QueryLimits): (context: ValidationContext) => ASTVisitor {
  return (context) => {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const one of context.getDocument().definitions) {
      if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
    }
    const measured = new Map<string, Measure>();
    const measureFragment = (name: string): Measure => {
      const known = measured.get(name);
      if (known) return known;
      // A fragment that spreads itself is refused by another rule; here it must only not loop.
      measured.set(name, { depth: 0, fields: 0 });
      const fragment = fragments.get(name);
      const result = fragment ? measure(fragment.selectionSet) : { depth: 0, fields: 0 };
      measured.set(name, result);
      return result;
    };
    const measure = (set: SelectionSetNode | undefined): Measure => {
      let depth = 0;
      let fields = 0;
      for (const one of set?.selections ?? []) {
        const inner =
          one.kind === Kind.FRAGMENT_SPREAD ? measureFragment(one.name.value) : measure(one.selectionSet);
        const own = one.kind === Kind.FIELD ? 1 : 0;
        depth = Math.max(depth, inner.depth + own);
        fields = Math.min(fields + inner.fields + own, Number.MAX_SAFE_INTEGER);
      }
      return { depth, fields };
    };
    return {
      OperationDefinition: (operation) => {
        const { depth, fields } = measure(operation.selectionSet);
        if (depth > limits.depth)
          context.reportError(tooMuch("QUERY_TOO_DEEP", { depth, limit: limits.depth }));
        if (fields > limits.fields) {
          context.reportError(tooMuch("QUERY_TOO_LARGE", { fields, limit: limits.fields }));
        }
      },
    };
  };
}
