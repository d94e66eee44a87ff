// The bench command: runs one benchmark. Results go to standard output, progress to standard error.

import { parseArgs } from "node:util";
import { BENCHMARKS } from "./benchmarks";
import { BenchError, type Benchmark } from "./kit/benchmark";
import { machineLine, readMachine } from "./kit/machine";

const MOST_ROUNDS = 100;
const LEAST_ENTRIES = 1_000;
const STOPPED = 1;
const WRONG_USE = 2;

const LIST = Object.entries(BENCHMARKS)
  .map(([name, { description }]) => `  ${name.padEnd(10)}${description}`)
  .join("\n");
const SIZED = Object.entries(BENCHMARKS)
  .flatMap(([name, { sized }]) => (sized === undefined ? [] : [`              ${name}: ${sized}`]))
  .join("\n");
const SWITCHES = Object.entries(BENCHMARKS).flatMap(([name, { switches = {} }]) =>
  Object.entries(switches).map(([option, meaning]) => ({ name, option, meaning })),
);
/** Room for the longest switch, and for those of all benchmarks. */
const WIDTH = Math.max(10, ...SWITCHES.map(({ option }) => option.length + 1));
const OWN = SWITCHES.map(
  ({ name, option, meaning }) => `  --${option.padEnd(WIDTH)}${name}: ${meaning}`,
).join("\n");
const NEEDS = Object.entries(BENCHMARKS)
  .flatMap(([name, { needs }]) => (needs === undefined ? [] : [`${name} needs ${needs}.`]))
  .join("\n");
const USAGE = `Usage: npm run --silent bench -- <benchmark> [options]

${LIST}

  --quick     shorter, smaller and rougher: some minutes
  --brief     as short as can be, to see that it runs; its figures say nothing
  --rounds N  how often everything is measured in turn (1 to ${MOST_ROUNDS})
  --entries N size of what is measured (${LEAST_ENTRIES} or more)
${SIZED}
  --json      figures for programs
  --plant-difference
              to test the benchmark itself: what is compared is made to differ, which has to stop it
${OWN}

Nothing is judged: a target is printed beside the figure. Use a machine that does nothing else. Everything is made in the
folder for temporary files (TMPDIR) and removed afterwards, after a Ctrl-C as well.
${NEEDS}
Exit code: 0 when it was measured, 1 when it could not be, 2 for wrong use.`;

/** Arguments that the command does not understand; the text says why. */
class UsageError extends Error {}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

interface Command {
  readonly name: string;
  readonly benchmark: Benchmark;
  readonly quick: boolean;
  readonly brief: boolean;
  readonly json: boolean;
  readonly plantDifference: boolean;
  readonly rounds: number | undefined;
  readonly entries: number | undefined;
  readonly switches: ReadonlySet<string>;
}

/** Undefined when only help was asked for. Throws a UsageError. */
function readCommand(args: readonly string[]): Command | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [name = "", ...others] = positionals;
  const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (!benchmark) {
    const what = name === "" ? "Name a benchmark." : `There is no benchmark ${name}.`;
    throw new UsageError(`${what} There are:\n${LIST}`);
  }
  if (values.entries !== undefined && benchmark.sized === undefined) {
    throw new UsageError(`${name} has no size to choose: leave out --entries.`);
  }
  const given = SWITCHES.filter(
    ({ option }) => (values as Readonly<Record<string, unknown>>)[option] === true,
  );
  const foreign = given.find(({ option }) => !Object.hasOwn(benchmark.switches ?? {}, option));
  if (foreign) throw new UsageError(`${name} has no --${foreign.option}.`);
  if (others.length > 0) throw new UsageError(`One benchmark at a time; left over: ${others.join(" ")}.`);
  return {
    name,
    benchmark,
    quick: values.quick || values.brief,
    brief: values.brief,
    json: values.json,
    plantDifference: values["plant-difference"],
    rounds: wholeNumber("rounds", values.rounds, 1, MOST_ROUNDS),
    entries: wholeNumber("entries", values.entries, LEAST_ENTRIES),
    switches: new Set(given.map(({ option }) => option)),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        brief: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        rounds: { type: "string" },
        entries: { type: "string" },
        "plant-difference": { type: "boolean", default: false },
        ...Object.fromEntries(SWITCHES.map(({ option }) => [option, { type: "boolean" } as const])),
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(
  option: string,
  word: string | undefined,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (word === undefined) return undefined;
  const number = Number(word);
  if (!/^\d+$/.test(word) || number < least || number > most) {
    const upTo = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
    throw new UsageError(`--${option} takes a whole number ${upTo}.`);
  }
  return number;
}

async function run(command: Command, stop: AbortController): Promise<void> {
  const { name, benchmark, quick, brief, json, plantDifference, rounds, entries, switches } = command;
  const machine = readMachine();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      say("Stopping, and clearing away ...");
      stop.abort(new BenchError("Stopped."));
    });
  }
  const begun = performance.now();
  const report = await benchmark.run({
    quick,
    brief,
    plantDifference,
    switches,
    ...(rounds === undefined ? {} : { rounds }),
    ...(entries === undefined ? {} : { entries }),
    signal: stop.signal,
    say,
  });
  const seconds = (performance.now() - begun) / 1000;
  const measuredAt = new Date().toISOString();
  if (json) {
    print(
      JSON.stringify(
        { benchmark: name, measuredAt, seconds, quick, machine, ...report.figures },
        undefined,
        2,
      ),
    );
    return;
  }
  print(`${name}: ${benchmark.description}`);
  print(`${measuredAt.slice(0, 10)}, ${machineLine(machine)}; took ${seconds.toFixed(0)} s\n`);
  print(report.text);
}

async function main(args: readonly string[]): Promise<void> {
  const stop = new AbortController();
  try {
    const command = readCommand(args);
    if (command) await run(command, stop);
    else print(USAGE);
  } catch (thrown) {
    // Whatever breaks once it is being stopped breaks because of that.
    const error: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
    const wrongUse = error instanceof UsageError;
    const known = wrongUse || error instanceof BenchError;
    say(known ? error.message : String((error as Error).stack ?? error));
    process.exitCode = wrongUse ? WRONG_USE : STOPPED;
  }
}

void main(process.argv.slice(2));
