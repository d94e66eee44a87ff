// Reviews in a database of its own, asked as the gateway asks them.

import { randomUUID } from "node:crypto";
import { graphql, type GraphQLSchema } from "graphql";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import type { EntryPosition } from "../../../shared/access-log/find-entries";
import { raiseSignals, type NewSignal, type RaisedSignal } from "../../../shared/access-log/raise-signal";
import { openRuleBook } from "../../../shared/access-log/rule-words/rule-words";
import type { Purpose } from "../../../shared/kernel/codes";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext, type Delivery } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/access-log/schema";
import { withDatabase, type TestDatabase } from "../../kit/database";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

export const WORKER = aRequester("lokalis.worker", "WORKER");
export const OFFICER = aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER");
export const OTHER_OFFICER = aRequester("save.privacy-officer", "PRIVACY_OFFICER");

/** What the subgraph answers: data, the codes of its errors, and what it says that it delivered. */
export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly codes: readonly unknown[];
  readonly deliveries: readonly Delivery[];
}

/** What stands under a field of an answer; throws when nothing does. */
export function given(data: Answer["data"], field: string): unknown {
  const value = data?.[field];
  if (value === undefined || value === null) throw new Error(`Nothing was given under ${field}.`);
  return value;
}

/** A database, and the subgraph on it. */
export interface Reviews {
  readonly database: TestDatabase;
  /** Asks; as the officer of Lokalis, with purpose OVERSIGHT, when nobody is named. */
  readonly ask: (
    source: string,
    requester?: Requester,
    purpose?: Purpose,
    variables?: object,
  ) => Promise<Answer>;
  readonly raise: (...signals: readonly NewSignal[]) => Promise<RaisedSignal[]>;
  /** Raises one signal that is new, and gives the id of its review. */
  readonly aReview: (change?: Partial<NewSignal>) => Promise<string>;
  /** Operations of the entries that the hub itself wrote, with what they name. */
  readonly ownEntries: () => Promise<{ operation: string; reliedOn: readonly string[] }[]>;
}

/** A key that no other request has, as it stands in a document. */
export const aKey = (): string => `idempotencyKey: "${randomUUID()}"`;

/** A signal about lokalis.worker that nothing else is about. */
export function aSignal(change: Partial<NewSignal> = {}): NewSignal {
  return {
    organisation: "lokalis",
    kind: "OWN_FAMILY",
    cause: `TEST:${randomUUID()}`,
    worker: WORKER.worker,
    workerFunction: "WORKER",
    happenedOn: toPlainDate("2025-03-10"),
    entries: [],
    ...change,
  };
}

/** The entries about people, in their order. */
export async function positions({ owner }: TestDatabase): Promise<EntryPosition[]> {
  const { rows } = await owner.query<EntryPosition>(
    `select position::float8 as position, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt"
     from access_log.entry where subject_type <> 'NONE' order by position`,
  );
  return rows;
}

/** Call it at the top of a test file. */
export function withReviews(): Reviews {
  const database = withDatabase();
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildSubgraphSchema(definition);
  });
  const raise = (...signals: readonly NewSignal[]): Promise<RaisedSignal[]> =>
    raiseSignals({ pool: database.pool, accessLog: createAccessLogWriter(database.pool) }, signals);
  let days = 0;
  return {
    database,
    raise,
    ask: async (source, requester = OFFICER, purpose = "OVERSIGHT", variables = {}) => {
      const contextValue = createContext(aGrant(requester, purpose), {
        kind: "hub",
        stores: { pool: database.pool, region: UTRECHT, rules: openRuleBook() },
        ready: () => Promise.resolve(),
        close: () => Promise.resolve(),
      });
      const { data, errors = [] } = await graphql({
        schema,
        source,
        contextValue,
        variableValues: { ...variables },
      });
      return {
        data: JSON.parse(JSON.stringify(data ?? null)) as Answer["data"],
        codes: errors.map(
          (error) => (error.originalError as { code?: unknown } | undefined)?.code ?? error.message,
        ),
        deliveries: contextValue.deliveries,
      };
    },
    aReview: async (change = {}) => {
      // A day of its own: signals of one worker and day come together.
      days += 1;
      const day = new Date(Date.UTC(2024, 0, days)).toISOString().slice(0, 10);
      const [one] = await raise(aSignal({ happenedOn: toPlainDate(day), ...change }));
      if (!one) throw new Error("The signal was not new.");
      return one.reviewId;
    },
    ownEntries: async () => {
      const { rows } = await database.owner.query<{ operation: string; reliedOn: string[] }>(
        `select operation, relied_on as "reliedOn" from access_log.entry where worker = 'hub.keeper' order by position`,
      );
      return rows;
    },
  };
}
