// The only door: HTTP, identification, limits, Apollo Server on the federated executor, and the record.

import { createServer } from "node:http";
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { expressMiddleware, type ExpressContextFunctionArgument } from "@as-integrations/express5";
import express, { type Express, type RequestHandler } from "express";
import type { GraphQLFormattedError } from "graphql";
import { SchakelError } from "../shared/kernel/errors";
import { formatError, toGraphQLError } from "../shared/kernel/format-error";
import type { Logger } from "../shared/kernel/logger";
import { today } from "../shared/kernel/plain-date";
import type { Requester } from "../shared/kernel/requester";
import type { AccessLogWriter } from "../shared/access-log/access-log-writer";
import type { NewTask } from "../shared/database/create-task";
import type { GatewayContext } from "./federate/governed-source";
import { ALL_OPERATIONS, type AllowedOperations } from "./door/allowed-operations";
import {
  DEFAULT_CONNECTION_LIMITS,
  boundConnections,
  serverOptions,
  type ConnectionLimits,
} from "./door/connections";
import { DocumentCache } from "./door/document-cache";
import {
  DEFAULT_PROGRESS_LIMITS,
  createProgress,
  type Progress,
  type ProgressLimits,
} from "./door/in-progress";
import { createDocumentJudge, type DocumentJudge } from "./door/judge-document";
import { answerHeaders } from "./door/answer-headers";
import { listen, stopListening } from "./door/listen";
import { onlyKnownOrigins } from "./door/origins";
import { NO_RATES, type RateLimits } from "./door/rate-limits";
import { readBody, type RequestBody } from "./door/read-body";
import { answerErrors } from "./door/refuse";
import { createFederation } from "./federate/load-gateway";
import type { InMaintenance } from "./federate/maintenance";
import type { Planner } from "./federate/planner";
import { reservedNamesRule } from "./federate/prepare-operation";
import { RequestState, type Asking, type StateDeps } from "./federate/request-state";
import type { SchemaIndex } from "./federate/schema-index";
import type { SubgraphClient } from "./federate/subgraph-client";
import { clientCertificateOf, readClientCertificate, type IsProxy } from "./identify/client-certificate";
import { confirmTeam, withoutTeam } from "./identify/confirm-team";
import { callerSpanOf, identifyRequester, purposeOf, traceIdOf } from "./identify/identify";
import { DEFAULT_LIMITS, type QueryLimits } from "./identify/limits";
import { operatorRoute } from "./identify/operator-route";
import { noCitizensNumberRule } from "./identify/no-citizens-number";
import type { SignIn } from "./identify/sign-in";
import { signOutRoute } from "./identify/sign-out";
import type { NoteUse } from "./record/keep-used";
import { isForRecord, recordRefusals } from "./record/record-refusals";
import { recordPlugin } from "./record/record-plugin";
import { createDoorRecord, type DoorRecord } from "./record/refused-at-door";

/** Selections after spreading fragments, as Apollo counts them; its own limit of ten million does not stop anything. */
const MAX_RECURSIVE_SELECTIONS = 5_000;

/** Everything that a gateway stands on. */
export interface GatewayDeps {
  readonly supergraph: string;
  readonly index: SchemaIndex;
  readonly client: SubgraphClient;
  readonly state: StateDeps;
  readonly signIn: SignIn;
  readonly accessLog: AccessLogWriter;
  readonly writeTasks: (tasks: readonly NewTask[]) => Promise<void>;
  readonly policySet: string;
  readonly names: ReadonlyMap<string, string>;
  /** Resolves with what is missing; an empty list means ready. */
  readonly missing: () => Promise<string[]>;
  /** Whether the schema may be asked; off in production. */
  readonly introspection: boolean;
  readonly limits?: QueryLimits;
  /** Which sources are in planned maintenance; without it none is. */
  readonly inMaintenance?: InMaintenance;
  /** Plans operations in a thread; without it they are planned between requests. */
  readonly planner?: Planner;
  /** Told of every operation that is executed. */
  readonly noteUse?: NoteUse;
  /** How often may be asked; without it as often as one likes. */
  readonly rates?: RateLimits;
  /** What may be asked; everything when left out. */
  readonly operations?: AllowedOperations;
  /** Origins of pages that may ask, beside the gateway's own. */
  readonly origins?: ReadonlySet<string>;
  /** Addresses (or networks) of proxies that say for whom they ask. */
  readonly proxies?: readonly string[];
  /** Header in which they hand on the certificate of a client; none when left out. */
  readonly certificateHeader?: string | undefined;
  readonly connections?: ConnectionLimits;
  readonly progress?: ProgressLimits;
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
}

/** Runs an operation of the hub's own making for somebody who was identified elsewhere, by the same rules and on record. */
export type Execute = (
  asking: Asking,
  operation: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
) => Promise<readonly GraphQLFormattedError[]>;

/** A gateway that listens. */
export interface RunningGateway {
  readonly url: string;
  /** Resolves with the errors of the answer; of the rest nothing is given. */
  readonly execute: Execute;
  stop(): Promise<void>;
}

/** What the door asks of every request, made once. */
interface Door {
  readonly record: DoorRecord;
  readonly judge: DocumentJudge;
  readonly rates: RateLimits;
  readonly operations: AllowedOperations;
  readonly progress: Progress;
}

/** Holds what an identified requester asks to the rates, the list of operations and the limits. */
function holdRequest({ rates, operations, judge }: Door, requester: Requester, { query }: RequestBody): void {
  operations.hold(requester.workerFunction, query);
  if (typeof query === "string" && !judge(query).isKnown) rates.newText(requester);
}

/**
 * Identifies the request and makes its state. A refusal is put on record and becomes a GraphQL error with its HTTP
 * status; when it cannot be recorded the request is refused for that.
 */
async function contextOf(
  deps: GatewayDeps,
  door: Door,
  { req, res }: ExpressContextFunctionArgument,
): Promise<GatewayContext> {
  const startedAt = Date.now();
  const callerSpanId = callerSpanOf(req.headers);
  const traceId = traceIdOf(req.headers);
  const origin = req.ip ?? "unknown";
  let requester: Requester | undefined;
  try {
    const signedIn = await identifyRequester(req.headers, deps.signIn.verifyToken, clientCertificateOf(res));
    requester = withoutTeam(signedIn.requester);
    door.rates.requester(requester);
    door.progress.worker(requester, res);
    // Both hold as of now, and neither waits for the other.
    [requester] = await Promise.all([
      confirmTeam(signedIn.requester, deps.state.loadTeams),
      deps.signIn.refuseEnded(signedIn),
    ]);
    const asking = {
      requester,
      ...(signedIn.mutations === undefined ? {} : { mutations: signedIn.mutations }),
      purpose: purposeOf(req.headers, requester),
      traceId,
      origin,
      today: today(),
      startedAt,
      ...(callerSpanId === undefined ? {} : { callerSpanId }),
    };
    holdRequest(door, requester, req.body as RequestBody);
    return { state: new RequestState(asking, deps.state) };
  } catch (error) {
    if (!(error instanceof SchakelError)) throw error;
    try {
      if (isForRecord(error)) await door.record.refused({ error, traceId, origin, requester });
    } catch (unrecorded) {
      deps.log.error({ error: unrecorded, traceId }, "a refusal could not be recorded");
      throw unrecorded instanceof SchakelError ? toGraphQLError(unrecorded) : unrecorded;
    }
    throw toGraphQLError(error);
  }
}

function routes(
  app: Express,
  deps: GatewayDeps,
  { apollo, isProxy }: { readonly apollo: ApolloServer<GatewayContext>; readonly isProxy: IsProxy },
): void {
  const limits = deps.limits ?? DEFAULT_LIMITS;
  const door: Door = {
    record: createDoorRecord(deps.accessLog, deps.log),
    judge: createDocumentJudge(limits),
    rates: deps.rates ?? NO_RATES,
    operations: deps.operations ?? ALL_OPERATIONS,
    progress: createProgress(deps.progress ?? { ...DEFAULT_PROGRESS_LIMITS, requestsPerWorker: Infinity }),
  };
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(...answerHeaders());
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
  app.use(onlyKnownOrigins(deps.origins ?? new Set()), countAddress(door));
  app.use(readClientCertificate(deps.certificateHeader, isProxy));
  app.post("/sign-out", ...signOutRoute({ signIn: deps.signIn, record: door.record, log: deps.log }));
  app.get("/operator", operatorRoute(deps.signIn));
  app.all(
    "/graphql",
    readBody(limits),
    // Who is slow to say what they want takes no place of those who have said it.
    door.progress.bound,
    ((request, _response, next) => {
      const body = request.body as RequestBody;
      body.query = door.operations.textOf(body);
      next();
    }) satisfies RequestHandler,
    expressMiddleware(apollo, { context: async (asked) => contextOf(deps, door, asked) }),
  );
  app.use((_request, response) => {
    response.status(404).json({ errors: [{ message: "There is nothing here; POST to /graphql." }] });
  });
  app.use(recordRefusals(door.record, deps.log), answerErrors(deps.log));
}

/** Counts a request of an address before anything of it is read. */
const countAddress =
  ({ rates }: Door): RequestHandler =>
  ({ ip: origin = "unknown" }, _response, next) => {
    rates.address(origin);
    next();
  };

/** Creates the gateway and starts to listen; rejects when the supergraph cannot be served or the port is taken. */
export async function createGateway(deps: GatewayDeps): Promise<RunningGateway> {
  const app = express();
  const limits = deps.limits ?? DEFAULT_LIMITS;
  const connections = deps.connections ?? DEFAULT_CONNECTION_LIMITS;
  const http = createServer(serverOptions(connections), app);
  app.set("trust proxy", deps.proxies ?? []);
  const isTrusted = app.get("trust proxy fn") as (address: string, hop: number) => boolean;
  const isProxy: IsProxy = (address) => isTrusted(address, 0);
  boundConnections(http, connections, isProxy);
  const apollo = new ApolloServer<GatewayContext>({
    gateway: createFederation({ ...deps, limits }),
    introspection: deps.introspection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    parseOptions: { maxTokens: limits.tokens },
    // Apollo's own adds a line break, for which a large answer is copied once more.
    stringifyResult: (value) => JSON.stringify(value),
    maxRecursiveSelections: MAX_RECURSIVE_SELECTIONS,
    documentStore: new DocumentCache(),
    validationRules: [reservedNamesRule, noCitizensNumberRule],
    formatError,
    logger: deps.log,
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      recordPlugin({ ...deps, answerBytes: limits.answerBytes }),
    ],
  });
  await apollo.start();
  routes(app, deps, { apollo, isProxy });
  const port = await listen(http, deps.host, deps.port);
  deps.log.info({ port }, "listening");
  return {
    url: `http://${deps.host}:${port}/graphql`,
    execute: async (asking, operation) => {
      const contextValue = { state: new RequestState(asking, deps.state) };
      const { body } = await apollo.executeOperation({ ...operation }, { contextValue });
      return body.kind === "single" ? (body.singleResult.errors ?? []) : [];
    },
    stop: async () => {
      await apollo.stop();
      await stopListening(http);
    },
  };
}
