// The only door: HTTP, identification, limits, Apollo Server on the federated executor, and the record.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from "express";
import { SchakelError, type ErrorCode } from "../shared/kernel/errors";
import { formatError, toGraphQLError } from "../shared/kernel/format-error";
import type { Logger } from "../shared/kernel/logger";
import { today } from "../shared/kernel/plain-date";
import type { Requester } from "../shared/kernel/requester";
import type { AccessLogWriter } from "../shared/access-log/access-log-writer";
import type { NewTask } from "../shared/database/create-task";
import type { GatewayContext } from "./federate/governed-source";
import { createFederation } from "./federate/load-gateway";
import { reservedNamesRule } from "./federate/prepare-operation";
import { RequestState, type StateDeps } from "./federate/request-state";
import type { SchemaIndex } from "./federate/schema-index";
import type { SubgraphClient } from "./federate/subgraph-client";
import { callerSpanOf, identifyRequester, purposeOf, traceIdOf } from "./identify/identify";
import { DEFAULT_LIMITS, limitRule, type QueryLimits } from "./identify/limits";
import { noCitizensNumberRule } from "./identify/no-citizens-number";
import type { TokenVerifier } from "./identify/token";
import { recordPlugin } from "./record/record-plugin";
import { createDoorRecord, type DoorRecord } from "./record/refused-at-door";

/** Largest request body that is read. */
const BODY_LIMIT = "256kb";
/** Selections after spreading fragments, as Apollo counts them; its own limit of ten million does not stop anything. */
const MAX_RECURSIVE_SELECTIONS = 5_000;

/** Everything that a gateway stands on. */
export interface GatewayDeps {
  readonly supergraph: string;
  readonly index: SchemaIndex;
  readonly client: SubgraphClient;
  readonly state: StateDeps;
  readonly verifyToken: TokenVerifier;
  readonly accessLog: AccessLogWriter;
  readonly writeTasks: (tasks: readonly NewTask[]) => Promise<void>;
  readonly policySet: string;
  readonly names: ReadonlyMap<string, string>;
  /** Resolves with what is missing; an empty list means ready. */
  readonly missing: () => Promise<string[]>;
  /** Whether the schema may be asked; off in production. */
  readonly introspection: boolean;
  readonly limits?: QueryLimits;
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
}

/** A gateway that listens. */
export interface RunningGateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Identifies the request and makes its state. A refusal is put on record and becomes a GraphQL error with its HTTP
 * status; when it cannot be recorded the request is refused for that.
 */
async function contextOf(deps: GatewayDeps, door: DoorRecord, req: Request): Promise<GatewayContext> {
  const startedAt = Date.now();
  const callerSpanId = callerSpanOf(req.headers);
  const traceId = traceIdOf(req.headers);
  const origin = req.socket.remoteAddress ?? "unknown";
  let requester: Requester | undefined;
  try {
    requester = await identifyRequester(req.headers, deps.verifyToken);
    const asking = {
      requester,
      purpose: purposeOf(req.headers, requester),
      traceId,
      origin,
      today: today(),
      startedAt,
      ...(callerSpanId === undefined ? {} : { callerSpanId }),
    };
    return { state: new RequestState(asking, deps.state) };
  } catch (error) {
    if (!(error instanceof SchakelError)) throw error;
    try {
      await door.refused({ error, traceId, origin, requester });
    } catch (unrecorded) {
      deps.log.error({ error: unrecorded, traceId }, "a refusal could not be recorded");
      throw unrecorded instanceof SchakelError ? toGraphQLError(unrecorded) : unrecorded;
    }
    throw toGraphQLError(error);
  }
}

/** Refuses a request before it is GraphQL. */
function refuse(response: Response, code: ErrorCode): void {
  const { status, message } = new SchakelError(code);
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}

/** The one kind of body that is read. */
const JSON_IN_UTF8 = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** Lets in what is posted as JSON in UTF-8, as it is; nothing that is asked belongs in an address. */
const onlyPostedJson: RequestHandler = ({ method, headers }, response, next) => {
  const isPlain = (headers["content-encoding"] ?? "identity") === "identity";
  if (method === "POST" && isPlain && JSON_IN_UTF8.test(headers["content-type"] ?? "")) {
    next();
    return;
  }
  response.set("allow", "POST");
  refuse(response, "REQUEST_MALFORMED");
};

/** Queries come whole: none is kept for somebody else to ask by its hash. */
const onlyWholeQueries: RequestHandler = ({ body }, response, next) => {
  const { extensions } = (body ?? {}) as { extensions?: { persistedQuery?: unknown } | null };
  if (extensions?.persistedQuery === undefined) next();
  else refuse(response, "REQUEST_MALFORMED");
};

/** Errors before GraphQL: a body that is no JSON, cut off or too large. Anything else is ours. */
function bodyErrors(log: Logger): ErrorRequestHandler {
  return (error: { type?: string; status?: number }, _request, response, next) => {
    const { type, status = 500 } = error;
    const code =
      type === "entity.too.large" ? "REQUEST_TOO_LARGE" : status < 500 ? "REQUEST_MALFORMED" : "INTERNAL";
    if (code === "INTERNAL") log.error({ error }, "request failed");
    if (response.headersSent) next(error);
    else refuse(response, code);
  };
}

function routes(app: Express, deps: GatewayDeps, apollo: ApolloServer<GatewayContext>): void {
  const door = createDoorRecord(deps.accessLog, deps.log);
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    next();
  });
  app.get("/health", (_request, response) => {
    response.json({ status: "ok" });
  });
  app.get("/ready", (_request, response, next) => {
    deps
      .missing()
      .then(
        (missing) =>
          response
            .status(missing.length === 0 ? 200 : 503)
            .json({ status: missing.length === 0 ? "ready" : "not ready", missing }),
        next,
      );
  });
  app.all(
    "/graphql",
    onlyPostedJson,
    express.json({ limit: BODY_LIMIT, inflate: false }),
    onlyWholeQueries,
    expressMiddleware(apollo, { context: async ({ req }) => contextOf(deps, door, req) }),
  );
  app.use((_request, response) => {
    response.status(404).json({ errors: [{ message: "There is nothing here; POST to /graphql." }] });
  });
  app.use(bodyErrors(deps.log));
}

async function listen(http: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, host, resolve);
  });
  return (http.address() as AddressInfo).port;
}

/** Creates the gateway and starts to listen; rejects when the supergraph cannot be served or the port is taken. */
export async function createGateway(deps: GatewayDeps): Promise<RunningGateway> {
  const app = express();
  const http = createServer(app);
  const apollo = new ApolloServer<GatewayContext>({
    gateway: createFederation(deps),
    introspection: deps.introspection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    parseOptions: { maxTokens: (deps.limits ?? DEFAULT_LIMITS).tokens },
    maxRecursiveSelections: MAX_RECURSIVE_SELECTIONS,
    validationRules: [limitRule(deps.limits ?? DEFAULT_LIMITS), reservedNamesRule, noCitizensNumberRule],
    formatError,
    logger: deps.log,
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      recordPlugin(deps),
    ],
  });
  await apollo.start();
  routes(app, deps, apollo);
  const port = await listen(http, deps.host, deps.port);
  deps.log.info({ port }, "listening");
  return {
    url: `http://${deps.host}:${port}/graphql`,
    stop: async () => {
      await apollo.stop();
      http.closeIdleConnections();
      await new Promise<void>((resolve) => {
        http.close(() => {
          resolve();
        });
        http.closeAllConnections();
      });
    },
  };
}
