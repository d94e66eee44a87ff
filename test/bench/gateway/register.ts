// The register of families as a fixed source: the same households for every gateway, and for the hub's own what it says
// of whom it delivered.

import type { GraphQLFieldResolver } from "graphql";
import { contractOf, resolveField, type FixedContract } from "../kit/fixed-source";
import { householdOf, type BenchFamily } from "./world";

type Household = ReturnType<typeof householdOf>;

const isHousehold = (value: unknown): value is Pick<Household, "id"> =>
  typeof value === "object" && value !== null && "id" in value;

/** Serves these families. */
export function registerOf(families: readonly BenchFamily[]): FixedContract {
  const listed = families.map(householdOf);
  const byId = new Map(listed.map((one) => [one.id, one]));
  const byNumber = new Map(families.map(({ bsn }, index) => [bsn, listed[index]]));
  const roots: Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => unknown>> = {
    family: ({ id }) => byId.get(String(id)) ?? null,
    findFamily: ({ bsn }) => byNumber.get(String(bsn)) ?? null,
    caseload: ({ first, after }) => pageOf(listed, Number(first), after),
  };
  const resolve: GraphQLFieldResolver<unknown, unknown> = (source, args: object, context, info) => {
    const root = info.parentType.name === "Query" ? roots[info.fieldName] : undefined;
    return root ? root(args as Readonly<Record<string, unknown>>) : resolveField(source, args, context, info);
  };
  return { name: "families", contract: contractOf("families"), resolve, extensionsOf };
}

function pageOf(listed: readonly Household[], first: number, after: unknown) {
  const begin = listed.findIndex(({ id }) => id === after) + 1;
  const page = listed.slice(begin, begin + first);
  return {
    edges: page.map((node) => ({ node, cursor: node.id })),
    pageInfo: { hasNextPage: begin + first < listed.length, endCursor: page.at(-1)?.id ?? null },
  };
}

/** Whom the register delivered, as the real one says it. */
function extensionsOf(data: unknown): Readonly<Record<string, unknown>> {
  const found: { familyId: string; act: "READ" }[] = [];
  for (const one of Object.values((data ?? {}) as Readonly<Record<string, unknown>>)) {
    const edges = (one as { edges?: readonly { node: unknown }[] } | null)?.edges;
    for (const household of edges ? edges.map(({ node }) => node) : [one]) {
      if (isHousehold(household)) found.push({ familyId: household.id, act: "READ" });
    }
  }
  return { deliveries: found };
}
