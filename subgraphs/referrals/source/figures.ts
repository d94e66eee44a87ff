// Figures of referrals over a quarter that is over, for managers: no family, no worker, no number below ten.

import type { Pool, PoolClient } from "pg";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Grant } from "../../../shared/kernel/requester";
import {
  FAMILY_WAITS,
  HAND_OVERS,
  INQUIRY_STARTS,
  NORMS,
  OBJECTIONS,
  QUEUE_WAITS,
  ROUNDS,
  SENT,
  WORKERS,
} from "./figure-queries";
import { inTens } from "./overview";
import type { Quarter } from "./quarter";

type Queryable = Pick<Pool | PoolClient, "query">;

/** A number of things of one kind, in tens; null for fewer than ten, none included. */
export interface Figure {
  readonly name: string;
  readonly count: number | null;
}

/** How long something took: half of them no longer. Null for fewer than ten. */
export interface Duration extends Figure {
  readonly medianDays: number | null;
}

/** Norms of one kind that were kept and broken. */
export interface NormFigure {
  readonly name: string;
  readonly kept: number | null;
  readonly broken: number | null;
}

/** All figures of a quarter. */
export interface Figures {
  readonly quarter: Quarter;
  /** What was sent, by mode: JOIN and TRANSFER. */
  readonly sent: readonly Figure[];
  /** Objections, by reason: each would have come back to its sender. */
  readonly objections: readonly Figure[];
  /** Consultations that ended, by outcome: one round each. */
  readonly rounds: readonly Figure[];
  /** From receipt by who accepted to acceptance, by receiver. */
  readonly waitingPerQueue: readonly Duration[];
  /** All waiting of a family in the quarter, what overlaps counted once. */
  readonly waitingPerFamily: Duration;
  /** Families that changed hands in the quarter, by how often they ever did: 1, 2, 3 or more. */
  readonly handOversPerFamily: readonly Figure[];
  /** Terms that ended in the quarter, by kind. */
  readonly norms: readonly NormFigure[];
  /** From sending an inquiry request to the start of the inquiry, by kind of request. */
  readonly untilInquiry: readonly Duration[];
  /** Families with workers in the quarter, by how many different ones: 1 or 2, 3 to 5, 6 or more. */
  readonly workersPerFamily: readonly Figure[];
}

interface Counted {
  readonly name: string;
  readonly count: number;
}
interface Timed extends Counted {
  readonly days: number;
}

/**
 * The figures of a quarter that is over. Every row that can be is there, whatever it counts: that one is left out would
 * tell something. For the process lead and policy staff, for oversight; throws ACCESS_DENIED for anybody else.
 */
export async function findFigures(
  db: Queryable,
  { requester, purpose }: Pick<Grant, "requester" | "purpose">,
  quarter: Quarter,
  queues: readonly string[],
): Promise<Figures> {
  const isManager = ["PROCESS_LEAD", "POLICY_STAFF"].includes(requester.workerFunction);
  if (!isManager || purpose !== "OVERSIGHT") throw new SchakelError("ACCESS_DENIED");
  const rowsOf = async <Row extends Counted>(text: string): Promise<Row[]> =>
    (await db.query<Row>(text, [quarter.from, quarter.until])).rows;
  const counted = async ({ text, names }: typeof SENT): Promise<Figure[]> => {
    const found = await rowsOf(text);
    return names.map((name) => ({ name, count: inTens(numberOf(found, name)) }));
  };
  const timed = async (text: string, names: readonly string[]): Promise<Duration[]> => {
    const found = await rowsOf<Timed>(text);
    return names.map((name) => durationOf(name, found));
  };
  const norms = await rowsOf(NORMS.text);
  const [waitingPerFamily] = await timed(FAMILY_WAITS, ["FAMILY"]);
  return {
    quarter,
    sent: await counted(SENT),
    objections: await counted(OBJECTIONS),
    rounds: await counted(ROUNDS),
    waitingPerQueue: await timed(QUEUE_WAITS, queues),
    waitingPerFamily: waitingPerFamily ?? durationOf("FAMILY", []),
    handOversPerFamily: await counted(HAND_OVERS),
    norms: NORMS.names.map((name) => ({
      name,
      kept: inTens(numberOf(norms, `${name} KEPT`)),
      broken: inTens(numberOf(norms, `${name} BROKEN`)),
    })),
    untilInquiry: await timed(INQUIRY_STARTS.text, INQUIRY_STARTS.names),
    workersPerFamily: await counted(WORKERS),
  };
}

const numberOf = (rows: readonly Counted[], name: string): number =>
  rows.find((row) => row.name === name)?.count ?? 0;

function durationOf(name: string, rows: readonly Timed[]): Duration {
  const found = rows.find((row) => row.name === name);
  const count = inTens(found?.count ?? 0);
  return { name, count, medianDays: count === null || !found ? null : found.days };
}
