// Keeps which parts of the contract are asked for. Beside every request, never in its way: what it learns is written in
// batches, and a database that is away costs no request anything.

import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { Pool } from "pg";
import { forgetUsedBefore, noteUsed } from "../../shared/database/used-coordinates";
import { addDays, today, type PlainDate } from "../../shared/kernel/plain-date";
import { coordinatesOf } from "../federate/coordinates";

/** Days after which what is not asked any more is forgotten: what is asked once a year goes on to count. */
export const DEFAULT_KEEP_USED_DAYS = 400;
/** Milliseconds between two batches; more is lost with a gateway that is killed. */
const WRITE_EVERY_MS = 5_000;

/** Told of every operation that is executed for somebody who is identified. Never throws. */
export type NoteUse = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
) => void;

/** What keeps it. */
export interface UseKeeper {
  readonly note: NoteUse;
  /** Resolves when what was learned is written, or could not be. */
  stop(): Promise<void>;
}

/** What it works on. */
export interface UseKeeperDeps {
  readonly pool: Pick<Pool, "query">;
  /** Days after which what is not used is forgotten. */
  readonly keepDays: number;
  readonly everyMs?: number;
}

/** Starts to keep. `onFailure` is told once of what fails, and again when it fails after it went well. */
export function keepUsed(deps: UseKeeperDeps, onFailure: (error: unknown) => void): UseKeeper {
  const { pool, keepDays, everyMs = WRITE_EVERY_MS } = deps;
  /** Of an operation that is asked often, its day is all that is looked at. */
  const operations = new WeakMap<OperationDefinitionNode, PlainDate>();
  /** Both are no larger than the contract. */
  const known = new Map<string, PlainDate>();
  let waiting = new Map<string, PlainDate>();
  let forgottenOn: PlainDate | undefined;
  let isFailing = false;
  const failed = (error: unknown): void => {
    if (!isFailing) onFailure(error);
    isFailing = true;
  };

  const write = async (): Promise<void> => {
    const batch = waiting;
    waiting = new Map();
    const day = today();
    try {
      if (batch.size > 0) await noteUsed(pool, batch);
      if (forgottenOn !== day) await forgetUsedBefore(pool, addDays(day, -keepDays));
      forgottenOn = day;
      isFailing = false;
    } catch (error) {
      // What was learned meanwhile is of the same day, or a later one.
      waiting = new Map([...batch, ...waiting]);
      failed(error);
    }
  };
  let writing = Promise.resolve();
  let isWriting = false;
  const timer = setInterval(() => {
    if (isWriting) return;
    isWriting = true;
    writing = write().finally(() => {
      isWriting = false;
    });
  }, everyMs);
  timer.unref();

  return {
    note: (document, operation, schema) => {
      const day = today();
      if (operations.get(operation) === day) return;
      try {
        for (const coordinate of coordinatesOf(document, operation, schema)) {
          if (known.get(coordinate) === day) continue;
          known.set(coordinate, day);
          waiting.set(coordinate, day);
        }
        operations.set(operation, day);
      } catch (error) {
        failed(error);
      }
    },
    stop: async () => {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}
