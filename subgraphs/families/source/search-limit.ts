// How often somebody may search by a citizen's number: a limit of its own per worker and per organisation, counted in the
// hub's database, so that it holds over all gateways and a restart does not lift it. Whom a search was for is not counted.

import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Requester } from "../../../shared/kernel/requester";

/** Searches within the hour that begins with the first one. */
export interface SearchLimits {
  readonly perWorker: number;
  readonly perOrganisation: number;
}

/** Counts searches. */
export interface SearchLimit {
  /** Counts one search, also one that is refused. Rejects with SEARCH_LIMIT_REACHED or RECORD_UNAVAILABLE. */
  take(requester: Pick<Requester, "worker" | "organisation">): Promise<void>;
}

/** A child that is new to a worker is searched once; who takes in reports all day does not come near this. */
const HOUR_S = 3_600;

/** Counts in hub.search_limit, with the pool of the working role. */
export function createSearchLimit(pool: Pool, { perWorker, perOrganisation }: SearchLimits): SearchLimit {
  const limiterOf = (scope: "worker" | "organisation", points: number): RateLimiterPostgres =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      schemaName: "hub",
      tableName: "search_limit",
      // Made by the migrations; the working role makes no tables.
      tableCreated: true,
      keyPrefix: `findFamily:${scope}`,
      points,
      duration: HOUR_S,
    });
  const workers = limiterOf("worker", perWorker);
  const organisations = limiterOf("organisation", perOrganisation);
  return {
    async take({ worker, organisation }) {
      try {
        // The worker's own comes first: who is refused there uses up nothing of the colleagues'.
        await onRecord(() => workers.consume(`${organisation}:${worker}`));
        await onRecord(() => organisations.consume(organisation));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
        throw new SchakelError("SEARCH_LIMIT_REACHED", { retryAfterSeconds });
      }
    },
  };
}
