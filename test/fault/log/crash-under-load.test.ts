// Whatever is killed under load, at whatever moment: every answer that a client received has its entries in the log, each
// once, and the log is whole.
//
// SCHAKEL_KILLS: how often something is killed (8; `npm run test:fault -- log` kills 50 times). SCHAKEL_SEED: what and when
// (another one each time; it is printed).

import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readCopies } from "../../../shared/access-log/verify/read-copies";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";
import { eventually, PROJECT_ROOT, TestHub } from "../../kit/hub";
import { asOwner } from "../../kit/hub-database";
import { chanceOf } from "../../kit/random/chance";
import { faultIn, readEntries, textsOf, type EntriesOf, type Entry } from "./account";
import { Crowd, isWhole, put, QUESTIONS, type Question } from "./crowd";
import { chooseVictims, kill } from "./killer";

const KILLS = killsOf(process.env["SCHAKEL_KILLS"] ?? "8");
const SEED = process.env["SCHAKEL_SEED"] ?? String(randomInt(1_000_000_000));
/** Time under load between an answer to everything and the next kill. */
const LEAST_LOAD_MS = 100;
const MOST_LOAD_MS = 2_000;
/** Often, so that keepers and organisations are also killed while a checkpoint is made and handed over. */
const CHECKPOINT_EVERY_MS = 1_000;
const ORGANISATIONS = loadRegion(DEFAULT_REGION)
  .organisations.map(({ code }) => code as string)
  .toSorted();
/** Entries of a view of a household with several members, at the least. */
const LEAST_OF_A_VIEW = 6;
const START_MS = 300_000;
/** Far more than it takes until everything is started again and answers. */
const BACK_MS = 120_000;
const CHECKPOINT_MS = 60_000;
const VERIFY_MS = 120_000;

function killsOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new RangeError("SCHAKEL_KILLS is a whole number from 1.");
  return Number(text);
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const secondsSince = (begun: number): string => `${((performance.now() - begun) / 1_000).toFixed(1)} s`;

let hub: TestHub;
let crowd: Crowd;
/** Entries of each question as it leaves them in quiet. */
const quiet = new Map<string, readonly Entry[]>();
let entries: EntriesOf;

beforeAll(
  async () => {
    say(`the log under kills: SCHAKEL_SEED=${SEED} SCHAKEL_KILLS=${KILLS}`);
    hub = await TestHub.start({ SCHAKEL_CHECKPOINT_EVERY_MS: String(CHECKPOINT_EVERY_MS) });
    for (const question of QUESTIONS) {
      const traceId = await askInQuiet(question);
      const left = await readEntries(hub.place, [traceId]);
      quiet.set(question.name, left.get(traceId) ?? []);
    }
    crowd = new Crowd(hub.place);
    await killUnderLoad();
    entries = await readEntries(hub.place, crowd.sent);
    tellWhatCame();
  },
  START_MS + KILLS * BACK_MS,
);

afterAll(async () => {
  await hub.remove();
});

/** Puts a question until it is answered whole; gives the trace id of that. */
async function askInQuiet(question: Question): Promise<string> {
  return eventually("a whole answer in quiet", async () => {
    const outcome = await put(hub.place, question);
    return typeof outcome !== "string" && isWhole(outcome) ? outcome.traceId : undefined;
  });
}

async function killUnderLoad(): Promise<void> {
  const chance = chanceOf(SEED);
  const victims = chooseVictims(chance.part("victims"), KILLS);
  const begun = performance.now();
  crowd.start();
  try {
    await crowd.untilAnswered(BACK_MS);
    for (const [index, victim] of victims.entries()) {
      const turn = chance.part(index);
      await sleep(turn.whole(LEAST_LOAD_MS, MOST_LOAD_MS));
      const killed = performance.now();
      await kill(hub, victim, turn);
      await crowd.untilAnswered(BACK_MS);
      say(
        `${String(index + 1).padStart(4)}  ${victim.padEnd(24)} answers again after ${secondsSince(killed)}`,
      );
    }
  } finally {
    await crowd.stop();
  }
  say(`${KILLS} kills under load in ${secondsSince(begun)}: ${tally(victims)}`);
}

function tellWhatCame(): void {
  const { received, sent, unanswered } = crowd;
  const parts = received.filter((one) => !isWhole(one));
  say(
    `${sent.length} requests, ${received.length} answers; ${received.length - parts.length} with nothing missing`,
  );
  say(
    `with something missing: ${tally(parts.flatMap(({ missing, wentWrong }) => [...missing, ...wentWrong]))}`,
  );
  say(`without an answer: ${tally(unanswered)}`);
  const count = [...entries.values()].reduce((sum, { length }) => sum + length, 0);
  const answered = new Set(received.map(({ traceId }) => traceId));
  const never = [...entries.keys()].filter((traceId) => !answered.has(traceId)).length;
  say(`${count} entries; ${never} requests have entries though no answer was received`);
}

function tally(words: readonly string[]): string {
  const counted = [...new Set(words)].map((word) => `${word} ${words.filter((one) => one === word).length}`);
  return counted.length === 0 ? "none" : counted.toSorted().join(", ");
}

test("in quiet every question leaves entries, a view one for each member and source", () => {
  const enough = QUESTIONS.map(({ name }) => [
    name,
    (quiet.get(name)?.length ?? 0) >= (name.startsWith("a view") ? LEAST_OF_A_VIEW : 1),
  ]);
  expect(enough).toEqual(QUESTIONS.map(({ name }) => [name, true]));
});

test("every question was answered whole after every kill", () => {
  for (const { name } of QUESTIONS) {
    const whole = crowd.received.filter((one) => isWhole(one) && one.question === name);
    expect(whole.length).toBeGreaterThan(KILLS);
  }
  expect(crowd.unanswered.length).toBeGreaterThan(0);
});

test("every answer that was received has its entries", () => {
  const faults = crowd.received.flatMap(
    (one) => faultIn(one, entries.get(one.traceId) ?? [], quiet.get(one.question) ?? []) ?? [],
  );
  expect(faults).toEqual([]);
});

test("no entry of a request stands there twice, whether or not it was answered", () => {
  const twice = [...entries].filter(([, found]) => {
    const texts = textsOf(found);
    return new Set(texts).size < texts.length;
  });
  expect(twice.map(([traceId]) => traceId)).toEqual([]);
});

test("the keeper goes on: every organisation keeps a checkpoint of what came last", async () => {
  const [question] = QUESTIONS;
  const traceId = question && (await askInQuiet(question));
  const position = await asOwner(hub.place, async (owner) => {
    const { rows } = await owner.query<{ position: number | null }>(
      "select max(position)::float8 as position from access_log.entry where trace_id = $1",
      [traceId],
    );
    return rows[0]?.position ?? Infinity;
  });
  const keepers = await eventually(
    "the checkpoint at every organisation",
    async () => {
      const { copies } = await readCopies(join(hub.place.folder, "data", "checkpoints"));
      const covering = copies.filter(({ checkpoint }) => checkpoint.lastPosition >= position);
      const found = new Set(covering.map(({ organisation }) => organisation));
      return found.size >= ORGANISATIONS.length ? [...found] : undefined;
    },
    CHECKPOINT_MS,
  );
  expect(keepers.toSorted()).toEqual(ORGANISATIONS);
}, 90_000);

test(
  "the chain verifies, against what organisations keep as well",
  () => {
    const data = join(hub.place.folder, "data");
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(PROJECT_ROOT, "scripts", "log.mjs"), "verify", "--checkpoints", join(data, "checkpoints")],
      {
        encoding: "utf8",
        env: { PATH: process.env["PATH"], SCHAKEL_PORT: String(hub.place.port), SCHAKEL_DATA_DIR: data },
      },
    );
    say(stdout.trim());
    expect(stdout).toMatch(/^The log is whole/m);
    expect(stdout).toMatch(
      new RegExp(`^Held against \\d+ copies that ${ORGANISATIONS.join(", ")} keep`, "m"),
    );
    expect(status).toBe(0);
  },
  VERIFY_MS,
);
