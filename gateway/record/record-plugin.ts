// Record, then answer: the last thing that happens to an answer before it leaves. No entry, no data.

import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from "@apollo/server";
import type { AccessLogWriter } from "../../shared/access-log/access-log-writer";
import { DEFAULT_RETRY_S } from "../../shared/access-log/commit-pace";
import type { NewTask } from "../../shared/database/create-task";
import { SchakelError, type ErrorCode } from "../../shared/kernel/errors";
import { errorCodeOf, schakelErrorIn, toGraphQLError } from "../../shared/kernel/format-error";
import type { Logger } from "../../shared/kernel/logger";
import { approximateBytes } from "../door/answer-size";
import { AnswerExplainer, subjectsIn, type Withheld } from "../federate/explain-answer";
import type { GatewayContext } from "../federate/governed-source";
import type { RequestState } from "../federate/request-state";
import type { SchemaIndex } from "../federate/schema-index";
import { describeUnavailable } from "../federate/unavailable";
import { dutiesOf, type Duties } from "./duties";
import { entriesOf, processingContextOf } from "./entries";

/** What the plugin needs. */
export interface RecordDeps {
  readonly index: SchemaIndex;
  readonly log: Logger;
  readonly accessLog: AccessLogWriter;
  /** Makes the tasks that follow from what leaves; resolves when they are on disk. */
  readonly writeTasks: (tasks: readonly NewTask[]) => Promise<void>;
  /** Version of the set of rules that decided. */
  readonly policySet: string;
  /** Source -> its name for people. */
  readonly names: ReadonlyMap<string, string>;
  /** How large an answer may be, in bytes. */
  readonly answerBytes: number;
}

const NO_DUTIES: Duties = { lines: [], tasks: [] };

type Sending = GraphQLRequestContextWillSendResponse<GatewayContext>;

/** Codes after which nothing of an answer may leave, whatever came of the rest of it. */
const FATAL: readonly ErrorCode[] = ["RECORD_UNAVAILABLE", "LOG_UNAVAILABLE", "ENFORCEMENT_FAILED"];

function fatalIn(sending: Sending): SchakelError | undefined {
  return (sending.errors ?? []).map(schakelErrorIn).find((one) => one && FATAL.includes(one.code));
}

/** Why nothing was given at all: the code of the error that stands in the place of the data. */
function failureOf(sending: Sending): ErrorCode | undefined {
  const { body } = sending.response;
  if (body.kind === "single" && body.singleResult.data) return undefined;
  const [error] = sending.errors ?? [];
  return error ? errorCodeOf({ message: "", extensions: { ...error.extensions } }, error) : "INTERNAL";
}

/** Logs what went wrong in the hub itself: of that, the caller learns no more than the trace id. */
function logFaults({ log }: RecordDeps, { errors = [] }: Sending, { asking }: RequestState): void {
  for (const error of errors) {
    const formatted = { message: "", extensions: { ...error.extensions } };
    if (errorCodeOf(formatted, error) !== "INTERNAL") continue;
    log.error({ error: error.originalError ?? error, traceId: asking.traceId }, "something went wrong");
  }
}

/** Replaces the whole answer by one error. */
function replaceBy(sending: Sending, error: SchakelError): void {
  const { message, extensions } = toGraphQLError(error);
  const { http: _http, ...visible } = extensions;
  sending.response.body = { kind: "single", singleResult: { errors: [{ message, extensions: visible }] } };
  sending.response.http.status = error.status;
  if (error.status === 503) {
    const { retryAfterSeconds = DEFAULT_RETRY_S } = error.details;
    sending.response.http.headers.set("retry-after", String(retryAfterSeconds));
  }
}

async function explain(deps: RecordDeps, sending: Sending, state: RequestState): Promise<Withheld[]> {
  const body = sending.response.body;
  if (body.kind !== "single") throw new SchakelError("ENFORCEMENT_FAILED", { reason: "not a single answer" });
  const { data } = body.singleResult;
  const { document, operation } = sending;
  if (!data || !document || !operation) return [];
  const bytes = holdAnswer(deps, data);
  await state.load(subjectsIn(data, deps.index.subjects));
  const answered = { document, operation, variables: sending.request.variables ?? {}, data };
  const withheld = new AnswerExplainer(deps.index, state, answered).explain(answered);
  holdAnswer(deps, withheld, bytes);
  return withheld;
}

/** About how many bytes there are with this part of an answer; throws ANSWER_TOO_LARGE for more than may leave at once. */
function holdAnswer({ answerBytes: limit }: RecordDeps, part: unknown, before = 0): number {
  const bytes = before + approximateBytes(part, limit - before);
  if (bytes > limit) throw new SchakelError("ANSWER_TOO_LARGE", { of: "answerBytes", limit });
  return bytes;
}

function addExtensions(
  deps: RecordDeps,
  sending: Sending,
  state: RequestState,
  {
    withheld,
    obligations,
  }: { readonly withheld: readonly Withheld[]; readonly obligations: Duties["lines"] },
): void {
  const body = sending.response.body;
  if (body.kind !== "single") return;
  const unavailable = describeUnavailable(state.unavailable, deps.names);
  body.singleResult.extensions = {
    traceId: state.asking.traceId,
    ...(body.singleResult.data ? { withheld, obligations, unavailable } : {}),
  };
}

/** Explains and records every answer before it leaves; replaces it by an error when either cannot be done. */
export function recordPlugin(deps: RecordDeps): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (sending) => {
        // Nobody was identified, so nothing was asked of any source.
        const state = sending.contextValue.state as RequestState | undefined;
        if (!state) return;
        logFaults(deps, sending, state);
        let fatal = fatalIn(sending);
        let withheld: Withheld[] = [];
        let duties: Duties = NO_DUTIES;
        try {
          if (!fatal) withheld = await explain(deps, sending, state);
        } catch (error) {
          fatal = schakelErrorIn(error) ?? new SchakelError("ENFORCEMENT_FAILED", {}, { cause: error });
        }
        const failure = fatal ? fatal.code : failureOf(sending);
        try {
          if (!failure) duties = dutiesOf(state.asking, state.ledger.accesses);
          // What follows for people is on record before the data leave, as the access itself is.
          if (duties.tasks.length > 0) await deps.writeTasks(duties.tasks);
        } catch (error) {
          fatal = schakelErrorIn(error) ?? new SchakelError("RECORD_UNAVAILABLE", {}, { cause: error });
        }
        try {
          await deps.accessLog.write(
            entriesOf(state, deps.policySet, failure ?? fatal?.code),
            processingContextOf(state),
          );
        } catch (error) {
          fatal = schakelErrorIn(error) ?? new SchakelError("LOG_UNAVAILABLE", {}, { cause: error });
        }
        if (fatal) {
          deps.log.error(
            { error: fatal, code: fatal.code, traceId: state.asking.traceId },
            "no answer given",
          );
          replaceBy(sending, fatal);
        } else {
          addExtensions(deps, sending, state, { withheld, obligations: duties.lines });
        }
      },
    }),
  };
}
