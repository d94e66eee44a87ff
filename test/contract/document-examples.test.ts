// The GraphQL examples in the documents fit the contract, with the variables that follow them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  coerceInputValue,
  Kind,
  parse,
  typeFromAST,
  validate,
  type GraphQLInputType,
  type OperationDefinitionNode,
} from "graphql";

const ROOT = join(__dirname, "..", "..");
const schema = buildSchema(
  readFileSync(join(ROOT, "shared", "region", "regions", "utrecht", "supergraph.graphql"), "utf8"),
  {
    assumeValidSDL: true,
  },
);
const EXAMPLE = /```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g;
const documents = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => join("docs", name))];
const examples = documents
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) =>
    [...readFileSync(join(ROOT, name), "utf8").matchAll(EXAMPLE)].map(([, query = "", variables]) => ({
      name,
      query,
      variables,
      opening: query.split(" {")[0],
    })),
  );

test("there are examples", () => {
  expect(new Set(examples.map(({ name }) => name))).toContain("docs/disclosure-and-emergency.md");
});

test.each(examples)("$name: $opening", ({ query, variables }) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  if (variables === undefined) return;
  const given = JSON.parse(variables) as Record<string, unknown>;
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const known = operation?.variableDefinitions ?? [];
  expect(Object.keys(given).toSorted()).toEqual(known.map((one) => one.variable.name.value).toSorted());
  for (const { variable, type } of known) {
    const asked = typeFromAST(schema, type as never) as unknown as GraphQLInputType;
    expect(() => coerceInputValue(given[variable.name.value], asked)).not.toThrow();
  }
});
