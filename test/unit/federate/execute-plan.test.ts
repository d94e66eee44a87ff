// The hub walks the plans of Apollo's planner itself. On random operations, over sources that also fail in part, it gives what
// Apollo Gateway's own executor gives: the same data, and errors at the same places.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApolloGateway, LocalGraphQLDataSource } from "@apollo/gateway";
import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  execute,
  getOperationAST,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import { walkPlan, type AskSource } from "../../../gateway/federate/execute-plan";
import { readFetch } from "../../../gateway/federate/fetch-shape";
import { typeNamer } from "../../../gateway/federate/name-types";
import { createPlannerHere, readPlan } from "../../../gateway/federate/plan-operation";
import { PLANNER_CONFIG } from "../../../gateway/federate/planner-config";
import { conditionVariables } from "../../../gateway/federate/prepare-operation";
import { indexSchema } from "../../../gateway/federate/schema-index";
import { withDefaults, type Variables } from "../../../gateway/federate/variables";
import { chanceOf, fraction } from "../../kit/random/chance";
import { composeOperation } from "../../kit/random/compose-operation";

const ROOT = join(__dirname, "..", "..", "..");
const SUPERGRAPH = readFileSync(
  join(ROOT, "shared", "region", "regions", "utrecht", "supergraph.graphql"),
  "utf8",
);
const OPERATIONS = 30;
/** Out of a hundred values that are missing, or of another type than they should be. */
const MISSING = 6;
const WRONG = 2;
const PATIENCE_MS = 120_000;
const IDS = { families: ["F1", "F2"], others: ["F3", "P1", "nobody"] };

const index = indexSchema(SUPERGRAPH);

/** The value at a place of an answer: the same each time, now and then none or a wrong one. */
function valueAt(at: string, type: GraphQLOutputType, schema: GraphQLSchema): unknown {
  const chance = chanceOf(at);
  const named = getNullableType(type);
  if (chance.percent(MISSING)) return null;
  if (isListType(named)) {
    return Array.from({ length: chance.whole(0, 3) }, (_, item) =>
      valueAt(`${at}.${item}`, named.ofType, schema),
    );
  }
  if (isAbstractType(named)) {
    const kind = chance.pick(schema.getPossibleTypes(named));
    return { __typename: kind.name, id: at, at };
  }
  if (isObjectType(named)) return { id: `${named.name}-${Math.floor(fraction(at) * 5)}`, at };
  if (chance.percent(WRONG)) return { not: "a value" };
  if (isEnumType(named)) return chance.pick(named.getValues()).value as unknown;
  switch (named.name) {
    case "Boolean":
      return chance.percent(50);
    case "Int":
    case "Float":
      return chance.whole(0, 100);
    case "LocalDate":
      return "2026-01-15";
    case "DateTime":
      return "2026-01-15T10:00:00.000Z";
    default:
      return `at ${at}`;
  }
}

const resolve: GraphQLFieldResolver<unknown, unknown> = (source, args: object, _context, info) => {
  const given = (source ?? {}) as Readonly<Record<string, unknown>>;
  if (info.fieldName === "id" && given["id"] !== undefined) return given["id"];
  const at = (given["id"] ?? given["at"] ?? info.operation.operation) as string;
  return valueAt(`${at}.${info.fieldName}${JSON.stringify(args)}`, info.returnType, info.schema);
};

/** Every subgraph of the hub, by its own contract, with values of chance. */
const subgraphs = new Map<string, GraphQLSchema>(
  index.sources.map((name) => [
    name,
    buildSubgraphSchema([
      { typeDefs: parse(readFileSync(join(ROOT, "subgraphs", name, "schema.graphql"), "utf8")) },
    ]),
  ]),
);

function subgraph(name: string): GraphQLSchema {
  const schema = subgraphs.get(name);
  if (!schema) throw new Error(`No subgraph ${name}.`);
  return schema;
}

/** As the gateway does it with what a source gave to Apollo Gateway, which drops some of what has no type name. */
function nameTypes(
  document: DocumentNode,
  variables: Variables,
  given: Readonly<Record<string, unknown>>,
): void {
  const shape = readFetch(document, index);
  if (shape.kind !== "entities") return;
  const representations = variables["representations"] as readonly { readonly __typename: string }[];
  for (const [position, { __typename: type }] of representations.entries()) {
    const entity = (given["_entities"] as readonly (object | null)[])[position];
    const fragments = (shape.entities.selectionSet?.selections ?? []).filter(
      (one) => one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value === type,
    );
    if (entity) typeNamer(index, type, fragments)(entity);
  }
}

const ask: AskSource = async (name, { document, variables }) => {
  const { data, errors } = await execute({
    schema: subgraph(name),
    document,
    variableValues: variables,
    fieldResolver: resolve,
  });
  const given = JSON.parse(JSON.stringify(data ?? {})) as Record<string, unknown>;
  // What a source of entities refuses is noted elsewhere: such a fetch gives no errors.
  if (!errors || "_entities" in given) return { data: given };
  return { data: given, errors: errors.map(({ path }) => (path ? { path } : {})) };
};

/** What Apollo Gateway asks; it executes with the resolvers of the schema, so that these are the ones of chance. */
class ByChance extends LocalGraphQLDataSource {
  readonly #name: string;
  constructor(name: string) {
    super(subgraph(name));
    this.#name = name;
  }
  override async process({ request }: Parameters<LocalGraphQLDataSource["process"]>[0]) {
    const fetch = { document: parse(request.query ?? ""), variables: request.variables ?? {} };
    const answer = await ask(this.#name, fetch);
    nameTypes(fetch.document, fetch.variables, answer.data);
    return answer as Awaited<ReturnType<LocalGraphQLDataSource["process"]>>;
  }
}

const pathsOf = (errors: readonly unknown[] = []): string[] =>
  errors.map((one) => JSON.stringify((one as { path?: unknown }).path ?? null)).toSorted();

describe("walking a plan", () => {
  it(
    "gives what Apollo Gateway's executor gives",
    async () => {
      const gateway = new ApolloGateway({
        supergraphSdl: SUPERGRAPH,
        queryPlannerConfig: PLANNER_CONFIG,
        buildService: ({ name }) => new ByChance(name),
      });
      const { schema, executor } = await gateway.load({ apollo: {} });
      const plan = createPlannerHere(SUPERGRAPH);
      let walkedOperations = 0;
      let compared = 0;
      for (let number = 0; number < OPERATIONS; number += 1) {
        const { document, query, variables, operationName } = composeOperation(chanceOf(`walk ${number}`), {
          schema,
          ids: IDS,
          asksForSelf: number % 5 === 0,
        });
        const operation = getOperationAST(document, operationName);
        if (!operation) throw new Error("No operation.");
        const planned = readPlan(plan(document, operationName), schema, {
          document,
          operation,
          conditions: conditionVariables(document),
        });
        if (!planned) continue;
        walkedOperations += 1;
        const values = withDefaults(operation, variables);
        const walked = planned.node
          ? await walkPlan(planned.node, { index, variables, values, ask })
          : { data: {}, errors: [] };
        const own = planned.shape(values)(walked.data) ?? null;
        const theirs = await executor({
          document,
          queryHash: String(number),
          request: { query, variables, operationName },
          context: {},
          metrics: {},
          operationName,
          operation,
          logger: console,
          source: query,
          schema,
        } as unknown as Parameters<typeof executor>[0]);
        compared += JSON.stringify(own).length;
        expect({ query, data: own, errors: pathsOf(walked.errors) }).toEqual({
          query,
          data: JSON.parse(JSON.stringify(theirs.data ?? null)) as unknown,
          errors: pathsOf(theirs.errors),
        });
      }
      await gateway.stop();
      expect(walkedOperations).toBeGreaterThan(OPERATIONS / 2);
      expect(compared).toBeGreaterThan(OPERATIONS * 20);
    },
    PATIENCE_MS,
  );
});
