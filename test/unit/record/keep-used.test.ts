// Keeping what is used is in nobody's way: what fails is said once, tried again, and no request learns of it.

import {
  buildSchema,
  getOperationAST,
  parse,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import type { Pool } from "pg";
import { keepUsed, type UseKeeper } from "../../../gateway/record/keep-used";

const SCHEMA = buildSchema("type Query { one: Int  two: Int }");
const OFTEN_MS = 5;

/** A database that is away while `isAway` says so; what was written to it. */
function database(): { pool: Pick<Pool, "query">; isAway: boolean; readonly written: string[][] } {
  const written: string[][] = [];
  const self = {
    isAway: false,
    written,
    pool: {
      query: async (text: string, values: readonly unknown[]) => {
        if (self.isAway) throw new Error("away");
        if (text.startsWith("insert")) written.push([...(values[0] as string[])]);
        return { rows: [] };
      },
    } as unknown as Pick<Pool, "query">,
  };
  return self;
}

function asked(keeper: UseKeeper, text: string): void {
  const document = parse(text);
  keeper.note(document, operationIn(document), SCHEMA);
}

function operationIn(document: DocumentNode): OperationDefinitionNode {
  const operation = getOperationAST(document);
  if (!operation) throw new Error("There is no operation.");
  return operation;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, OFTEN_MS));
}

test("what could not be written is written later, and was said once", async () => {
  const store = database();
  const failures: unknown[] = [];
  let tries = 0;
  const pool = {
    query: async (...given: Parameters<typeof store.pool.query>) => {
      tries += 1;
      return store.pool.query(...given);
    },
  } as unknown as Pick<Pool, "query">;
  store.isAway = true;
  const keeper = keepUsed({ pool, keepDays: 1, everyMs: OFTEN_MS }, (error) => failures.push(error));
  asked(keeper, "{ two }");
  await until(() => tries >= 3);
  asked(keeper, "{ one }");
  store.isAway = false;
  await until(() => store.written.length > 0);
  await keeper.stop();
  expect(store.written.flat().toSorted()).toEqual(["Query.one", "Query.two"]);
  expect(failures).toHaveLength(1);
});

test("what is asked again on the same day is not written again", async () => {
  const store = database();
  const keeper = keepUsed({ pool: store.pool, keepDays: 1, everyMs: OFTEN_MS }, () => undefined);
  asked(keeper, "{ one }");
  await until(() => store.written.length > 0);
  asked(keeper, "query Another { one }");
  asked(keeper, "{ one two }");
  await keeper.stop();
  expect(store.written).toEqual([["Query.one"], ["Query.two"]]);
});

test("the last is written when it stops", async () => {
  const store = database();
  const keeper = keepUsed({ pool: store.pool, keepDays: 1 }, () => undefined);
  asked(keeper, "{ one }");
  await keeper.stop();
  expect(store.written).toEqual([["Query.one"]]);
});

test("an operation that cannot be read is said, and fails nobody", async () => {
  const store = database();
  const failures: unknown[] = [];
  const keeper = keepUsed({ pool: store.pool, keepDays: 1 }, (error) => failures.push(error));
  const document = parse("{ one }");
  keeper.note(document, operationIn(document), undefined as never);
  await keeper.stop();
  expect(failures).toHaveLength(1);
  expect(store.written).toEqual([]);
});
