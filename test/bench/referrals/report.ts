// The figures of this benchmark in words and tables.

import { figuresOf, median } from "../kit/samples";
import { inFigures, tableOf } from "../kit/table";
import type { Batch, Way } from "./measure";
import type { Backend } from "./stage";

/** What was measured of one way on one backend: as fast as it goes, and at a calm pace. */
export interface Measured {
  readonly backend: Backend;
  readonly way: Way;
  readonly burst: readonly Batch[];
  readonly calm: readonly Batch[];
}

/** The figures of it. */
export interface ReferralFigures {
  readonly backend: Backend;
  readonly way: Way;
  readonly acceptedPerSecond: number;
  readonly deliveredPerSecond: number;
  readonly calmP50Ms: number;
  readonly calmP99Ms: number;
  readonly burstP50Ms: number;
  readonly burstP99Ms: number;
  readonly measured: number;
}

/** How the hub compares to bare BullMQ on one backend: medians over the rounds. */
export interface Ratio {
  readonly backend: Backend;
  readonly accepted: number;
  readonly delivered: number;
  readonly calmP50: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

/** Adds up. */
export function figuresOfReferrals({ backend, way, burst, calm }: Measured): ReferralFigures {
  const bursts = figuresOf(burst);
  const calms = figuresOf(calm);
  return {
    backend,
    way,
    acceptedPerSecond: bursts.measured / sumOf(burst.map(({ acceptedSeconds }) => acceptedSeconds)),
    deliveredPerSecond: bursts.perSecond,
    calmP50Ms: calms.p50Ms,
    calmP99Ms: calms.p99Ms,
    burstP50Ms: bursts.p50Ms,
    burstP99Ms: bursts.p99Ms,
    measured: bursts.measured + calms.measured,
  };
}

/** Compares round by round, so that what the machine did meanwhile happened to both. */
export function ratioOf(hub: Measured, bare: Measured): Ratio {
  const each = (figure: (one: Measured, round: number) => number): number =>
    median(hub.burst.map((_, round) => figure(hub, round) / figure(bare, round)));
  return {
    backend: hub.backend,
    accepted: each(({ burst }, round) => perSecond(burst[round], "acceptedSeconds")),
    delivered: each(({ burst }, round) => perSecond(burst[round], "seconds")),
    calmP50: each(({ calm }, round) => median(calm[round]?.latencies ?? [])),
  };
}

const perSecond = (batch: Batch | undefined, over: "seconds" | "acceptedSeconds"): number =>
  batch ? batch.latencies.length / batch[over] : Number.NaN;

/** In words. */
export function reportOf(
  figures: readonly ReferralFigures[],
  ratios: readonly Ratio[],
  left: string,
): string {
  const table = tableOf(
    ["", "accepted/s", "delivered/s", "calm p50 (ms)", "p99 (ms)", "burst p50 (ms)", "p99 (ms)", "measured"],
    figures.map((one) => [
      `${one.way === "hub" ? "the hub" : "bare BullMQ"}, ${one.backend}`,
      inFigures(one.acceptedPerSecond),
      inFigures(one.deliveredPerSecond),
      inFigures(one.calmP50Ms),
      inFigures(one.calmP99Ms),
      inFigures(one.burstP50Ms),
      inFigures(one.burstP99Ms),
      String(one.measured),
    ]),
  );
  const compared = ratios.map(
    ({ backend, accepted, delivered, calmP50 }) =>
      `The hub beside bare BullMQ on ${backend}: accepted x ${inFigures(accepted)}, delivered x ${inFigures(delivered)}, ` +
      `time to delivery x ${inFigures(calmP50)} (medians of the rounds).`,
  );
  return [table, "", ...compared, ...(left === "" ? [] : [left])].join("\n");
}
