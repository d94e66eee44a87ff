// The queue command: how deliveries are, and what an operator may do about them. Shows nothing about whom.

import { parseArgs } from "node:util";
import type { Pool } from "pg";
import { createAccessLogWriter } from "../../../../shared/access-log/access-log-writer";
import { onRecord } from "../../../../shared/administration/act-record";
import { identifyOperator, type Operator } from "../../../../shared/administration/operator";
import { SettingsError } from "../../../../shared/kernel/settings";
import { LaunchError } from "../../../../shared/launch/launch-error";
import { askTest, replay, switchByHand } from "./change";
import { lookAtAll, lookAtDead, lookAtEndpoints, lookAtRecord, tableOf, type Rows } from "./look";
import { readQueueSettings, withPool, WrongUse } from "./surroundings";

const FINE = 0;
const NOT_DONE = 1;
const WRONG_USE = 2;

const USAGE = `Usage: npm run --silent queue -- <command> [options]

  status                  how much waits, since when, and what is dead; exit code 1 when somebody is needed
  dead                    the dead letters: what could not be delivered, whose it is, and why
  replay ID               tries a dead letter anew, by its id in that list
  endpoints               the organisations' own systems: on or off, why, and what waits
  enable ORGANISATION     switches its endpoint on; what waited is delivered
  disable ORGANISATION    switches it off; deliveries wait
  test ORGANISATION       has a worker test an endpoint that is off; one that takes the test is switched on
  record                  what was done to deliveries and endpoints, the last hundred acts

  --by ID   who does it, for the record (replay, enable, disable, test), where nothing says it better
            (SCHAKEL_OPERATOR_TOKEN, SCHAKEL_OPERATORS_FILE); hub.operator when not given
  --json    for programs

Nothing that is shown says about which family, person or referral it is. The database: DATABASE_URL, else the
embedded one of the data directory.

Exit code: 0 when it was done or all is well, 1 when not, 2 for wrong use.`;

/** Where results go, and where is said how it goes. */
export interface Output {
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
}

/** What was asked of a command. */
interface Asked {
  readonly pool: Pool;
  readonly say: Output["say"];
  readonly word: string;
  /** Who gives the command; looked up by those that change something. */
  readonly operator: () => Promise<Operator>;
  readonly show: (rows: Rows, empty: string) => void;
}

interface Command {
  /** What it takes; nothing when left out. */
  readonly takes?: string;
  readonly run: (asked: Asked) => Promise<number>;
}

const ORGANISATION = "the code of an organisation";
const shows =
  (look: (pool: Pool) => Promise<Rows>, empty: string) =>
  async ({ pool, show }: Asked): Promise<number> => {
    show(await look(pool), empty);
    return FINE;
  };
/** Changes something: on record in the log first, and, when it changed, in the record of deliveries as well. */
const does =
  (
    operation: string,
    change: (pool: Pool, word: string, by: string) => Promise<boolean>,
    done: string,
    not: string,
  ) =>
  async (asked: Asked): Promise<number> => {
    const { pool, word } = asked;
    if (!/^[a-z0-9-]{1,60}$/.test(word)) throw new WrongUse("It takes a code or an id.");
    const operator = await asked.operator();
    const act = { operator, operation, objects: [`OBJECT:${word}`], source: "referrals" };
    const work = async (): Promise<boolean> => change(pool, word, operator.id);
    const changed = await onRecord(createAccessLogWriter(pool), act, work, asked.say);
    asked.say(`${asked.word}: ${changed ? done : not}`);
    return changed ? FINE : NOT_DONE;
  };

const COMMANDS: Readonly<Record<string, Command>> = {
  status: {
    run: async ({ pool, show }) => {
      const { rows, wrong } = await lookAtAll(pool);
      show(rows, "");
      return wrong ? NOT_DONE : FINE;
    },
  },
  dead: { run: shows(lookAtDead, "No dead letters.") },
  replay: {
    takes: "the id of a dead letter",
    run: async (asked) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(asked.word)) {
        throw new WrongUse("It takes the id of a dead letter, as npm run queue -- dead shows it.");
      }
      return does(
        "replayDelivery",
        async (pool, word, by) => (await replay(pool, word, by)) !== undefined,
        "due again.",
        "there is no dead letter with this id.",
      )(asked);
    },
  },
  endpoints: { run: shows(lookAtEndpoints, "No organisation has an endpoint.") },
  enable: {
    takes: ORGANISATION,
    run: does(
      "enableEndpoint",
      (pool, word, by) => switchByHand(pool, word, "ON", by),
      "on.",
      "no endpoint that is off.",
    ),
  },
  disable: {
    takes: ORGANISATION,
    run: does(
      "disableEndpoint",
      (pool, word, by) => switchByHand(pool, word, "OFF", by),
      "off.",
      "no endpoint that is on.",
    ),
  },
  test: {
    takes: ORGANISATION,
    run: does("testEndpoint", askTest, "will be tested.", "no endpoint that is off."),
  },
  record: { run: shows(lookAtRecord, "Nothing was done.") },
};

/** Runs it with its words and its environment; gives the exit code: 0 done or all well, 1 not, 2 wrong use. */
export async function runQueueCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
  try {
    return await run(args, env, output);
  } catch (error) {
    if (error instanceof WrongUse || error instanceof SettingsError) {
      output.say(`${error.message}\nnpm run --silent queue -- --help says what there is.`);
      return WRONG_USE;
    }
    const known = error instanceof LaunchError;
    output.say(known ? error.message : `It could not be done: ${(error as Error).message || String(error)}`);
    return NOT_DONE;
  }
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv, { print, say }: Output): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || args.includes("--help")) {
    print(USAGE);
    return name === undefined ? WRONG_USE : FINE;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new WrongUse(`The command is one of: ${Object.keys(COMMANDS).join(", ")}.`);
  const { word, by, json } = readArguments(rest, command);
  const show = (rows: Rows, empty: string): void => {
    if (json) print(JSON.stringify(rows, undefined, 2));
    else print(rows.length === 0 ? empty : tableOf(rows));
  };
  const settings = readQueueSettings(env);
  const operator = async (): Promise<Operator> => identifyOperator(settings, by);
  return withPool(settings, (pool) => command.run({ pool, say, word, operator, show }));
}

function readArguments(
  args: string[],
  { takes }: Command,
): {
  word: string;
  by: string | undefined;
  json: boolean;
} {
  const { positionals, values } = parse(args);
  if (positionals.length !== (takes === undefined ? 0 : 1)) {
    throw new WrongUse(
      takes === undefined ? `Too many words: ${positionals.join(" ")}.` : `It takes ${takes}.`,
    );
  }
  if (values.by !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/.test(values.by)) {
    throw new WrongUse("--by takes the id of who does it.");
  }
  return { word: positionals[0] ?? "", by: values.by, json: values.json };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { by: { type: "string" }, json: { type: "boolean", default: false } },
    });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}
