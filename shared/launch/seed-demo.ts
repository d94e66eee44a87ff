// Fills the empty databases with the synthetic families once: each organisation's own system, then the registers.

import { spawn } from "node:child_process";
import { Client } from "pg";
import { DEFAULT_REGION } from "../region/region";
import { LaunchError } from "./launch-error";
import type { ServiceLog } from "./service-log";
import type { Service } from "./services";

/** What seeding needs. */
export interface DemoSeed {
  readonly ownerUrl: string;
  /** Code of the region that the demo is of. */
  readonly region: string;
  readonly organisations: readonly string[];
  /** The plan of each subgraph, for its script and settings. */
  readonly services: readonly Pick<Service, "name" | "command" | "env" | "seedEnv">[];
  readonly projectRoot: string;
  readonly openLog: (name: string) => ServiceLog;
}

/** How far the demo is. */
interface DemoState {
  readonly region: string;
  /** Of whom it is. */
  readonly organisations: readonly string[];
  readonly begun: boolean;
  readonly done: boolean;
  readonly families: boolean;
}

/** Registers with a demo, in the order in which one builds on the other. */
const SEEDED_REGISTERS = ["families", "referrals"];

/**
 * Seeds unless it was done before, or the registers already hold families that this did not put there. A seeding
 * that was cut off is done again, and an organisation that has joined the region since is seeded beside the others. Returns
 * whether it seeded. Rejects with a LaunchError when the families are those of
 * another region.
 */
export async function seedDemoOnce(seed: DemoSeed): Promise<boolean> {
  const owner = new Client({ connectionString: seed.ownerUrl, application_name: "schakel-seed" });
  // A connection that breaks fails the query that waits for it; without a listener it would end the process.
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    // A database that holds families of its own gets no sign of the demo: production refuses one.
    if (await holdsOtherFamilies(owner)) return false;
    await owner.query(
      "CREATE TABLE IF NOT EXISTS public.schakel_demo (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), begun_at timestamptz NOT NULL DEFAULT now(), done_at timestamptz)",
    );
    // One that was begun before this was written down is of the region that there was then.
    await owner.query("ALTER TABLE public.schakel_demo ADD COLUMN IF NOT EXISTS region text");
    // And one before that was done for who is involved with a family of it.
    await owner.query("ALTER TABLE public.schakel_demo ADD COLUMN IF NOT EXISTS organisations text[]");
    const { rows } = await owner.query<DemoState>(
      `SELECT coalesce((SELECT region FROM public.schakel_demo), $1) AS region,
              coalesce((SELECT organisations FROM public.schakel_demo),
                       ARRAY(SELECT DISTINCT organisation FROM hub.involvement)) AS organisations,
              EXISTS (SELECT FROM public.schakel_demo) AS begun,
              EXISTS (SELECT FROM public.schakel_demo WHERE done_at IS NOT NULL) AS done,
              EXISTS (SELECT FROM hub.family) AS families`,
      [DEFAULT_REGION],
    );
    const [state] = rows;
    if (state?.begun && state.region !== seed.region) {
      throw new LaunchError(
        `The database holds the synthetic families of the region ${state.region}. Choose another DATABASE_URL for ${seed.region}.`,
      );
    }
    if (!state || (state.families && !state.begun)) return false;
    const unseeded = seed.organisations.filter((name) => !state.done || !state.organisations.includes(name));
    if (unseeded.length === 0) return false;
    await owner.query("INSERT INTO public.schakel_demo (region) VALUES ($1) ON CONFLICT DO NOTHING", [
      seed.region,
    ]);
    // All have ended before an error is thrown on: what stops the server then stops it under nobody.
    const seeded = await Promise.allSettled(unseeded.map((name) => runSeed(seed, name)));
    for (const one of seeded) if (one.status === "rejected") throw one.reason;
    for (const name of SEEDED_REGISTERS) await runSeed(seed, name);
    await owner.query("UPDATE public.schakel_demo SET done_at = now(), organisations = $1", [
      [...new Set([...(state.done ? state.organisations : []), ...seed.organisations])],
    ]);
    return true;
  } finally {
    await owner.end();
  }
}

async function holdsOtherFamilies(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ other: boolean }>(
    "SELECT to_regclass('public.schakel_demo') IS NULL AND EXISTS (SELECT FROM hub.family) AS other",
  );
  return rows[0]?.other === true;
}

async function runSeed(seed: DemoSeed, name: string): Promise<void> {
  const service = seed.services.find((one) => one.name === name);
  // One that runs elsewhere is seeded there.
  if (!service) return;
  const log = seed.openLog(`seed-${name}`);
  const child = spawn(process.execPath, [...service.command, "seed"], {
    cwd: seed.projectRoot,
    env: { ...service.env, ...service.seedEnv },
    stdio: ["ignore", "pipe", "pipe"],
  });
  log.follow(child.stdout);
  log.follow(child.stderr);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  await log.close();
  if (code !== 0) {
    throw new LaunchError(
      `The demo of ${name} could not be seeded (exit code ${code}). See logs/seed-${name}.log in the data directory.`,
    );
  }
}
