// Plans, made before Apollo asks for them and kept within a bound in bytes.

import { createHash } from "node:crypto";
import type { QueryPlan } from "@apollo/query-planner";
import { SchakelError } from "../../shared/kernel/errors";
import { BoundedCache } from "../door/bounded-cache";
import type { PlanQuestion } from "./plan-worker";
import type { Planner } from "./planner";

/** Bytes of memory that all kept plans may take, about. */
const MOST_BYTES = 48 * 1024 * 1024;
/** Bytes of memory that a plan takes per character of its JSON, about. */
const BYTES_PER_CHARACTER = 6;
/** Texts of which is remembered that they cannot be planned in time. */
const MOST_REFUSED = 1_000;

interface Kept {
  readonly plan: QueryPlan;
  readonly size: number;
}

/** The key under which Apollo looks for the plan of an operation. */
export function planKeyOf(queryHash: string, operationName: string | undefined): string {
  return operationName
    ? createHash("sha256").update(queryHash).update(operationName).digest("hex")
    : queryHash;
}

/** The store that Apollo asks; `ensure` has the plan made beforehand. Without a planner Apollo makes them itself. */
export class PlanStore {
  readonly #kept = new BoundedCache<Kept>(MOST_BYTES, ({ size }) => size);
  readonly #refused = new BoundedCache<SchakelError>(MOST_REFUSED, () => 1);
  readonly #onTheWay = new Map<string, Promise<void>>();
  readonly #planner: Planner | undefined;

  constructor(planner?: Planner) {
    this.#planner = planner;
  }

  /** Has the plan of a question made, once for all who ask it now. Rejects as the planner does. */
  async ensure(key: string, question: () => PlanQuestion): Promise<void> {
    const planner = this.#planner;
    if (!planner || this.#kept.get(key)) return;
    const refused = this.#refused.get(key);
    if (refused) throw refused;
    const making = this.#onTheWay.get(key) ?? this.#make(planner, key, question());
    this.#onTheWay.set(key, making);
    await making;
  }

  async #make(planner: Planner, key: string, question: PlanQuestion): Promise<void> {
    try {
      const text = await planner.plan(question);
      this.#keep(key, JSON.parse(text) as QueryPlan, text.length);
    } catch (error) {
      if (error instanceof SchakelError && error.code === "QUERY_TOO_COSTLY") this.#refused.set(key, error);
      throw error;
    } finally {
      this.#onTheWay.delete(key);
    }
  }

  #keep(key: string, plan: QueryPlan, characters: number): void {
    this.#kept.set(key, { plan, size: characters * BYTES_PER_CHARACTER });
  }

  get(key: string): Promise<QueryPlan | undefined> {
    return Promise.resolve(this.#kept.get(key)?.plan);
  }

  set(key: string, plan: QueryPlan): Promise<void> {
    this.#keep(key, plan, JSON.stringify(plan).length);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.#kept.delete(key));
  }

  clear(): void {
    this.#kept.clear();
  }
}
