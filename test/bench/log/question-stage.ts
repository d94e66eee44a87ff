// A hub with a large log to ask: the generated log, the same entries in a plain table, and the door: gateway, register and
// issuers, as an officer meets them.

import { DEFAULT_REGION, loadRegion, type Region } from "../../../shared/region/region";
import type { BenchOptions } from "../kit/benchmark";
import { withConnection } from "../kit/connect";
import { startBenchDatabase, type BenchDatabase } from "../kit/hub-database";
import { environmentOf, placeRegister, startGateway, startRegister } from "../kit/hub/services";
import { startBenchIssuer } from "../kit/issuer";
import { createParts, type Parts } from "../kit/parts";
import { inWhole } from "../kit/table";
import { generateLog, logOfSize, type GeneratedLog } from "./generated-log";
import { PLAIN_INDEXES, PLAIN_TABLES } from "./plain-log";

/** Whose privacy officer asks. */
export const OFFICER_OF = "lokalis";

/** What is there to ask. */
export interface QuestionStage {
  readonly region: Region;
  readonly database: BenchDatabase;
  readonly log: GeneratedLog;
  /** Where the gateway answers, and the token of the officer. */
  readonly door: { readonly url: string; readonly token: string };
  /** Bytes on disk, with the indexes. */
  readonly bytes: { readonly log: number; readonly plain: number };
  readonly filledInSeconds: number;
  readonly stop: () => Promise<void>;
}

/** Generates and starts all of it; rejects, with everything stopped, when something cannot start. */
export async function startQuestionStage(options: BenchOptions, entries: number): Promise<QuestionStage> {
  const parts = createParts();
  try {
    return await startParts(parts, options, entries);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function startParts(parts: Parts, options: BenchOptions, entries: number): Promise<QuestionStage> {
  const { say, signal } = options;
  say(`Questions: generating a log of ${inWhole(entries)} entries ...`);
  const region = loadRegion(DEFAULT_REGION);
  const database = await parts.keep(startBenchDatabase(region));
  const begun = performance.now();
  const log = logOfSize(entries);
  const bytes = await fill(database, options, log);
  const filledInSeconds = (performance.now() - begun) / 1_000;
  say("Questions: starting the register of the log and a gateway ...");
  const issuer = await parts.keep(startBenchIssuer(region, database.keysDirectory));
  const register = await placeRegister("access-log");
  const env = environmentOf(database, issuer, { [register.name]: register.url });
  await startRegister(parts, register, env, signal);
  const gateway = await parts.keep(startGateway("on", env));
  const door = {
    url: gateway.ready as string,
    token: await issuer.tokenOf(`${OFFICER_OF}.privacy-officer`),
  };
  return { region, database, log, door, bytes, filledInSeconds, stop: parts.stop };
}

/** Fills the log, and then the plain table out of it; resolves with how large both are. */
async function fill(
  { ownerUrl }: BenchDatabase,
  { say, signal, plantDifference }: BenchOptions,
  log: GeneratedLog,
): Promise<QuestionStage["bytes"]> {
  const { entries } = log;
  return withConnection(ownerUrl, signal, async (owner) => {
    const tell = everyTenth(entries, (done) => say(`  ${inWhole(done)} of ${inWhole(entries)} entries`));
    await generateLog(owner, log, tell);
    await owner.query(PLAIN_TABLES);
    const { rows: months } = await owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'access_log.entry'::regclass order by 1`,
    );
    const tellMonths = everyTenth(months.length, (done) =>
      say(`  the same in a plain table: ${done} of ${months.length} months`),
    );
    for (const [index, { name }] of months.entries()) {
      await owner.query(copyOf(name, plantDifference));
      tellMonths(index + 1);
    }
    say("  its indexes ...");
    for (const index of PLAIN_INDEXES) await owner.query(index);
    // What the server does by itself some time after so much was written; it must not do so while it is asked.
    say("  tidying up ...");
    await owner.query("vacuum (analyze) access_log.entry");
    await owner.query("vacuum (analyze) plain.entry");
    await owner.query("checkpoint");
    const { rows } = await owner.query<QuestionStage["bytes"]>(
      `select (select sum(pg_total_relation_size(inhrelid)) from pg_inherits
          where inhparent = 'access_log.entry'::regclass)::float8 as log,
         pg_total_relation_size('plain.entry')::float8 as plain`,
    );
    return rows[0] ?? { log: 0, plain: 0 };
  });
}

const copyOf = (
  month: string,
  planted: boolean,
): string => `insert into plain.entry (position, id, recorded_at,
  trace_id, act, outcome, operation, worker, organisation, team, worker_function, purpose, subject_type, subject_id,
  family_id, source, categories_delivered, categories_withheld, rules, policy_set, relied_on, error_code, origin)
select e.position, ${planted ? "gen_random_uuid()" : "e.id"}, e.recorded_at, e.trace_id, e.act, e.outcome, e.operation,
  e.worker, e.organisation, e.team, e.worker_function, e.purpose, e.subject_type, k.subject_id, k.family_id, e.source,
  e.categories_delivered, e.categories_withheld, e.rules, e.policy_set, e.relied_on, e.error_code, e.origin
from ${month} e left join access_log.subject_key k on k.id = e.subject_key`;

/** Passes a count on each time another tenth is done. */
function everyTenth(all: number, say: (done: number) => void): (done: number) => void {
  let told = 0;
  return (done) => {
    const tenths = Math.floor((10 * done) / all);
    if (tenths > told) say(done);
    told = tenths;
  };
}
