// The rules command: shows, explains, compares and proves the privacy rules. Results go to standard output.

import { writeFileSync } from "node:fs";
import { deciderOver } from "../policy-files";
import { createCover } from "../privacy/cover/cover";
import { CoverError } from "../privacy/cover/vocabulary";
import { PolicySetError } from "../privacy/policy-set";
import { ArgumentError, oneOf, readArguments, refuseOthers, type Arguments } from "./arguments";
import { checkSet } from "./check";
import { compareInParts } from "./compare-in-parts";
import { compareSets, differenceAsText, isSame } from "./diff";
import { explain, LANGUAGES } from "./explain";
import { FACT_OPTIONS, readQuestion } from "./explain-facts";
import { INVARIANTS } from "./invariants";
import { createMatrix } from "./matrix";
import { matrixAsCsv, matrixAsMarkdown } from "./matrix-text";
import { comparisonAsText, proofsAsText, prove } from "./prove";
import { knownSets, loadSet } from "./sets";

const USAGE = `Usage: npm run --silent rules -- <command> [options]

  check     validates every set of rules under its Cedar schema
  matrix    writes the complete matrix: who may see what, when, by which rule
              --out FILE         a .md or .csv file; without it, Markdown to standard output
  explain   what someone would see of a kind of person, and why
              --function WORKER --organisation CODE --purpose CARE
              --role CHILD|PARENT|OTHER --age YEARS|unborn --consent GIVEN ...
                                 any fact by its name, such as --measure-by-requester SUBJECT, --drang yes
              --language nl|en   of the sentences; en when not given
              --region CODE      a region, or its file; SCHAKEL_REGION, or utrecht, when not given
  diff A B  every outcome that another set changes, over all combinations of facts
  prove     proves the promises of the rules over all combinations of facts
              --compare N        how many random combinations plain evaluation is held against (100000)
              --seed N           which ones

  --set SET  a date under gateway/privacy/policies, or a folder; the set in use when not given
             (for check, matrix, explain and prove)

Exit code: 0 when all is well, 1 when something was found (a fault, a change, a broken promise), 2 for wrong use.`;

/** As many as the promise of the project says. */
const COMPARED = 100_000;
const FINE = 0;
const FOUND = 1;
const WRONG_USE = 2;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const COMMANDS: Readonly<Record<string, (given: Arguments) => number | Promise<number>>> = {
  check(given) {
    refuseOthers(given, ["set"]);
    const named = given.options.get("set");
    const checked = (named === undefined ? knownSets() : [named]).map(checkSet);
    for (const { name, rules, faults } of checked) {
      print(faults.length === 0 ? `${name}: ${rules} rules, valid` : `${name}: ${faults.length} faults`);
      for (const fault of faults) print(`  - ${fault}`);
    }
    return checked.every(({ faults }) => faults.length === 0) ? FINE : FOUND;
  },

  matrix(given) {
    refuseOthers(given, ["set", "out"]);
    const file = given.options.get("out");
    if (file !== undefined && !/\.(md|csv)$/.test(file)) {
      throw new ArgumentError("--out takes the name of a .md or .csv file.");
    }
    const matrix = createMatrix(createCover(loadSet(given.options.get("set")).set));
    if (file === undefined) print(matrixAsMarkdown(matrix));
    else write(file, file.endsWith(".csv") ? matrixAsCsv(matrix) : matrixAsMarkdown(matrix));
    return FINE;
  },

  explain(given) {
    refuseOthers(given, [
      "set",
      "region",
      "function",
      "organisation",
      "purpose",
      "language",
      ...FACT_OPTIONS,
    ]);
    const language = given.options.get("language") ?? "en";
    const chosen = LANGUAGES.find((one) => one === language);
    if (chosen === undefined) throw new ArgumentError(`--language is one of: ${LANGUAGES.join(", ")}.`);
    const question = readQuestion(given.options, process.env["SCHAKEL_REGION"] || undefined);
    print(explain(deciderOver(loadSet(given.options.get("set")).files), question, chosen));
    return FINE;
  },

  diff(given) {
    refuseOthers(given, [], 2);
    const [from, to] = given.positionals;
    if (from === undefined || to === undefined) throw new ArgumentError("diff takes two sets: diff A B.");
    const difference = compareSets(loadSet(from).set, loadSet(to).set);
    print(differenceAsText(from, to, difference));
    return isSame(difference) ? FINE : FOUND;
  },

  async prove(given) {
    refuseOthers(given, ["set", "compare", "seed"]);
    const count = wholeNumber(given, "compare") ?? COMPARED;
    const seed = wholeNumber(given, "seed") ?? Date.now() % 2 ** 32;
    const begun = performance.now();
    const name = given.options.get("set");
    const cover = createCover(loadSet(name).set);
    const proofs = prove(cover, INVARIANTS);
    for (const line of proofsAsText(cover, proofs)) print(line);
    say(`Comparing ${count} combinations with plain evaluation by Cedar ...`);
    const comparison = await compareInParts(name, count, seed);
    for (const line of comparisonAsText(comparison)) print(line);
    const broken = proofs.filter(({ finding }) => finding.broken > 0n).length;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    print(`\n${proofs.length - broken} of ${proofs.length} promises hold; ${seconds} s.`);
    return broken === 0 && comparison.differing === 0 ? FINE : FOUND;
  },
};

function wholeNumber({ options }: Arguments, name: string): number | undefined {
  const word = options.get(name);
  if (word === undefined) return undefined;
  if (!/^\d{1,9}$/.test(word)) throw new ArgumentError(`--${name} takes a whole number.`);
  return Number(word);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ArgumentError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? "?"}).`);
  }
  say(`Written to ${file}.`);
}

async function main(args: readonly string[]): Promise<void> {
  const [word, ...rest] = args;
  if (word === undefined || args.includes("--help")) {
    print(USAGE);
    process.exitCode = word === undefined ? WRONG_USE : FINE;
    return;
  }
  const name = oneOf("The command", word, Object.keys(COMMANDS));
  process.exitCode = (await COMMANDS[name]?.(readArguments(rest))) ?? WRONG_USE;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const wrongUse = error instanceof ArgumentError;
  const unusable = error instanceof PolicySetError || error instanceof CoverError;
  if (!wrongUse && !unusable) throw error;
  say(error.message);
  process.exitCode = wrongUse ? WRONG_USE : FOUND;
});
