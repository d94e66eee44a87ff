// An organisation that answers at once: it serves the organisation's own contract with fixed values, and answers what
// it was asked before out of its memory. So what a benchmark sees of a source is the network, and hardly any work.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  execute,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import type { Stoppable } from "./parts";
import { DIST } from "./project";

/** What a source serves. */
export interface FixedContract {
  readonly name: string;
  /** The schema of the subgraph, as text. */
  readonly contract: string;
  /** The value of a field; the same for every subject and field each time when left out. */
  readonly resolve?: GraphQLFieldResolver<unknown, unknown>;
  /** What stands beside the data of an answer. */
  readonly extensionsOf?: (data: unknown) => Readonly<Record<string, unknown>>;
}

/** A running source. */
export interface FixedSource extends Stoppable {
  readonly url: string;
  /** From now on every answer takes this long, in milliseconds. */
  delay(ms: number): void;
  /** What was asked since this was called last: a line per question, without its words; the same lines, the same questions. */
  takeAsked(): string[];
}

/** Items of a list, but for the pages of longer ones. */
const LIST_ITEMS = 2;

/** Where a value stands, and so what it is: the same each time, and another for every subject and field. */
interface Place {
  readonly at: string;
}

const isPlace = (source: unknown): source is Place =>
  typeof source === "object" && source !== null && "at" in source;

function valueAt(at: string, type: GraphQLOutputType): unknown {
  if (isNonNullType(type)) return valueAt(at, type.ofType as GraphQLOutputType);
  if (isListType(type)) {
    const item: GraphQLOutputType = type.ofType;
    return Array.from({ length: LIST_ITEMS }, (_, index) => valueAt(`${at}.${index}`, item));
  }
  if (isObjectType(type)) return { at } satisfies Place;
  switch (type.toString()) {
    case "Boolean":
      return at.length % 2 === 0;
    case "Int":
      return LIST_ITEMS;
    case "Float":
      return at.length / 2;
    case "LocalDate":
      return `2026-01-${String(10 + (at.length % 20))}`;
    default:
      return `What stands at ${at}, in about as many words as a worker writes down in one line.`;
  }
}

/** What is given of an object, and fixed values for the rest of it. */
export const resolveField: GraphQLFieldResolver<unknown, unknown> = (
  source,
  _args,
  _context,
  { fieldName, returnType },
) => {
  if (isPlace(source)) return valueAt(`${source.at}.${fieldName}`, returnType);
  const given = source as Readonly<Record<string, unknown>>;
  return given[fieldName] ?? valueAt(`${String(given["id"])}.${fieldName}`, returnType);
};

/** The contract of a subgraph of the project. */
export const contractOf = (subgraph: string): string =>
  readFileSync(join(DIST, "subgraphs", subgraph, "schema.graphql"), "utf8");

/** Starts the source of one organisation on a free port; it asks for no grant. */
export const startFixedSource = async (organisation: string): Promise<FixedSource> =>
  serveFixed({ name: organisation, contract: contractOf(organisation) });

/** Serves a contract on a free port. */
export async function serveFixed(plan: FixedContract): Promise<FixedSource> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(plan.contract) }]);
  const known = new Map<string, Known>();
  /** The same answers, by what stands in a request before what differs each time: that is not even read. */
  const byBeginning = new Map<string, Known>();
  let delayMs = 0;
  const answerTo = async (body: string): Promise<Buffer> => {
    const beginning = beginningOf(body);
    const found = byBeginning.get(beginning) ?? (await newly(JSON.parse(body) as Question));
    byBeginning.set(beginning, found);
    found.asked += 1;
    return found.answer;
  };
  const newly = async ({ query, variables }: Question): Promise<Known> => {
    const text = JSON.stringify([query, variables]);
    const answer = known.get(text)?.answer ?? Buffer.from(await work(schema, plan, { query, variables }));
    // Looked up again: what was worked out meanwhile for the same question is the one that counts.
    const found = known.get(text) ?? { answer, asked: 0 };
    known.set(text, found);
    return found;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    const reply = async (): Promise<void> => {
      const answer = await answerTo(Buffer.concat(chunks).toString());
      if (delayMs > 0) await setTimeout(delayMs);
      response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
      response.end(answer);
    };
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => response.destroy());
    request.on("end", () => {
      reply().catch(() => response.destroy());
    });
  });
  // Longer than any gateway keeps a connection, so that it is the gateway that closes it.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    delay: (ms) => {
      delayMs = ms;
    },
    takeAsked: () => {
      const asked = [...known].filter(([, one]) => one.asked > 0);
      const lines = asked.map(([text, one]) => `${plan.name} ${digestOf(text)} ${one.asked} times`);
      for (const [, one] of asked) one.asked = 0;
      return lines.toSorted();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Known {
  readonly answer: Buffer;
  asked: number;
}

/** With the grant, which is another one each time, stands what has no bearing on the answer. */
const EXTENSIONS = ',"extensions":{';

/** A request up to its extensions, when the question itself stands before them; else all of it. */
function beginningOf(body: string): string {
  const at = body.lastIndexOf(EXTENSIONS);
  const isWhole = at === -1 || body.includes('"variables":', at) || body.includes('"query":', at);
  return isWhole ? body : body.slice(0, at);
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

async function work(
  schema: GraphQLSchema,
  { resolve = resolveField, extensionsOf }: FixedContract,
  { query, variables }: Question,
): Promise<string> {
  const document = parse(query);
  const [fault] = validate(schema, document);
  if (fault) throw fault;
  const result = await execute({ schema, document, variableValues: variables, fieldResolver: resolve });
  return JSON.stringify(extensionsOf ? { ...result, extensions: extensionsOf(result.data) } : result);
}
