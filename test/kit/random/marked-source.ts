// A source of marks behind the contract of one organisation: it serves the organisation's own schema over HTTP, checks
// the gateway's grant, and keeps what was asked. It would answer anything, so whatever is asked too much shows.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse, validate, type DocumentNode, type GraphQLFieldResolver } from "graphql";
import type { Grant } from "../../../shared/kernel/requester";
import type { GrantVerifier } from "../../../shared/subgraph-kit/grant";
import type { Captured } from "../recording-proxy";
import { dossierOf, holdsRecord, Marked, markedField } from "./marked-values";

/** A running source. */
export interface MarkedSource {
  readonly url: string;
  readonly captured: Captured[];
  stop(): Promise<void>;
}

interface Representation {
  readonly __typename: "Family" | "Person";
  readonly id: string;
}

const SUBGRAPHS = join(__dirname, "..", "..", "..", "subgraphs");

/** The schema of a subgraph as it is composed. */
export const readSubgraphSdl = (name: string): string =>
  readFileSync(join(SUBGRAPHS, name, "schema.graphql"), "utf8");

function resolverFor(organisation: string): GraphQLFieldResolver<unknown, Grant> {
  return (source, args: Record<string, unknown>, grant, { fieldName, returnType }) => {
    if (source instanceof Marked) return markedField(source, fieldName, returnType, args);
    if (typeof source !== "object" || source === null) return null;
    if (fieldName in source) return (source as Record<string, unknown>)[fieldName];
    const { __typename: type, id } = source as Representation;
    const key = grant.subjects.find((one) => one.type === type && one.id === id)?.key;
    return key !== undefined && holdsRecord(key) ? dossierOf(organisation, key) : null;
  };
}

/** Starts the source of one organisation. */
export async function startMarkedSource(
  organisation: string,
  verifyGrant: GrantVerifier,
): Promise<MarkedSource> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(readSubgraphSdl(organisation)) }]);
  const fieldResolver = resolverFor(organisation);
  const known = new Map<string, DocumentNode>();
  const captured: Captured[] = [];

  const documentOf = (query: string): DocumentNode => {
    const found = known.get(query);
    if (found) return found;
    const document = parse(query);
    const [fault] = validate(schema, document);
    if (fault) throw fault;
    known.set(query, document);
    return document;
  };

  const answer = async (body: string): Promise<unknown> => {
    const { query, variables, extensions } = JSON.parse(body) as {
      query: string;
      variables: Record<string, unknown>;
      extensions: { grant: string };
    };
    captured.push({ query, variables, body });
    const contextValue = await verifyGrant(extensions.grant, { query, variables });
    return execute({
      schema,
      document: documentOf(query),
      variableValues: variables,
      contextValue,
      fieldResolver,
    });
  };

  const server = createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(await answer(Buffer.concat(chunks).toString())));
    };
    serve().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    captured,
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
