// The HTTP side of a subgraph: POST /graphql with a grant of the gateway, GET /health and /ready, and of an organisation
// POST /checkpoints, POST /deliveries, POST /pseudonyms and POST /stuf.

import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type Express } from "express";
import type { GraphQLSchema } from "graphql";
import { SchakelError } from "../kernel/errors";
import { formatError, schakelErrorIn, toGraphQLError } from "../kernel/format-error";
import type { Logger } from "../kernel/logger";
import { HUB_VERSION } from "../kernel/version";
import { onlyPeer } from "../mutual-tls/only-peer";
import { peerOf } from "../mutual-tls/peer";
import type { TlsFiles } from "../mutual-tls/tls-files";
import { createMutualTlsServer } from "../mutual-tls/tls-server";
import { createContext, type SubgraphContext } from "./context";
import type { Backing } from "./backing";
import type { CheckpointCopies } from "./checkpoint-copies";
import { addCheckpointRoute } from "./checkpoint-route";
import type { SourceDeliveries } from "./deliveries/source-deliveries";
import type { GrantVerifier } from "./grant";
import { applyLocalRules, type LocalRule } from "./local-rules";
import { addRenewalRoute, type RenewalRouteDeps } from "./renewal/renewal-route";
import { addInquiryRoute, type InquirySending } from "./stuf/inquiry-route";

/** Largest request body: representations and grant of some thousand subjects. */
const BODY_LIMIT = "4mb";

/** Mutual TLS of a subgraph: its files, and the names in the certificates of the two that may ask it something. */
export interface SubgraphTls {
  readonly files: TlsFiles;
  readonly gatewayName: string;
  readonly keeperName: string;
}

/** What a subgraph server needs. */
export interface SubgraphServerDeps<Stores> {
  readonly schema: GraphQLSchema;
  readonly backing: Backing<Stores>;
  readonly verifyGrant: GrantVerifier;
  /** The organisation's own rules; a register of the hub has none. */
  readonly localRules?: readonly LocalRule[];
  /** Of an organisation: its copy of the checkpoints of the hub's access log. */
  readonly checkpoints?: CheckpointCopies;
  /** Of an organisation: its own record of what left. */
  readonly deliveries?: SourceDeliveries;
  /** Without it anybody who reaches the port can ask, and grants alone decide. */
  readonly tls?: SubgraphTls;
  /** Of an organisation that can go over to another key of its pseudonyms. */
  readonly renewal?: RenewalRouteDeps;
  /** Of an organisation: how it sends messages of the chain (docs/stuf.md). */
  readonly inquiries?: InquirySending;
  readonly log: Logger;
  readonly host: string;
  /** 0 lets the system choose, for tests. */
  readonly port: number;
}

/** What goes to the gateway beside an answer: what a register delivered or wants asked, the cases of an organisation. */
function besideOf(context: Partial<SubgraphContext>): Readonly<Record<string, unknown>> {
  const { deliveries = [], cases = [], questions: [question] = [] } = context;
  return {
    ...(deliveries.length > 0 ? { deliveries } : {}),
    ...(cases.length > 0 ? { cases } : {}),
    ...(question ? { question } : {}),
  };
}

/** Puts what the gateway has to know beside an answer, and logs errors that are not the caller's. */
function deliveryPlugin<Stores>(log: Logger): ApolloServerPlugin<SubgraphContext<Stores>> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) => {
        for (const error of errors) {
          const known = schakelErrorIn(error);
          if (!known && error.originalError) {
            log.error(
              { error: error.originalError, traceId: contextValue.grant?.traceId },
              "resolver failed",
            );
          }
        }
      },
      willSendResponse: async ({ response, contextValue }) => {
        const beside = besideOf(contextValue);
        if (response.body.kind !== "single" || Object.keys(beside).length === 0) return;
        const result = response.body.singleResult;
        result.extensions = { ...result.extensions, ...beside };
      },
    }),
  };
}

/** The server, over mutual TLS when that is on, and what ends the watch over its certificate. */
async function openServer(
  { tls, log }: Pick<SubgraphServerDeps<never>, "tls" | "log">,
  listener: RequestListener,
): Promise<{ http: Server; endWatch: () => void }> {
  if (!tls) return { http: createServer(listener), endWatch: () => undefined };
  const { server, endWatch } = await createMutualTlsServer(tls.files, listener, (error) => {
    log.error({ error }, "the certificate could not be read again; the one that is known goes on");
  });
  return { http: server, endWatch };
}

function addInquiries<Stores>(app: Express, deps: SubgraphServerDeps<Stores>): void {
  const { inquiries, deliveries, backing, localRules = [] } = deps;
  if (!inquiries || !deliveries || backing.kind !== "organisation") return;
  const { source } = backing;
  addInquiryRoute(app, { ...deps, ...inquiries, source, deliveries, localRules });
}

/** Starts the server; resolves with where it listens and how to stop it. */
export async function serveSubgraph<Stores>(
  deps: SubgraphServerDeps<Stores>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const app = express();
  app.disable("x-powered-by");
  const { http, endWatch } = await openServer(deps, app);
  // Keep idle connections longer than any gateway does, so that the gateway is the one that closes them.
  http.keepAliveTimeout = 65_000;
  const apollo = new ApolloServer<SubgraphContext<Stores>>({
    schema: deps.schema,
    introspection: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    formatError,
    logger: deps.log,
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      deliveryPlugin<Stores>(deps.log),
      ...(deps.deliveries ? [deps.deliveries.plugin<Stores>()] : []),
    ],
  });
  await apollo.start();
  app.get("/health", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.get("/ready", (_request, response) => {
    const ready = deps.backing.kind === "organisation" ? deps.backing.source.ready() : deps.backing.ready();
    ready.then(
      () => response.json({ status: "ready", version: HUB_VERSION }),
      (error: unknown) => {
        deps.log.warn({ error }, "not ready");
        response.status(503).json({ status: "not ready", missing: ["source"], version: HUB_VERSION });
      },
    );
  });
  if (deps.tls) {
    const { gatewayName, keeperName } = deps.tls;
    const refused = (traceparent: string | undefined): void =>
      deps.deliveries?.refused("CLIENT_NOT_ALLOWED", traceparent);
    app.use(["/graphql", "/stuf"], onlyPeer(gatewayName, refused));
    app.use(["/checkpoints", "/deliveries", "/pseudonyms"], onlyPeer(keeperName, refused));
  }
  if (deps.checkpoints) addCheckpointRoute(app, deps.checkpoints, deps.log);
  deps.deliveries?.addRoute(app);
  if (deps.renewal) addRenewalRoute(app, deps.renewal);
  addInquiries(app, deps);
  app.use(
    "/graphql",
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, {
      context: async ({ req }) => {
        const { query, variables = {}, extensions } = (req.body ?? {}) as Partial<Record<string, unknown>>;
        const { grant } = (extensions ?? {}) as { grant?: unknown };
        try {
          const certificate = peerOf(req.socket)?.thumbprint;
          const verified = await deps.verifyGrant(grant, { query, variables, certificate });
          return createContext(
            verified,
            deps.backing,
            applyLocalRules(deps.localRules ?? [], verified, deps.log),
          );
        } catch (error) {
          if (!(error instanceof SchakelError)) throw error;
          deps.deliveries?.refused(error.code, req.header("traceparent"));
          throw toGraphQLError(error);
        }
      },
    }),
  );
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(deps.port, deps.host, resolve);
  });
  const { port } = http.address() as AddressInfo;
  deps.log.info({ port }, "listening");
  return {
    url: `${deps.tls ? "https" : "http"}://${deps.host}:${port}/graphql`,
    stop: async () => {
      endWatch();
      await apollo.stop();
      http.closeAllConnections();
      await new Promise<void>((resolve) => {
        http.close(() => {
          resolve();
        });
      });
    },
  };
}
