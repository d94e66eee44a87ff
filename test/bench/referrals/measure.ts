// Sends some work to a backend and waits until all of it is done: referrals through the hub, or jobs through bare BullMQ.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { getOrganisation, type Region } from "../../../shared/region/region";
import { refer } from "../../../subgraphs/referrals/source/refer";
import { BenchError, type BenchOptions } from "../kit/benchmark";
import type { Sample } from "../kit/samples";
import type { Stage } from "./stage";

/** What is measured: through the hub, or bare. */
export type Way = "hub" | "bare";

/** One measurement. `latencies`: milliseconds from sent to done; `seconds`: from the first sent to the last done. */
export interface Batch extends Sample {
  /** Seconds in which all were taken: written and answered. */
  readonly acceptedSeconds: number;
}

/** How the work is sent. */
export interface Load {
  readonly count: number;
  readonly senders: number;
  /** Milliseconds that a sender waits after each; 0 for as fast as it goes. */
  readonly pauseMs: number;
}

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 20;

/** Measures once. Rejects with a BenchError when not exactly what was sent was done. */
export async function measure(
  stage: Stage,
  way: Way,
  load: Load,
  options: Pick<BenchOptions, "signal" | "plantDifference">,
): Promise<Batch> {
  options.signal.throwIfAborted();
  const ids: string[] = [];
  const requester = way === "hub" ? requesterOf(stage.region) : undefined;
  const send = async (): Promise<void> => {
    if (requester) ids.push(await sendReferral(stage, requester));
    else
      ids.push(
        String((await stage.bare.add("bench", { at: Date.now() }, { jobId: `bench-${randomUUID()}` })).id),
      );
  };
  const begun = performance.now();
  let left = load.count;
  const sender = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await send();
      if (load.pauseMs > 0) await sleep(load.pauseMs);
    }
  };
  await Promise.all(Array.from({ length: load.senders }, sender));
  const acceptedSeconds = (performance.now() - begun) / 1000;
  const expected = load.count + (options.plantDifference ? 1 : 0);
  const latencies = await (way === "hub" ? hubLatencies(stage, ids) : bareLatencies(stage, load.count));
  const seconds = (performance.now() - begun) / 1000;
  if (latencies.length !== expected) {
    throw new BenchError(
      `Sent ${expected}, done ${latencies.length}: this is not what it claims to measure.`,
    );
  }
  return { latencies, seconds, acceptedSeconds };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new BenchError("What was sent was not done in time.");
    await sleep(LOOK_EVERY_MS);
  }
}

async function hubLatencies({ pool }: Stage, ids: readonly string[]): Promise<number[]> {
  await until(async () => {
    const { rows } = await pool.query<{ pending: boolean }>(
      "select exists (select from hub.referral_delivery where state = 'PENDING' and kind = 'REFERRAL') as pending",
    );
    return rows[0]?.pending === false;
  });
  const { rows } = await pool.query<{ ms: number }>(
    `select (extract(epoch from ended_at - created_at) * 1000)::float8 as ms from hub.referral_delivery
     where kind = 'REFERRAL' and state = 'DELIVERED' and referral_id = any ($1::uuid[])`,
    [ids],
  );
  return rows.map(({ ms }) => ms);
}

async function bareLatencies({ worker }: Stage, count: number): Promise<number[]> {
  const took: number[] = [];
  await until(async () => {
    took.push(...((await worker.ask("took")) as number[]));
    return took.length >= count;
  });
  return took;
}

function requesterOf(region: Region): Requester {
  const { kind, legalEntity } = getOrganisation(region, "lokalis");
  return {
    worker: toWorkerId("lokalis.bench"),
    organisation: toOrganisationCode("lokalis"),
    kind,
    legalEntity,
    workerFunction: "WORKER",
  };
}

async function sendReferral({ pool, region, familyId }: Stage, requester: Requester): Promise<string> {
  const { id } = await refer({ pool, region }, requester, {
    familyId,
    type: "GUIDANCE",
    receiver: "save",
    mode: "JOIN",
    urgency: "NORMAL",
    reasonCode: "EXPERTISE_NEEDED",
    consentBasis: "CONSENT_GIVEN",
    familyInformed: { how: "SPOKEN", on: "2026-01-06" },
    idempotencyKey: randomUUID(),
  });
  return id;
}
