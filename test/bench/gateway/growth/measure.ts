// How the cost of a request grows: with what is asked, which is to be at most in proportion, and with what is merely stored,
// with which it is not to grow at all.

import { randomUUID } from "node:crypto";
import type { BenchOptions } from "../../kit/benchmark";
import type { Usage } from "../../kit/child";
import { ALL_PERMITTED } from "../../kit/hub/families";
import { applyLoad, createPoster, type Poster } from "../../kit/load";
import { figuresOf } from "../../kit/samples";
import { inFigures, inWhole, tableOf, wrapped } from "../../kit/table";
import { generateLog, logOfSize } from "../../log/generated-log";
import { inCircle, postsOf } from "../compare";
import { familiesOf, type BenchFamily } from "../world";
import { REGION_WORKS, type Work } from "../works";
import { startGrowthStage, type GrowthStage } from "./stage";

/** One row of a table. */
export interface GrowthStep {
  readonly size: number;
  readonly p50Ms: number;
  readonly processorMs: number;
  /** Times the processor time of the first row, and times its size. */
  readonly timesCost: number;
  readonly timesSize: number;
  readonly measured: number;
}

/** One thing that grows. */
export interface Growth {
  readonly what: string;
  /** Whether more of it is asked, or only stored. */
  readonly asked: boolean;
  readonly steps: readonly GrowthStep[];
}

const PACE = { quick: { warmUpMs: 1_500, windowMs: 2_000 }, normal: { warmUpMs: 5_000, windowMs: 10_000 } };
const LOG_SIZES = { quick: [0, 30_000, 300_000], normal: [0, 1_000_000, 10_000_000] };
const ORGANISATIONS = [5, 10, 20, 40] as const;
const FAMILIES = [1, 10, 100] as const;
const MEMBERS = [4, 40] as const;
const CONSENTS = [0, 100, 1_000] as const;
const FAMILIES_THERE = 102;

/** Measures all of it on hubs of its own. */
export async function measureGrowth(options: BenchOptions): Promise<Growth[]> {
  const poster = createPoster(1);
  try {
    return [
      ...(await onStage(5, familiesOf(FAMILIES_THERE), async (stage) => [
        await byFamilies(stage, poster, options),
        await byStoredConsents(stage, poster, options),
      ])),
      await byLog(poster, options),
      await byMembers(poster, options),
      await byOrganisations(poster, options),
    ];
  } finally {
    await poster.close();
  }
}

async function onStage<T>(
  organisations: number,
  families: readonly BenchFamily[],
  act: (stage: GrowthStage) => Promise<T>,
): Promise<T> {
  const stage = await startGrowthStage(organisations, families);
  try {
    return await act(stage);
  } finally {
    await stage.stop();
  }
}

type Measured = Omit<GrowthStep, "timesCost" | "timesSize">;

/** One request at a time, so that none waits for another. */
async function measureStep(
  { gateway, headers }: GrowthStage,
  poster: Poster,
  { quick, signal }: BenchOptions,
  work: Work,
  size: number,
): Promise<Measured> {
  const next = inCircle(postsOf({ headers }, gateway, work));
  const send = async (): Promise<void> => {
    await poster.post(next());
  };
  const { warmUpMs, windowMs } = quick ? PACE.quick : PACE.normal;
  await applyLoad(send, { concurrency: 1, forMs: warmUpMs, signal });
  const before = (await gateway.ask("usage")) as Usage;
  const sample = await applyLoad(send, { concurrency: 1, forMs: windowMs, signal });
  const { processorMs } = (await gateway.ask("usage")) as Usage;
  const { p50Ms, measured } = figuresOf([sample]);
  return { size, p50Ms, processorMs: (processorMs - before.processorMs) / measured, measured };
}

function growthOf(what: string, asked: boolean, steps: readonly Measured[]): Growth {
  const [first] = steps;
  return {
    what,
    asked,
    steps: steps.map((one) => ({
      ...one,
      timesCost: one.processorMs / (first?.processorMs ?? Number.NaN),
      timesSize: one.size / (first && first.size > 0 ? first.size : 1),
    })),
  };
}

async function byFamilies(stage: GrowthStage, poster: Poster, options: BenchOptions): Promise<Growth> {
  const steps: Measured[] = [];
  for (const first of FAMILIES) {
    options.say(`${first} families in one request ...`);
    const work = { ...REGION_WORKS.caseload, variables: [{ first }] };
    steps.push(await measureStep(stage, poster, options, work, first));
  }
  return growthOf("families in one request (caseload)", true, steps);
}

/** Consents of a child of the viewed family that have nothing to do with what is asked. */
async function byStoredConsents(stage: GrowthStage, poster: Poster, options: BenchOptions): Promise<Growth> {
  const steps: Measured[] = [];
  const [family] = familiesOf(1);
  if (!family) throw new Error("No family.");
  let there = 0;
  for (const consents of CONSENTS) {
    options.say(`${consents} consents about one child ...`);
    await addConsents(stage, `${family.view.familyId}-1`, consents - there);
    there = consents;
    const work = { ...REGION_WORKS.view, variables: [{ id: family.view.familyId }] };
    steps.push(await measureStep(stage, poster, options, work, consents));
  }
  return growthOf("consents about one child of the family", true, steps);
}

async function addConsents({ owner }: GrowthStage, personId: string, many: number): Promise<void> {
  const rows = Array.from({ length: many }, () => ({
    id: randomUUID(),
    person_id: personId,
    given_by: personId,
    holder: "wss",
    recipient: "lokalis",
    categories: ["INVOLVEMENT", "CARE_PLAN"],
    purpose: "CARE",
    decision: "GIVEN",
    explicit: false,
    how: "SPOKEN",
    valid_from: "2026-01-01",
    recorded_by: ALL_PERMITTED.persona,
    recorded_by_organisation: "save",
    recorded_at: new Date(),
  }));
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0] ?? {}).join(", ");
  await owner.query(
    `insert into hub.consent (${columns}) select ${columns} from json_populate_recordset(null::hub.consent, $1)`,
    [JSON.stringify(rows)],
  );
}

async function byLog(poster: Poster, options: BenchOptions): Promise<Growth> {
  const steps: Measured[] = [];
  const families = familiesOf(2);
  const variables = families.map(({ view }) => ({ id: view.familyId }));
  for (const entries of options.quick ? LOG_SIZES.quick : LOG_SIZES.normal) {
    options.say(`a log of ${inWhole(entries)} entries ...`);
    const step = await onStage(5, families, async (stage) => {
      if (entries > 0) await generateLog(stage.owner, logOfSize(entries), () => undefined);
      return measureStep(stage, poster, options, { ...REGION_WORKS.view, variables }, entries);
    });
    steps.push(step);
  }
  return growthOf("entries in the access log", false, steps);
}

async function byMembers(poster: Poster, options: BenchOptions): Promise<Growth> {
  const steps: Measured[] = [];
  for (const members of MEMBERS) {
    options.say(`a family of ${members} ...`);
    const families = familiesOf(2).map((one) => ({
      ...one,
      members: Array.from({ length: members }, (_, index) => ({
        role: "CHILD" as const,
        age: 4 + (index % 12),
      })),
    }));
    const variables = families.map(({ view }) => ({ id: view.familyId }));
    const step = await onStage(5, families, async (stage) =>
      measureStep(stage, poster, options, { ...REGION_WORKS.view, variables }, members),
    );
    steps.push(step);
  }
  return growthOf("members of the family", true, steps);
}

async function byOrganisations(poster: Poster, options: BenchOptions): Promise<Growth> {
  const steps: Measured[] = [];
  const families = familiesOf(2);
  const variables = families.map(({ view }) => ({ id: view.familyId }));
  for (const organisations of ORGANISATIONS) {
    options.say(`${organisations} organisations ...`);
    const step = await onStage(organisations, families, async (stage) => {
      const work = { ...REGION_WORKS.view, query: stage.sized.view, variables };
      return measureStep(stage, poster, options, work, organisations);
    });
    steps.push(step);
  }
  return growthOf("organisations in the view", true, steps);
}

/** The tables. */
export function growthReportOf(growths: readonly Growth[]): string {
  return [
    ...growths.flatMap(({ what, asked, steps }) => [
      tableOf(
        [what, "p50 (ms)", "processor (ms)", "x cost", asked ? "x size" : "", "requests"],
        steps.map(({ size, p50Ms, processorMs, timesCost, timesSize, measured }) => [
          inWhole(size),
          ...[p50Ms, processorMs, timesCost].map(inFigures),
          asked ? inFigures(timesSize) : "",
          inWhole(measured),
        ]),
      ),
      "",
    ]),
    ...wrapped(
      "One request at a time. processor: time of the gateway's own process for one request. x cost: over the first row, by processor " +
        "time; it is to stay below x size where more is asked, and near 1 where more is merely stored.",
    ),
  ].join("\n");
}
