// How much an organisation's system is asked, and how long is waited for it: a deadline, few questions at a time, a short
// queue, and rest for a system that fails again and again.

import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  wrap,
} from "cockatiel";
import type { Logger } from "../kernel/logger";
import { describeFailure, sourceUnavailable, SourceFailed, type SourceFailureCause } from "./source-failure";

/** Longest that one question may take, waiting for its turn included, in ms. */
export const DEADLINE_MS = 1_500;
/** Most questions to the system at a time. */
export const CONCURRENT_LIMIT = 4;
/** Most questions that wait for their turn; with more the caller hears at once that the system is busy. */
export const QUEUE_LIMIT = 32;
/** Failures in a row after which the system is left alone. */
export const BREAKS_AFTER = 5;
/** How long it is left alone before one question tries again, in ms. */
export const REST_MS = 5_000;

/** Limits of one system; what is not given is as above. */
export interface GuardLimits {
  readonly deadlineMs?: number;
  readonly concurrent?: number;
  readonly queued?: number;
  readonly breaksAfter?: number;
  readonly restMs?: number;
}

/** What a guard is made of. */
export interface GuardOptions extends GuardLimits {
  readonly log?: Logger | undefined;
  /** Called before each question; sees which it is, never its keys. */
  readonly onAsk?: ((question: string) => void) | undefined;
}

/** Asks a system within its limits. */
export interface Guard {
  /**
   * Runs one question. `work` MUST stop when its signal is aborted. Rejects with SOURCE_UNAVAILABLE and a cause, and
   * nothing of what the system or its driver said.
   */
  ask<T>(question: string, work: (signal: AbortSignal) => Promise<T>, deadlineMs?: number): Promise<T>;
}

/** Given up while waiting for its turn: no fault of the system. */
class LateTurn extends Error {}

function causeOf(error: unknown, late: boolean): SourceFailureCause {
  if (error instanceof BulkheadRejectedError) return "BUSY";
  if (error instanceof BrokenCircuitError) return "UNREACHABLE";
  return late || error instanceof LateTurn ? "TIMEOUT" : describeFailure(error).cause;
}

/** A guard for one system. Its breaker counts what the system fails, not what the guard itself turns away. */
export function createGuard(options: GuardOptions): Guard {
  const { log, onAsk, deadlineMs: usual = DEADLINE_MS } = options;
  const breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof LateTurn)),
    {
      breaker: new ConsecutiveBreaker(options.breaksAfter ?? BREAKS_AFTER),
      halfOpenAfter: options.restMs ?? REST_MS,
    },
  );
  breaker.onBreak(() => log?.warn({}, "the organisation's system is left alone for a while"));
  // The queue stands before the breaker: what waits when it opens is turned away one by one, without a question.
  const policy = wrap(
    bulkhead(options.concurrent ?? CONCURRENT_LIMIT, options.queued ?? QUEUE_LIMIT),
    breaker,
  );

  return {
    async ask(question, work, deadlineMs = usual) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      const { signal } = deadline;
      const gaveUp = new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new SourceFailed("TIMEOUT")), { once: true });
      });
      gaveUp.catch(() => undefined);
      const turn = policy.execute(async () => {
        if (signal.aborted) throw new LateTurn();
        onAsk?.(question);
        // Its place is free again when the system is, not when the caller has given up.
        return await work(signal);
      });
      try {
        return await Promise.race([turn, gaveUp]);
      } catch (error) {
        // Both may reject; the one that was not waited for must not end the process.
        turn.catch(() => undefined);
        const cause = causeOf(error, signal.aborted);
        log?.warn(
          { during: question, cause, code: describeFailure(error).code },
          "the organisation's system failed",
        );
        throw sourceUnavailable(cause);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
