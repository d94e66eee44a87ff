// The release command: keys, signing and verifying. Exit codes: 0 done or in order, 1 not what was signed or not done, 2 wrong
// use.

import { parseArgs } from "node:util";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { readParts } from "./load-release";
import { makeReleaseKey, retireReleaseKey, signHere, verifyHere } from "./release-command";
import { ReleaseError, type ReleasedParts } from "./release";
import type { SignedRelease } from "./sign-release";

const USAGE = `Usage: npm run --silent release -- <command> [options]

  new-key --key FILE --keys FILE      makes a key that signs, and adds its public part to a set
  sign --key FILE --out FILE          signs the supergraph, the rules and the region that lie here
  verify --release FILE --keys FILE   is what lies here what was signed, by one of these keys?
  retire-key KID --keys FILE          takes a key out of a set: what it signed is refused from the next start on

A gateway with SCHAKEL_RELEASE_KEYS (the set) and SCHAKEL_RELEASE (the signed text) starts with what was signed, and with nothing
else. Keep the key that signs where no gateway runs.

Exit code: 0 when it is done or in order, 1 when not, 2 for wrong use.`;

const WRONG_USE = 2;

/** Arguments that the command does not understand. */
class ArgumentError extends Error {
  override name = "ArgumentError";
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

type Given = Readonly<Record<string, string | undefined>>;

interface Command {
  readonly options: readonly string[];
  /** What it takes besides options; nothing when left out. */
  readonly takes?: string;
  readonly run: (given: (name: string) => string, word: string) => Promise<void>;
}

/** Of the region of this environment. */
const partsHere = (): ReleasedParts => readParts(loadRegion(process.env["SCHAKEL_REGION"] ?? DEFAULT_REGION));

const said = ({ release, kid }: SignedRelease): string =>
  `${release.files.length} files, rules ${release.policySet}, signed ${release.signedAt} by ${kid}`;

const COMMANDS: Readonly<Record<string, Command>> = {
  "new-key": {
    options: ["key", "keys"],
    run: async (given) => {
      print(`The key is ${await makeReleaseKey(given("key"), given("keys"))}.`);
    },
  },
  sign: {
    options: ["key", "out"],
    run: async (given) => {
      print(`${said(await signHere(given("key"), given("out"), partsHere()))}.`);
    },
  },
  verify: {
    options: ["release", "keys"],
    run: async (given) => {
      print(
        `What lies here is what was signed: ${said(await verifyHere(given("release"), given("keys"), partsHere()))}.`,
      );
    },
  },
  "retire-key": {
    options: ["keys"],
    takes: "the kid of a key",
    run: async (given, kid) => {
      retireReleaseKey(kid, given("keys"));
      print(`${kid} may not sign any more.`);
    },
  },
};

async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || args.includes("--help") || args.includes("-h")) {
    print(USAGE);
    process.exitCode = name === undefined ? WRONG_USE : 0;
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new ArgumentError(`The command is one of: ${Object.keys(COMMANDS).join(", ")}.`);
  const { values, positionals } = read(rest, command);
  const [word = "", ...more] = positionals;
  if ((command.takes === undefined) !== (word === "") || more.length > 0) {
    throw new ArgumentError(`${name} takes ${command.takes ?? "options alone"}.`);
  }
  const given = (option: string): string => {
    const value = (values as Given)[option];
    if (value === undefined || value === "") throw new ArgumentError(`${name} needs --${option} FILE.`);
    return value;
  };
  await command.run(given, word);
}

function read(args: readonly string[], { options }: Command) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(options.map((option) => [option, { type: "string" as const }])),
    });
  } catch (error) {
    throw new ArgumentError((error as Error).message);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isKnown =
    error instanceof ArgumentError || error instanceof ReleaseError || error instanceof RangeError;
  process.stderr.write(`${isKnown ? error.message : "The release could not be signed or verified."}\n`);
  process.exitCode = error instanceof ArgumentError ? WRONG_USE : 1;
});
