// The log command: verifies and proves the access log, and keeps it to its term. Exit codes: 0 whole or done, 1 broken or
// not done, 2 wrong use.

import { parseArgs, type ParseArgsConfig } from "node:util";
import { SettingsError } from "../../../../shared/kernel/settings";
import { LaunchError } from "../../../../shared/launch/launch-error";
import { exportLog } from "./export";
import { monthlyReport } from "./monthly-report";
import { prove, verifyProof } from "./prove";
import { reconcileCommand } from "./reconcile";
import { retain } from "./retain";
import { signals } from "./signals";
import { status } from "./status";
import { subjectReport } from "./subject-report";
import { readLogSettings, MissingFile, type LogEnvironment } from "./surroundings";
import { verify } from "./verify";
import { BROKEN, FINE, print, say, WRONG_USE, WrongUse } from "./words";

const USAGE = `Usage: npm run --silent log -- <command> [options]

  verify             is the log whole? Names the first entry that is wrong, missing or in another place
    --from DAY         only entries from this day or moment (the chain is always verified whole)
    --to DAY           only entries before it
    --checkpoints DIR  what organisations keep; checkpoints/ in the data directory when there is one
  prove ID           prints the proof that an entry is in the log, as JSON, and checks it; by its id or its position
  verify-proof FILE  checks such a proof; needs no database
  retain             removes months that are past their term, and records that
    --profile NAME     minimum (five years, when not given) or dossier (twenty)
    --dry-run          only says which
  reconcile          do the log and what sources wrote down themselves agree? Lists what differs
    --from DAY         from this day or moment; the last day when nothing is said
    --to DAY           up to it, not included
    --organisation CODE  one source; all when not given
    --deliveries DIR   folder with the records of sources; without it the sources are asked
  signals            looks the log through for what stands out, raises what is new, and draws the samples of whole weeks
    --from DAY         from this day or moment; the present day when nothing is said
    --to DAY           up to it, not included
  monthly-report     compares the organisations over a month, without naming persons
    --month YYYY-MM    a month that is over; the last one when not given
  export             writes what the log holds about an organisation, as employer or as source, to a new file
    --organisation CODE  whose log
    --from DAY, --to DAY, --family ID, --person ID, --worker ID   which entries; all when not given
    --format csv|json|fhir   csv when not given; fhir is one AuditEvent (R4) a line
    --out FILE         the file
  subject-report     who looked, in plain words, for the person whom it is about
    --person ID        about whom
    --for ID           for whom: a parent with authority over a child under 12; the person when not given
    --language nl|en   nl when not given
  status             how long the log is, and how far organisations are behind with its checkpoints

  --by ID     who gives the command, for the record, where nothing says it better (SCHAKEL_OPERATOR_TOKEN,
              SCHAKEL_OPERATORS_FILE): retain, reconcile, signals, monthly-report, export, subject-report; hub.operator
              when not given
  --keys DIR  folder of the public keys (verify, prove, verify-proof); keys/ in the data directory when not given

The database: MIGRATION_DATABASE_URL, else DATABASE_URL, else the embedded one of the data directory. retain needs the
role that owns the tables.

Exit code: 0 when the log is whole, all is equal or it was done, 1 when not, 2 for wrong use.`;

type Options = NonNullable<ParseArgsConfig["options"]>;
type Given = Readonly<Record<string, string | boolean | undefined>>;

interface Command {
  readonly options: Options;
  /** What it takes besides options; nothing when left out. */
  readonly takes?: string;
  readonly run: (env: LogEnvironment, given: Given, word: string) => Promise<number>;
}

const text = { type: "string" } as const;
const wordOf = (given: Given, name: string): string | undefined => {
  const value = given[name];
  return typeof value === "string" ? value : undefined;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  verify: {
    options: { from: text, to: text, checkpoints: text, keys: text },
    run: (env, given) =>
      verify(env, {
        from: wordOf(given, "from"),
        to: wordOf(given, "to"),
        checkpoints: wordOf(given, "checkpoints"),
        keys: wordOf(given, "keys"),
      }),
  },
  prove: {
    options: { keys: text },
    takes: "the id or the position of an entry",
    run: (env, given, id) => prove(env, id, wordOf(given, "keys")),
  },
  "verify-proof": {
    options: { keys: text },
    takes: "a file",
    run: (env, given, file) => verifyProof(env, file, wordOf(given, "keys")),
  },
  retain: {
    options: { profile: text, by: text, "dry-run": { type: "boolean" } },
    run: (env, given) =>
      retain(env, {
        profile: wordOf(given, "profile"),
        by: wordOf(given, "by"),
        dryRun: given["dry-run"] === true,
      }),
  },
  reconcile: {
    options: { from: text, to: text, organisation: text, deliveries: text, by: text },
    run: (env, given) =>
      reconcileCommand(env, {
        from: wordOf(given, "from"),
        to: wordOf(given, "to"),
        organisation: wordOf(given, "organisation"),
        deliveries: wordOf(given, "deliveries"),
        by: wordOf(given, "by"),
      }),
  },
  signals: {
    options: { from: text, to: text, by: text },
    run: (env, given) =>
      signals(env, { from: wordOf(given, "from"), to: wordOf(given, "to"), by: wordOf(given, "by") }),
  },
  "monthly-report": {
    options: { month: text, by: text },
    run: (env, given) => monthlyReport(env, { month: wordOf(given, "month"), by: wordOf(given, "by") }),
  },
  export: {
    options: {
      organisation: text,
      from: text,
      to: text,
      family: text,
      person: text,
      worker: text,
      format: text,
      out: text,
      by: text,
    },
    run: (env, given) =>
      exportLog(env, {
        organisation: wordOf(given, "organisation"),
        from: wordOf(given, "from"),
        to: wordOf(given, "to"),
        family: wordOf(given, "family"),
        person: wordOf(given, "person"),
        worker: wordOf(given, "worker"),
        format: wordOf(given, "format"),
        out: wordOf(given, "out"),
        by: wordOf(given, "by"),
      }),
  },
  "subject-report": {
    options: { person: text, for: text, language: text, by: text },
    run: (env, given) =>
      subjectReport(env, {
        person: wordOf(given, "person"),
        reader: wordOf(given, "for"),
        language: wordOf(given, "language"),
        by: wordOf(given, "by"),
      }),
  },
  status: { options: {}, run: (env) => status(env) },
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || args.includes("--help")) {
    print(USAGE);
    return name === undefined ? WRONG_USE : FINE;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new WrongUse(`The command is one of: ${Object.keys(COMMANDS).join(", ")}.`);
  const { values, positionals } = readArguments(rest, command);
  return command.run(readLogSettings(process.env), values, positionals[0] ?? "");
}

function readArguments(
  args: string[],
  { options, takes }: Command,
): { values: Given; positionals: string[] } {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
  const { positionals } = parsed;
  if (positionals.length !== (takes === undefined ? 0 : 1)) {
    throw new WrongUse(
      takes === undefined ? `Too many words: ${positionals.join(" ")}.` : `It takes ${takes}.`,
    );
  }
  return { values: parsed.values as Given, positionals };
}

/** The exit code of what went wrong, once it was said. */
function failed(error: unknown): number {
  if (error instanceof WrongUse || error instanceof SettingsError) {
    say(`${error.message}\nnpm run --silent log -- --help says what there is.`);
    return WRONG_USE;
  }
  const known = error instanceof MissingFile || error instanceof LaunchError;
  say(known ? error.message : `It could not be done: ${(error as Error).message || String(error)}`);
  return BROKEN;
}

void main(process.argv.slice(2))
  .catch(failed)
  .then((code) => {
    process.exitCode = code;
    return code;
  });
